using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Recognises types that bind themselves from the request.</summary>
internal static class BindAsync
{
    public static bool IsOn(ITypeSymbol type)
    {
        if (type.AllInterfaces.Any(candidate => candidate.Is("Microsoft.AspNetCore.Http.IBindableFromHttpContext")))
            return true;
        for (var part = type; part is not null; part = part.BaseType)
        {
            if (part.GetMembers("BindAsync").OfType<IMethodSymbol>().Any(IsBinder))
                return true;
        }
        return false;
    }

    private static bool IsBinder(IMethodSymbol method) =>
        method is { IsStatic: true, DeclaredAccessibility: Accessibility.Public, Parameters: [var context, ..] }
        && context.Type.Is("Microsoft.AspNetCore.Http.HttpContext")
        && method.ReturnType.Is("System.Threading.Tasks.ValueTask")
        && (method.Parameters.Length == 1
            || (method.Parameters.Length == 2 && method.Parameters[1].Type.Is("System.Reflection.ParameterInfo")));
}
