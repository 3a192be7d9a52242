using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor UnbindableType = Error(
        Rules.UnbindableType, "Parameter of a type that can't be bound",
        "'{0}' is of type '{1}', which nothing can be bound to where it comes from: choose another type, or another source");

    public static readonly DiagnosticDescriptor SeveralBodies = Error(
        Rules.SeveralBodies, "Several request bodies",
        "'{0}' ('{1}') is a second body of the request: group the parts in one type");

    public static readonly DiagnosticDescriptor ConflictingSources = Error(
        Rules.ConflictingSources, "Conflicting source attributes",
        "'{0}' ('{1}') has attributes that contradict each other, or its type, about where it comes from: keep one, or none");

    public static readonly DiagnosticDescriptor InvalidAsParameters = Error(
        Rules.InvalidAsParameters, "Type that [AsParameters] can't make",
        "[AsParameters] can't make '{0}' ('{1}'): the type needs {2}");

    public static readonly DiagnosticDescriptor UnsupportedSource = Error(
        Rules.UnsupportedSource, "Parameter source that Capsule does not bind",
        "Capsule does not bind '{0}' ('{1}'): {2}");

    public static readonly DiagnosticDescriptor UnusualBody = Warning(
        "CAP0103", "Body or form on a request that has none",
        "'{0}' is read from the body of a {1} request, which clients and proxies drop: take it from the query string, or answer POST");

    public static readonly DiagnosticDescriptor MalformedParser = Warning(
        "CAP0105", "TryParse or BindAsync that is not used",
        "'{1}.{2}' does not make '{0}': it would have to be '{3}'");

    public static readonly DiagnosticDescriptor OptionalMismatch = Warning(
        "CAP0108", "Route and parameter disagree on being optional",
        "'{0}' of '{1}' {2}");

    public static readonly DiagnosticDescriptor Unserializable = Warning(
        "CAP0110", "Type that can't be JSON",
        "'{0}' is of type '{1}', which System.Text.Json can't read or write: use another type, [JsonIgnore] or [JsonConverter]");

    public static readonly DiagnosticDescriptor CapturedByService = Warning(
        "CAP0111", "Singleton takes what belongs to one call",
        "'{0}' lives as long as the app, but its constructor takes '{1}', which belongs to one call of a handler: let its methods take it");
}
