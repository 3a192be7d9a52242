using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>A handler's text as <c>text/plain</c>.</summary>
public static class TextResponse
{
    /// <summary>Writes it.</summary>
    public static Task WriteAsync(HttpContext http, string? text)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.ContentType ??= "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text!);
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
    private readonly JsonSerializerOptions options;
    private readonly bool isExact;
    private readonly Func<HttpContext, T, Task> write;

    internal JsonResponse(JsonTypeInfo<T> type, JsonSerializerOptions options)
    {
        this.type = type;
        this.options = options;
        isExact = typeof(T).IsSealed || typeof(T).IsValueType || type.PolymorphismOptions is not null;
        write = WriteAsync;
    }

    /// <summary>Writes it.</summary>
    public Task WriteAsync(HttpContext http, T value)
    {
        ArgumentNullException.ThrowIfNull(http);
        return isExact || value is null || value.GetType() == typeof(T)
            ? http.Response.WriteAsJsonAsync(value, type)
            : http.Response.WriteAsJsonAsync(value, options.GetTypeInfo(value.GetType()));
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

/// <summary>Waits for a handler only when it is not done already.</summary>
internal static class ResponseTasks
{
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
