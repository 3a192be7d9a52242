using System.Composition;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>CAP0006: chooses the constructor that takes most.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MarkConstructorFix() : CapsuleCodeFix(Descriptors.SeveralConstructors.Id, "Mark the constructor with [ActivatorUtilitiesConstructor]")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node is not TypeDeclarationSyntax declaration || semantics.GetDeclaredSymbol(declaration) is not { } type
            || semantics.Compilation.GetTypeByMetadataName("Microsoft.Extensions.DependencyInjection.ActivatorUtilitiesConstructorAttribute") is not { } mark)
        {
            yield break;
        }
        var chosen = type.InstanceConstructors
            .Where(constructor => constructor.IsAccessibleInAssembly() && !constructor.IsImplicitlyDeclared)
            .OrderByDescending(constructor => constructor.DeclaredAccessibility == Accessibility.Public)
            .ThenByDescending(constructor => constructor.Parameters.Length).FirstOrDefault();
        if (chosen?.DeclaringSyntaxReferences is not [var reference] || HasRequiredMembers(type))
            yield break;
        var place = reference.GetSyntax();
        yield return new Change("Mark the constructor with [ActivatorUtilitiesConstructor]", place.SyntaxTree, editor =>
        {
            if (place is MemberDeclarationSyntax member)
                editor.ReplaceNode(member, (current, _) => ((MemberDeclarationSyntax)current).WithAttribute(SyntaxEdits.Attribute(mark), place is TypeDeclarationSyntax ? SyntaxKind.MethodKeyword : null));
        });
    }

    private static bool HasRequiredMembers(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
                return true;
        }
        return false;
    }
}
