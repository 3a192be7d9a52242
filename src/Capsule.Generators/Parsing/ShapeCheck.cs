using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>The rules that every handler method keeps, whatever its kind.</summary>
internal sealed class ShapeCheck(ProblemList problems)
{
    public bool Passes(IMethodSymbol method)
    {
        var before = problems.Count;
        if (method.IsGenericMethod || HasTypeParameters(method.ContainingType))
            problems.Add(Rules.Generic, method, method.ToReadable());
        else if (!method.IsAccessibleInAssembly())
            problems.Add(Rules.NotAccessible, method, method.ToReadable());
        else if (WhyUnusable(method) is { } reason)
            problems.Add(Rules.UnusableShape, method, method.ToReadable(), reason);
        else
            CheckTypes(method);
        return problems.Count == before && !method.ReturnType.IsUnknown() && !method.Parameters.Any(parameter => parameter.Type.IsUnknown());
    }

    private static string? WhyUnusable(IMethodSymbol method)
    {
        if (method is { IsAsync: true, ReturnsVoid: true })
            return "it is async void; return Task";
        if (!method.IsStatic && method.ContainingType.IsAbstract)
            return "its type is abstract; make the method static, or the type one that can be created";
        if (method.ContainingType.TypeKind is not (TypeKind.Class or TypeKind.Struct) || method.ContainingType.IsRefLikeType)
            return "it is not in a class or struct that can be created";
        if (method.ReturnsByRef || method.ReturnsByRefReadonly || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None))
            return "it takes or returns a reference; take and return values";
        return null;
    }

    private void CheckTypes(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type.IsRefLikeType || parameter.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
                problems.Add(Rules.UnbindableType, parameter, parameter.Name, parameter.Type.ToReadable());
        }
    }

    private static bool HasTypeParameters(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            if (type.Arity > 0)
                return true;
        }
        return false;
    }
}
