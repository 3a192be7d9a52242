using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>CAP0401: lists the type in the context that the program has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddJsonSerializableFix() : CapsuleCodeFix(Descriptors.NotInJsonContext.Id, "Add [JsonSerializable]")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (!diagnostic.Properties.TryGetValue(JsonContextAnalyzer.TypeProperty, out var type) || type is null
            || semantics.Compilation.GetTypeByMetadataName("System.Text.Json.Serialization.JsonSerializableAttribute") is not { } attribute)
        {
            yield break;
        }
        var contexts = JsonMembers.TypesIn(semantics.Compilation.Assembly.GlobalNamespace).Where(JsonContexts.IsContext);
        if (contexts.SelectMany(context => context.DeclaringSyntaxReferences).Select(reference => reference.GetSyntax()).OfType<ClassDeclarationSyntax>()
            .OrderByDescending(declaration => declaration.SyntaxTree == node.SyntaxTree)
            .FirstOrDefault(declaration => declaration.AttributeLists.Count > 0) is not { } place)
        {
            yield break;
        }
        yield return new Change("Add [JsonSerializable]", place.SyntaxTree, editor => editor.ReplaceNode(place, (current, _) =>
            ((ClassDeclarationSyntax)current).WithAttribute(SyntaxEdits.Attribute(attribute, SyntaxFactory.AttributeArgument(SyntaxFactory.TypeOfExpression(SyntaxEdits.Type(type)))))));
    }
}
