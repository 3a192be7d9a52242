using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>
/// What can be known of a method's parameters that keep what they were given, as bits of a number: that one is null or false, and, <see cref="Most"/> bits
/// further, that one is true. Parameters after the 15th have no bits.
/// </summary>
internal sealed class TrackedParameters(IMethodSymbol? method)
{
    public const int Most = 15;

    private uint written;

    /// <summary>Whether one of them may decide what is called: correct code may give null for it, or it is a <c>bool</c>.</summary>
    public bool MayDecide => method?.Parameters.Any(parameter => IsBool(parameter)
        || (parameter.Type.IsReferenceType && (parameter.NullableAnnotation != NullableAnnotation.NotAnnotated || parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: null }))) == true;

    /// <summary>The bit of a parameter that is a certain <c>bool</c>.</summary>
    public static uint BitOf(int ordinal, bool value) => 1u << (value ? ordinal + Most : ordinal);

    public static bool IsBool(IParameterSymbol parameter) => parameter.Type.SpecialType == SpecialType.System_Boolean;

    /// <summary>What is ruled out where an expression is not null: that the parameter which it is be null.</summary>
    public uint NotNull(IOperation? expression) => OrdinalOf(expression) is { } ordinal && expression is { Type.IsValueType: false } ? 1u << ordinal : 0;

    /// <summary>What is ruled out where a condition has an outcome: that the parameter which it is have the other.</summary>
    public uint When(IOperation condition, bool outcome) =>
        OrdinalOf(condition) is { } ordinal && condition is { Type.SpecialType: SpecialType.System_Boolean } ? BitOf(ordinal, !outcome) : 0;

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
