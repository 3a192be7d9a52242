using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor NotInJsonContext = WarningAtEnd(
        "CAP0401", "Type in no JsonSerializerContext",
        "'{0}' is in no JsonSerializerContext, and trimming or native AOT leaves no other way to read or write it: list it with [JsonSerializable]");

    public static readonly DiagnosticDescriptor UndescribedResponse = Info(
        "CAP0402", "Response that can't be described",
        "'{0}' returns '{1}', which does not say what it answers: return a typed result, or describe it with an attribute");

    public static readonly DiagnosticDescriptor UncheckedValidation = Warning(
        "CAP0405", "Validation attribute that nobody looks at",
        "[{0}] on '{1}' does nothing, as {2}: check the value where it comes in, or in the handler");

    public static readonly DiagnosticDescriptor DuplicateOperationId = WarningAtEnd(
        "CAP0404", "Duplicate operation id",
        "'{0}' is called '{1}' in the OpenAPI document, as another handler is: give one of them another name with [EndpointName]");
}
