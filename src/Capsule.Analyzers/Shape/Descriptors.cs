using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor NotAccessible = Error(
        Rules.NotAccessible, "Handler is not accessible to generated code",
        "Generated code can't reach '{0}': make it, and the types around it, internal or public");

    public static readonly DiagnosticDescriptor Generic = Error(
        Rules.Generic, "Handler in a generic type, or generic itself",
        "'{0}' has type parameters, or is in a type that has, and nothing says what to put in their place: move it to where there are none");

    public static readonly DiagnosticDescriptor UnusableShape = Error(
        Rules.UnusableShape, "Handler is async void, abstract, or has by-ref parameters",
        "'{0}' can't be a handler: {1}");

    public static readonly DiagnosticDescriptor ConflictingHandlers = Error(
        Rules.ConflictingHandlers, "Handler attributes that exclude each other",
        "'{0}' is marked [{1}]: a method is one kind of handler, so keep one of them");

    public static readonly DiagnosticDescriptor ReturnType = Error(
        Rules.ReturnType, "Return type this kind of handler can't have",
        "Handlers marked [{1}] can't return '{0}': {2}");

    public static readonly DiagnosticDescriptor SeveralConstructors = Error(
        Rules.SeveralConstructors, "Handler class has several constructors, none chosen",
        "'{0}' needs one public constructor, or one marked [ActivatorUtilitiesConstructor], and no required members beside it");

    public static readonly DiagnosticDescriptor WrongParameter = Error(
        Rules.WrongParameter, "Parameter of another handler kind",
        "'{0}' is of type '{1}', which {2} are not given: remove it, or take something else");

    public static readonly DiagnosticDescriptor NoCancellationToken = Info(
        "CAP0007", "Handler that awaits takes no CancellationToken",
        "'{0}' awaits '{1}', which could end early: take a CancellationToken and hand it on");
}
