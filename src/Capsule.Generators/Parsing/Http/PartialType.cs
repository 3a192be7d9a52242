using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Generators.Parsing;

/// <summary>Types that other generators may add members to, which this one does not see.</summary>
internal static class PartialType
{
    public static bool MayGrow(ITypeSymbol type)
    {
        for (var part = type as INamedTypeSymbol; part is { TypeKind: TypeKind.Class or TypeKind.Struct }; part = part.BaseType)
        {
            if (part.DeclaringSyntaxReferences.Any(IsPartial))
                return true;
        }
        return false;
    }

    private static bool IsPartial(SyntaxReference reference) =>
        reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword);
}
