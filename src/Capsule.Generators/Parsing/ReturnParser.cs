using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads what a handler returns.</summary>
internal static class ReturnParser
{
    /// <summary>Null, with a problem, for a type that this kind of handler can't return.</summary>
    public static ReturnModel? Parse(IMethodSymbol method, HandlerMark mark, ProblemList problems)
    {
        var (shape, result) = Unwrap(method.ReturnType);
        if (IsUsable(result, mark))
            return new ReturnModel(shape, result?.ToCode());
        problems.Add(Rules.ReturnType, method, method.ReturnType.ToReadable(), mark.Kind.ToString(), MayHaveResult(mark)
            ? "it can't be kept until it is written; return an array, or another type that can"
            : "nobody could receive it; return Task, ValueTask or nothing");
        return null;
    }

    /// <summary>A return type without the task around it; the result is null for none.</summary>
    public static (ReturnShape Shape, ITypeSymbol? Result) Unwrap(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Void)
            return (ReturnShape.Direct, null);
        if (type is not INamedTypeSymbol named || named.Arity > 1)
            return (ReturnShape.Direct, type);
        var result = named.Arity == 1 ? named.TypeArguments[0] : null;
        if (type.Is("System.Threading.Tasks.Task"))
            return (ReturnShape.Task, result);
        if (type.Is("System.Threading.Tasks.ValueTask"))
            return (ReturnShape.ValueTask, result);
        return (ReturnShape.Direct, type);
    }

    private static bool IsUsable(ITypeSymbol? result, HandlerMark mark)
    {
        if (result is { IsRefLikeType: true } or { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer })
            return false;
        // A result that nobody could receive would be lost in silence.
        return result is null || MayHaveResult(mark);
    }

    private static bool MayHaveResult(HandlerMark mark) => mark.IsHttp || mark.Kind == HandlerKind.Task;
}
