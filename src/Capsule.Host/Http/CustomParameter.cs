using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>A parameter whose type reads it from the request, with <c>BindAsync</c>.</summary>
/// <param name="info">The parameter's description, which the method may ask for.</param>
/// <param name="displayType">How logs write its type.</param>
/// <param name="displayName">How logs write its name.</param>
/// <param name="source">How logs write the method.</param>
public sealed class CustomParameter(ParameterInfo info, string displayType, string displayName, string source)
{
    /// <summary>The parameter's description.</summary>
    public ParameterInfo Info => info;

    /// <summary>Calls the method of a type that implements the interface, in whatever way.</summary>
    public static ValueTask<T?> BindAsync<T>(HttpContext http, ParameterInfo info)
        where T : class, IBindableFromHttpContext<T> => T.BindAsync(http, info);

    /// <summary>Takes a value that the request must give. False, and noted for the answer, when there is none.</summary>
    public bool TryTake<T>(HttpContext http, T? bound, out T value)
        where T : class
    {
        value = bound!;
        return bound is not null || Missing(http);
    }

    /// <inheritdoc cref="TryTake{T}(HttpContext, T, out T)" />
    public bool TryTake<T>(HttpContext http, T? bound, out T value)
        where T : struct
    {
        value = bound.GetValueOrDefault();
        return bound is not null || Missing(http);
    }

    internal bool Missing(HttpContext http) =>
        BindingFailures.Missing(http, displayType, displayName, source, displayName, $"The request must give '{displayName}'.");
}
