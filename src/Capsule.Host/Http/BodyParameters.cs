using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Hosting;

/// <summary>A parameter that is the request's body, or a service where nothing said which.</summary>
public abstract class BodyParameter<T>
{
    private protected BodyParameter()
    {
    }

    /// <summary>Whether it is a service.</summary>
    public abstract bool IsService { get; }

    /// <summary>Reads it. When the body can't be read the request is answered already.</summary>
    public abstract ValueTask<BodyValue<T>> ReadAsync(HttpContext http);

    /// <summary>Takes a body that a request must have. False, and noted for the answer, when there is none.</summary>
    public virtual bool TryTake(HttpContext http, BodyValue<T> body, out T value)
    {
        value = body.Value!;
        return body.HasValue || NoteMissing(http);
    }

    /// <summary>Takes a body that a request may leave out.</summary>
    public virtual bool TryTake(HttpContext http, BodyValue<T> body, T otherwise, out T value)
    {
        ArgumentNullException.ThrowIfNull(http);
        value = body.Value ?? otherwise;
        return true;
    }

    private protected abstract bool NoteMissing(HttpContext http);
}

/// <summary>What became of a body.</summary>
/// <param name="IsRefused">Whether the request is answered already.</param>
/// <param name="HasValue">Whether there was one.</param>
/// <param name="Value">The body; without one, what an optional parameter takes instead of its default, or null.</param>
public readonly record struct BodyValue<T>(bool IsRefused, bool HasValue, T? Value);

internal sealed class ServiceInsteadOfBody<T> : BodyParameter<T>
{
    public override bool IsService => true;

    /// <summary>A service is made when all that is read from the request has been.</summary>
    public override ValueTask<BodyValue<T>> ReadAsync(HttpContext http) => default;

    public override bool TryTake(HttpContext http, BodyValue<T> body, out T value)
    {
        value = (T)http.RequestServices.GetRequiredService(typeof(T));
        return true;
    }

    public override bool TryTake(HttpContext http, BodyValue<T> body, T otherwise, out T value)
    {
        value = (T?)http.RequestServices.GetService(typeof(T)) ?? otherwise;
        return true;
    }

    private protected override bool NoteMissing(HttpContext http) => throw new InvalidOperationException($"There is no {typeof(T)} among the services.");
}

internal sealed class JsonBodyParameter<T>(JsonTypeInfo<T> type, string name, string displayType, bool isInferred)
    : BodyParameter<T>
{
    /// <summary>ASP.NET Core takes a body that is not there, and need not be, for the zero of a value type, also where the parameter has a default or may be null.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2087", Justification = "The zero of a value type needs no constructor.")]
    private static readonly T? Zero = typeof(T).IsValueType ? (T)RuntimeHelpers.GetUninitializedObject(typeof(T)) : default;

    public override bool IsService => false;

    public override async ValueTask<BodyValue<T>> ReadAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
            return new(IsRefused: false, HasValue: false, Zero);
        var isPlain = JsonRequest.IsPlain(http.Request.ContentType);
        if (!isPlain && !http.Request.HasJsonContentType())
        {
            BindingReport.UnexpectedContentType(http);
            return await RefuseAsync(http, StatusCodes.Status415UnsupportedMediaType, "The body must be JSON.");
        }
        try
        {
            var value = await (isPlain ? JsonRequest.ReadPlainAsync(http.Request, type) : http.Request.ReadFromJsonAsync(type));
            return new(IsRefused: false, HasValue: value is not null, value);
        }
        catch (IOException exception)
        {
            await BindingFailures.UnreadableAsync(http, exception);
            return new(IsRefused: true, HasValue: false, default);
        }
        catch (JsonException exception)
        {
            BindingReport.InvalidJsonRequestBody(http, displayType, name, exception);
            return await RefuseAsync(http, StatusCodes.Status400BadRequest, "The body is not the JSON that is expected here.");
        }
    }

    private protected override bool NoteMissing(HttpContext http)
    {
        if (isInferred)
            BindingReport.ImplicitBodyNotProvided(http, name);
        else
            BindingReport.RequiredParameterNotProvided(http, displayType, name, "body");
        return BindingFailures.Note(http, name, "The request must have a body.");
    }

    private static async Task<BodyValue<T>> RefuseAsync(HttpContext http, int status, string detail)
    {
        await Problems.WriteAsync(http, status, detail);
        return new(IsRefused: true, HasValue: false, default);
    }
}
