using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor UnbindableType = Error(
        Rules.UnbindableType, "Parameter of a type that can't be bound",
        "'{0}' is of type '{1}', which can't be bound where it comes from");

    public static readonly DiagnosticDescriptor SeveralBodies = Error(
        Rules.SeveralBodies, "Several request bodies",
        "'{0}' ('{1}') is a second body of the request: group the parts in one type");

    public static readonly DiagnosticDescriptor ConflictingSources = Error(
        Rules.ConflictingSources, "Conflicting source attributes",
        "'{0}' ('{1}') has attributes that contradict each other, or its type, about where it comes from");

    public static readonly DiagnosticDescriptor InvalidAsParameters = Error(
        Rules.InvalidAsParameters, "Type that [AsParameters] can't make",
        "[AsParameters] can't make '{0}' ('{1}'): the type needs {2}");

    public static readonly DiagnosticDescriptor UnsupportedSource = Error(
        Rules.UnsupportedSource, "Parameter source that Capsule does not bind",
        "'{0}' ('{1}') is bound by {2}, which Capsule does not support: take HttpRequest and read it there");
}
