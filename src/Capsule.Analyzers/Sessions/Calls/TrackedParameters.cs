using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>The parameters of a method as bits of a number, those that keep what they were given. Parameters after the 31st have no bit.</summary>
internal sealed class TrackedParameters(IMethodSymbol? method)
{
    public const int Most = 31;

    private uint written;

    /// <summary>Whether correct code may give null for one of them.</summary>
    public bool MayBeNull => method?.Parameters.Any(parameter =>
        parameter.Type.IsReferenceType && (parameter.NullableAnnotation != NullableAnnotation.NotAnnotated || parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: null })) == true;

    /// <summary>The bit of the parameter that an expression is; 0 for any other expression.</summary>
    public uint BitOf(IOperation? expression) => OrdinalOf(expression) is { } ordinal ? 1u << ordinal : 0;

    public int? OrdinalOf(IOperation? expression) =>
        expression is IParameterReferenceOperation { Parameter: var parameter } && IsOwn(parameter) && (written & (1u << parameter.Ordinal)) == 0
            ? parameter.Ordinal
            : null;

    public void ForgetWhenWritten(IParameterReferenceOperation reference)
    {
        var isWritten = reference.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == reference,
            IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } => true,
            ITupleOperation { Parent: IDeconstructionAssignmentOperation } => true,
            _ => false,
        };
        if (isWritten && IsOwn(reference.Parameter))
            written |= 1u << reference.Parameter.Ordinal;
    }

    private bool IsOwn(IParameterSymbol parameter) =>
        parameter.Ordinal < Most && method is not null && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method);
}
