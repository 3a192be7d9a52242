using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Capsule.Hosting;

/// <summary>
/// Requires that no two handlers answer to the same name. Inside one compilation an analyzer says so; handlers of several assemblies meet only here.
/// </summary>
internal static partial class HandlerNames
{
    /// <exception cref="InvalidOperationException">A name is used twice; the message lists every case.</exception>
    public static void RequireUnique(HandlerRegistry handlers)
    {
        var clashes = new[]
        {
            Clashes(handlers.Messages, handler => handler.Name is null ? "default chat" : $"chat '{handler.Name}'", handler => handler.Id),
            Clashes(handlers.Http.Where(IsToldApartByRouteOnly), handler => $"route '{handler.HttpMethod} {handler.Pattern}'", handler => handler.Id, RouteKey),
            Clashes(handlers.Tasks, handler => $"task '{handler.Name}'", handler => handler.Id),
            Clashes(handlers.Schedules, handler => $"schedule '{handler.Name}'", handler => handler.Id),
            Clashes(handlers.Documents, document => $"document '{document.Name}'", document => document.ClrType.FullName!),
        }.SelectMany(clash => clash).ToList();
        if (clashes.Count > 0)
            throw new InvalidOperationException(string.Join(Environment.NewLine, clashes));
    }

    private static IEnumerable<string> Clashes<T>(
        IEnumerable<T> handlers, Func<T, string> name, Func<T, string> location, Func<T, string>? key = null) =>
        from handler in handlers
        group handler by (key ?? name)(handler).ToUpperInvariant() into same
        where same.Count() > 1
        select $"The {name(same.First())} is declared more than once: {string.Join(", ", same.Select(location))}.";

    /// <summary>Routes are the same when they differ in nothing but the names of their parameters.</summary>
    private static string RouteKey(HttpHandler handler) =>
        $"{handler.HttpMethod} /{ParameterName().Replace(handler.Pattern, "{$1").Trim('/')}";

    private static bool IsToldApartByRouteOnly(HttpHandler handler) =>
        !handler.Method.GetCustomAttributes(inherit: true).Concat(handler.Method.DeclaringType!.GetCustomAttributes(inherit: true))
            .Any(attribute => attribute is IHostMetadata or IAcceptsMetadata);

    [GeneratedRegex(@"(?<!\{)\{(\**)\w+")]
    private static partial Regex ParameterName();
}
