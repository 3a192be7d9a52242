using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>When two routes are the same. The host refuses to start with two such handlers, by the same terms.</summary>
internal static class RouteKey
{
    private static readonly Regex ParameterName = new(@"(?<!\{)\{(\**)\w+", RegexOptions.CultureInvariant);
    private static readonly string[] Reserved = ["capsule", "data", "openapi", "health"];

    /// <summary>Equal for routes that differ in nothing but case and the names of their parameters.</summary>
    public static string Of(string httpMethod, string pattern) =>
        $"{httpMethod} /{ParameterName.Replace(WithoutRoot(pattern), "{$1").TrimEnd('/')}".ToUpperInvariant();

    /// <summary>Whether the host has endpoints of its own under the path's first segment.</summary>
    public static bool IsReserved(string pattern) =>
        Reserved.Contains(WithoutRoot(pattern).Split('/')[0], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether nothing but the route tells the handler from others: no attribute that names hosts or media types.</summary>
    public static bool TellsApart(IMethodSymbol method) =>
        !method.GetAttributes().Concat(method.ContainingType.GetAttributes()).Any(attribute => attribute.AttributeClass is { } type
            && (type.Implements("Microsoft.AspNetCore.Routing.IHostMetadata") || type.Implements("Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata")));

    private static string WithoutRoot(string pattern) => pattern.TrimStart('~').TrimStart('/');
}
