using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>Where in a method a call stands: in its own statements, in a local function, or in a lambda that somebody may or may not run.</summary>
internal readonly struct CallPlace
{
    private CallPlace(bool isCertain) => (IsReached, IsCertain) = (true, isCertain);

    /// <summary>False in a local function that nothing uses, and in <c>nameof</c>.</summary>
    public bool IsReached { get; }

    /// <summary>Whether it is reached without going through a delegate.</summary>
    public bool IsCertain { get; }

    public static CallPlace Of(IOperation operation, LocalFunctionUse? functions)
    {
        var isCertain = true;
        for (var part = operation.Parent; part is not null; part = part.Parent)
        {
            switch (part)
            {
                case INameOfOperation:
                    return default;
                case IAnonymousFunctionOperation:
                    isCertain = false;
                    break;
                case ILocalFunctionOperation function when functions is not null:
                    // Its uses decide, wherever the function itself is declared.
                    return functions.IsUsed(function.Symbol) ? new(isCertain && functions.IsCalled(function.Symbol)) : default;
            }
        }
        return new(isCertain);
    }
}

/// <summary>Which local functions of a method run: those it calls itself, and those it hands over as delegates.</summary>
internal sealed class LocalFunctionUse
{
    private readonly HashSet<ISymbol> called = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> used = new(SymbolEqualityComparer.Default);

    public bool IsUsed(IMethodSymbol function) => used.Contains(function.OriginalDefinition);

    public bool IsCalled(IMethodSymbol function) => called.Contains(function.OriginalDefinition);

    public static LocalFunctionUse In(IOperation block)
    {
        var uses = block.Descendants().Select(UseOf).Where(use => use.Function is not null).ToList();
        var result = new LocalFunctionUse();
        // A function that is used by an unused one only is unused itself: so go on until nothing new is found.
        int before;
        do
        {
            before = result.used.Count + result.called.Count;
            foreach (var (function, place, isCall) in uses)
            {
                if (CallPlace.Of(place, result) is not { IsReached: true, IsCertain: var isCertain })
                    continue;
                result.used.Add(function!);
                if (isCall && isCertain)
                    result.called.Add(function!);
            }
        }
        while (result.used.Count + result.called.Count > before);
        return result;
    }

    private static (ISymbol? Function, IOperation Place, bool IsCall) UseOf(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } function } => (function.OriginalDefinition, operation, true),
        IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } function } => (function.OriginalDefinition, operation, false),
        _ => (null, operation, false),
    };
}
