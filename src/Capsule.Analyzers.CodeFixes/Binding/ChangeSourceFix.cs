using System.Composition;
using Capsule.Generators.Model;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>CAP0103: takes a value, or an object's members, from the query string instead of a body.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ChangeSourceFix() : CapsuleCodeFix(Descriptors.UnusualBody.Id, "Take it from the query string")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node is not ParameterSyntax { Parent.Parent: MethodDeclarationSyntax } syntax || semantics.GetDeclaredSymbol(syntax) is not { } parameter)
            yield break;
        var target = BindingTarget.Of(parameter);
        if (SourceAttributes.On(target) is not (ExplicitSource.Body or ExplicitSource.Form, { ApplicationSyntaxReference.Span: var unwanted }))
            yield break;
        var name = ValueTypes.Parse(target, ValueSource.Query, target.Name) is not null ? "Microsoft.AspNetCore.Mvc.FromQueryAttribute"
            : IsMadeOfValues(target) ? "Microsoft.AspNetCore.Http.AsParametersAttribute" : null;
        if (name is not null && semantics.Compilation.GetTypeByMetadataName(name) is { } attribute)
        {
            yield return new Change("Take it from the query string", syntax.SyntaxTree, editor => editor.ReplaceNode(
                syntax, syntax.WithoutAttributes(candidate => candidate.Span == unwanted).WithAttribute(SyntaxEdits.Attribute(attribute))));
        }
    }

    private static bool IsMadeOfValues(BindingTarget target) =>
        new ObjectParser(new ProblemList(), member => ValueTypes.Parse(member, ValueSource.Query, member.Name)).Parse(target) is not null;
}
