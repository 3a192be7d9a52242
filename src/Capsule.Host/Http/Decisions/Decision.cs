using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>A method by which a type reads itself from requests.</summary>
public sealed class RequestBinder<T>
{
    private readonly Func<HttpContext, ParameterInfo, ValueTask<(bool HasValue, T? Value)>> bind;

    internal RequestBinder(Func<HttpContext, ParameterInfo, ValueTask<T>> method, bool takesParameter)
    {
        TakesParameter = takesParameter;
        bind = async (http, info) => await method(http, info) is { } value ? (true, value) : (false, default);
    }

    private RequestBinder(Func<HttpContext, ParameterInfo, ValueTask<(bool HasValue, T? Value)>> bind, bool takesParameter)
    {
        TakesParameter = takesParameter;
        this.bind = bind;
    }

    /// <summary>Whether it takes the parameter's description too.</summary>
    internal bool TakesParameter { get; }

    internal static RequestBinder<T> Of(Func<HttpContext, ParameterInfo, ValueTask<(bool HasValue, T? Value)>> bind, bool takesParameter) => new(bind, takesParameter);

    internal ValueTask<(bool HasValue, T? Value)> BindAsync(HttpContext http, ParameterInfo info) => bind(http, info);
}

/// <summary>How a type is bound that another source generator may have added methods to. Made by generated code, by overload resolution.</summary>
/// <param name="binder">By which the type reads itself from requests; null for none.</param>
/// <param name="parser">By which it reads itself from text; null for none.</param>
public sealed class Decision<T>(RequestBinder<T>? binder, TextParser<T>? parser)
{
    /// <summary>How a parameter of the type is read when nothing says how.</summary>
    public HttpParameterKind Kind => (binder, parser) switch
    {
        (not null, _) => HttpParameterKind.Custom,
        (_, not null) => HttpParameterKind.Value,
        _ => HttpParameterKind.BodyOrService,
    };

    /// <summary>How it is read where the HTTP method lets no body be inferred.</summary>
    public HttpParameterKind KindWithoutBody => Kind == HttpParameterKind.BodyOrService ? HttpParameterKind.Service : Kind;

    internal RequestBinder<T>? Binder => binder;

    /// <summary>Turns a text into a value.</summary>
    /// <exception cref="InvalidOperationException">The type does not read text.</exception>
    public bool TryParse(ReadOnlySpan<char> text, out T value)
    {
        var known = parser ?? throw new InvalidOperationException($"{typeof(T)} has no public static TryParse that takes a string, but a parameter of it is read from text.");
        return known(text.ToString(), CultureInfo.InvariantCulture, out value);
    }
}

/// <summary>A parameter that the compiler found to read itself from text.</summary>
internal sealed class ParsedInsteadOfBody<T, TParameter>(Decision<T> decision, RequestText text) : BodyParameter<TParameter>
{
    public override bool IsService => false;

    public override ValueTask<BodyValue<TParameter>> ReadAsync(HttpContext http) => default;

    public override bool TryTake(HttpContext http, BodyValue<TParameter> body, out TParameter value)
    {
        if (text.TryGet(http, out var found))
            return TryParse(http, found, out value);
        value = default!;
        return BindingFailures.Missing(http, text);
    }

    public override bool TryTake(HttpContext http, BodyValue<TParameter> body, TParameter otherwise, out TParameter value)
    {
        if (text.TryGet(http, out var found))
            return TryParse(http, found, out value);
        value = otherwise;
        return true;
    }

    private protected override bool NoteMissing(HttpContext http) => BindingFailures.Missing(http, text);

    private bool TryParse(HttpContext http, ReadOnlySpan<char> found, out TParameter value)
    {
        var parsed = decision.TryParse(found, out var inner);
        value = Convert<T, TParameter>.From(inner);
        return parsed || BindingFailures.Unparsable(http, text, found.ToString());
    }
}

/// <summary>A parameter that the compiler found to read itself from the request.</summary>
internal sealed class BoundInsteadOfBody<T, TParameter>(RequestBinder<T> binder, CustomParameter parameter) : BodyParameter<TParameter>
{
    public override bool IsService => false;

    public override async ValueTask<BodyValue<TParameter>> ReadAsync(HttpContext http)
    {
        var (hasValue, value) = await binder.BindAsync(http, parameter.Info);
        return new(IsRefused: false, hasValue, hasValue ? Convert<T, TParameter>.From(value!) : default);
    }

    private protected override bool NoteMissing(HttpContext http) => parameter.Missing(http);
}

/// <summary>A type as a parameter has it: itself, or as a nullable.</summary>
internal static class Convert<T, TParameter>
{
    public static TParameter From(T value)
    {
        if (typeof(T) == typeof(TParameter))
            return Unsafe.As<T, TParameter>(ref value);
        return (TParameter)(object)value!;
    }
}
