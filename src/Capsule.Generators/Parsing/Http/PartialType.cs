using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Generators.Parsing;

/// <summary>Types that other generators may add members to, which this one does not see.</summary>
internal static class PartialType
{
    /// <summary>Whether one may add methods that decide how the type is bound. A type that has internal ones of the name would be taken to have public ones.</summary>
    public static bool MayGrow(ITypeSymbol type)
    {
        if (type.GetMembers("BindAsync").Concat(type.GetMembers("TryParse")).Any(member => member.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal))
            return false;
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
