using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>CAP0301: removes a statement of a schedule that only replies, prompts or shows something.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveOutputFix() : CapsuleCodeFix(Descriptors.OutputInSchedule.Id, "Remove the call")
{
    private protected override Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics) =>
        node.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement
            && !node.AncestorsAndSelf().TakeWhile(part => part != statement).Any(part => part is AnonymousFunctionExpressionSyntax or ArgumentSyntax)
            ? editor => editor.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia)
            : null;
}
