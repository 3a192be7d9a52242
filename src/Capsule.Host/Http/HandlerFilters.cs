using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Capsule.Hosting;

/// <summary>
/// A handler inside the endpoint filters of its groups, as ASP.NET Core has it: filters run also when values could not be bound, and see status 400
/// then; from status 400 on the handler itself is passed over; and what comes out of the outermost filter is the response.
/// </summary>
public sealed class HandlerFilters
{
    private readonly EndpointFilterDelegate pipeline;
    private readonly AnyResponse response;

    private HandlerFilters(EndpointFilterDelegate pipeline, AnyResponse response)
    {
        this.pipeline = pipeline;
        this.response = response;
    }

    /// <summary>Runs the filters, at their end the handler, and answers.</summary>
    /// <param name="http">The request.</param>
    /// <param name="isBound">Whether all values could be bound.</param>
    /// <param name="context">The handler's arguments.</param>
    public async Task InvokeAsync(HttpContext http, bool isBound, EndpointFilterInvocationContext context)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (!isBound)
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        var result = await pipeline(context);
        if (!isBound && result is EmptyHttpResult && http.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest })
            await BindingFailures.AnswerAsync(http);
        else
            await response.WriteAsync(http, result);
    }

    /// <summary>Builds the pipeline, at start; null where there is no filter, or none wants to see the handler's requests.</summary>
    internal static HandlerFilters? Build(EndpointBuilder endpoint, EndpointFilterFactoryContext about, EndpointFilterDelegate handler, Func<AnyResponse> response)
    {
        EndpointFilterDelegate innermost = call => call.HttpContext.Response.StatusCode >= StatusCodes.Status400BadRequest ? FilteredResult.None() : handler(call);
        var pipeline = innermost;
        for (var i = endpoint.FilterFactories.Count - 1; i >= 0; i--)
            pipeline = endpoint.FilterFactories[i](about, pipeline);
        return ReferenceEquals(pipeline, innermost) ? null : new HandlerFilters(pipeline, response());
    }
}

/// <summary>A handler's result as filters see it. Named by generated code.</summary>
public static class FilteredResult
{
    /// <summary>No result: the response is empty.</summary>
    public static ValueTask<object?> None() => new(Results.Empty);

    /// <summary>A result that is there.</summary>
    public static ValueTask<object?> Of(object? result) => new(result);

    /// <summary>No result, later.</summary>
    public static async ValueTask<object?> OfTask(Task task)
    {
        await task;
        return Results.Empty;
    }

    /// <summary>A result that is there later.</summary>
    public static async ValueTask<object?> OfTask<T>(Task<T> task) => await task;

    /// <inheritdoc cref="OfTask(Task)" />
    public static async ValueTask<object?> OfValueTask(ValueTask task)
    {
        await task;
        return Results.Empty;
    }

    /// <inheritdoc cref="OfTask{T}(Task{T})" />
    public static async ValueTask<object?> OfValueTask<T>(ValueTask<T> task) => await task;
}
