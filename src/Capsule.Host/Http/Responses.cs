using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>A handler's text as <c>text/plain</c>.</summary>
public static class TextResponse
{
    /// <summary>A text up to this length goes out with the headers in one piece; for a longer one the response is started first.</summary>
    private const int ShortLength = 1024;

    /// <summary>Writes it.</summary>
    public static Task WriteAsync(HttpContext http, string? text)
    {
        ArgumentNullException.ThrowIfNull(http);
        var response = http.Response;
        var headers = response.Headers;
        if (headers.ContentType.Count == 0)
            headers.ContentType = "text/plain; charset=utf-8";
        if (text is null or { Length: > ShortLength })
            return response.WriteAsync(text!);
        var body = response.BodyWriter;
        body.Advance(Encoding.UTF8.GetBytes(text, body.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
        return ResponseTasks.FlushAsync(body);
    }

    /// <summary>Writes it once it is there.</summary>
    public static Task WriteAsync(HttpContext http, Task<string> text) => ResponseTasks.Then(http, text, WriteAsync);

    /// <inheritdoc cref="WriteAsync(HttpContext, Task{string})" />
    public static Task WriteAsync(HttpContext http, ValueTask<string> text) => ResponseTasks.Then(http, text, WriteAsync);
}

/// <summary>A handler's <see cref="IResult"/>, which writes itself.</summary>
public static class ResultResponse
{
    /// <summary>Writes it.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Task WriteAsync(HttpContext http, IResult? result) =>
        (result ?? throw new InvalidOperationException("The handler returned no IResult.")).ExecuteAsync(http);

    /// <summary>Writes it once it is there.</summary>
    public static Task WriteAsync<T>(HttpContext http, Task<T> result)
        where T : IResult? => ResponseTasks.Then(http, result, static (http, result) => WriteAsync(http, result));

    /// <inheritdoc cref="WriteAsync{T}(HttpContext, Task{T})" />
    public static Task WriteAsync<T>(HttpContext http, ValueTask<T> result)
        where T : IResult? => ResponseTasks.Then(http, result, static (http, result) => WriteAsync(http, result));
}

/// <summary>A handler's result as JSON. A value of a derived type is written as what it is, unless its type says how (as ASP.NET Core does).</summary>
public sealed class JsonResponse<T>
{
    private readonly JsonTypeInfo<T> type;
    private readonly JsonWriters writers;
    private readonly bool isExact;
    private readonly bool isWhole;
    private readonly Func<HttpContext, T, Task> write;

    internal JsonResponse(JsonTypeInfo<T> type, JsonWriters writers)
    {
        this.type = type;
        this.writers = writers;
        isExact = typeof(T).IsSealed || typeof(T).IsValueType || type.PolymorphismOptions is not null;
        isWhole = JsonWriters.IsWhole(type);
        write = WriteAsync;
    }

    /// <summary>Writes it.</summary>
    public Task WriteAsync(HttpContext http, T value)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (!isExact && value is not null && value.GetType() != typeof(T))
            return http.Response.WriteAsJsonAsync(value, type.Options.GetTypeInfo(value.GetType()));
        return isWhole ? writers.WriteAsync(http.Response, value, type) : http.Response.WriteAsJsonAsync(value, type);
    }

    /// <summary>Writes it once it is there.</summary>
    public Task WriteAsync(HttpContext http, Task<T> value) => ResponseTasks.Then(http, value, write);

    /// <inheritdoc cref="WriteAsync(HttpContext, Task{T})" />
    public Task WriteAsync(HttpContext http, ValueTask<T> value) => ResponseTasks.Then(http, value, write);
}

/// <summary>The result of a handler that returns <see cref="object"/>: a result writes itself, a text is text, anything else is JSON.</summary>
public sealed class AnyResponse
{
    private readonly JsonTypeInfo<object> type;
    private readonly Func<HttpContext, object?, Task> write;

    internal AnyResponse(JsonTypeInfo<object> type)
    {
        this.type = type;
        write = WriteAsync;
    }

    /// <summary>Writes it.</summary>
    public Task WriteAsync(HttpContext http, object? value) => value switch
    {
        IResult result => result.ExecuteAsync(http),
        string text => TextResponse.WriteAsync(http, text),
        _ => http.Response.WriteAsJsonAsync(value!, type),
    };

    /// <summary>Writes it once it is there.</summary>
    public Task WriteAsync(HttpContext http, Task<object?> value) => ResponseTasks.Then(http, value, write);

    /// <inheritdoc cref="WriteAsync(HttpContext, Task{object})" />
    public Task WriteAsync(HttpContext http, ValueTask<object?> value) => ResponseTasks.Then(http, value, write);
}

/// <summary>Waits only for what is not done already.</summary>
internal static class ResponseTasks
{
    /// <summary>Sends what was written.</summary>
    public static Task FlushAsync(PipeWriter body, CancellationToken cancellationToken = default)
    {
        var flushing = body.FlushAsync(cancellationToken);
        if (!flushing.IsCompletedSuccessfully)
            return flushing.AsTask();
        flushing.GetAwaiter().GetResult();
        return Task.CompletedTask;
    }

    public static Task Then<T>(HttpContext http, Task<T> value, Func<HttpContext, T, Task> write)
    {
        if (value is null)
            throw new InvalidOperationException("The handler returned no Task.");
        return value.IsCompletedSuccessfully ? write(http, value.Result) : WaitAsync(http, value, write);

        static async Task WaitAsync(HttpContext http, Task<T> value, Func<HttpContext, T, Task> write) => await write(http, await value);
    }

    public static Task Then<T>(HttpContext http, ValueTask<T> value, Func<HttpContext, T, Task> write)
    {
        return value.IsCompletedSuccessfully ? write(http, value.Result) : WaitAsync(http, value, write);

        static async Task WaitAsync(HttpContext http, ValueTask<T> value, Func<HttpContext, T, Task> write) => await write(http, await value);
    }
}
