using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor InvalidRoute = Error(
        Rules.InvalidRoute, "Invalid route",
        "'{0}' is not valid in a route: {1}");

    public static readonly DiagnosticDescriptor UnusedRouteParameter = Info(
        "CAP0202", "Route parameter that the handler does not take",
        "'{0}' does not take '{1}' of its route: add a parameter of that name, or take it out of the pattern");

    public static readonly DiagnosticDescriptor UnknownRouteParameter = Error(
        Rules.UnknownRouteParameter, "[FromRoute] name is not in the pattern",
        "'{0}' ('{1}') is bound to the route parameter '{2}', which '{3}' does not have: use a name that it has, or leave [FromRoute] out");

    public static readonly DiagnosticDescriptor DuplicateName = Error(
        Rules.DuplicateName, "Name is taken",
        "The {0} '{1}' is taken by {2}: choose another", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor UnusableName = Error(
        Rules.UnusableName, "Name can't be used",
        "'{0}' can't be used as a name here: it is reserved, hidden by an inherited member, or not a valid name; choose another");

    public static readonly DiagnosticDescriptor SecondDefaultMessage = Error(
        Rules.SecondDefaultMessage, "Two default [Message] handlers",
        "'{0}' is a second handler of the default chat: give it a name, as in [Message(\"support\")]", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor DocumentWithoutId = Error(
        Rules.DocumentWithoutId, "Document without an Id",
        "'{0}' needs a public property 'string Id': documents are stored by it");
}
