using System.Composition;
using Capsule.Generators.Model;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>CAP0314: the argument whose name is nearest.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NearestLockArgumentFix() : CapsuleCodeFix(Descriptors.UnknownLockArgument.Id, "Use the nearest argument")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node.FirstAncestorOrSelf<LiteralExpressionSyntax>() is not { } literal || node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } syntax
            || semantics.GetDeclaredSymbol(syntax) is not IMethodSymbol method)
        {
            yield break;
        }
        var name = literal.SyntaxTree.GetText().ToString(diagnostic.Location.SourceSpan).Trim('{', '}');
        var arguments = method.Parameters.Where(parameter => new InvocationParameterParser(HandlerKind.Task, new ProblemList()).Parse(parameter) is TaskArgument);
        if (NearestText.To(name, arguments.Select(parameter => parameter.Name)) is not { } nearest)
            yield break;
        var start = diagnostic.Location.SourceSpan.Start - literal.SpanStart;
        var text = literal.Token.Text.Remove(start, diagnostic.Location.SourceSpan.Length).Insert(start, $"{{{nearest}}}");
        yield return new Change($"Use '{nearest}'", "Use the nearest argument", (literal.SyntaxTree, editor => editor.ReplaceNode(literal, ScheduleText.Literal(literal, text))));
    }
}
