using System.Composition;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>CAP0318: takes the value in a step, which is recorded once and read on replay. Not one that JSON can't bring back.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RecordInStepFix() : CapsuleCodeFix(Descriptors.UnrecordedValue.Id, "Put it into StepAsync")
{
    private protected override Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics)
    {
        if (node is not ExpressionSyntax value || AsyncFunction.Around(value, semantics) is not { } function)
            return null;
        var method = value.FirstAncestorOrSelf<MethodDeclarationSyntax>();
        var session = method?.ParameterList.Parameters.FirstOrDefault(parameter => semantics.GetDeclaredSymbol(parameter)?.Type.IsCapsule("Session") == true);
        ExpressionSyntax whole = value.Parent is AwaitExpressionSyntax awaited ? awaited : value;
        if (session is null || whole.Parent is ExpressionStatementSyntax || semantics.GetTypeInfo(whole).Type is not { } type || !SurvivesJson(type))
            return null;
        var name = SyntaxEdits.Literal(NameOf(value));
        var step = SyntaxFactory.ParseExpression($"await {session.Identifier.ValueText}.StepAsync({name}, () => {value.WithoutTrivia()})").InPlaceOf(whole);
        return editor =>
        {
            editor.ReplaceNode(whole, step);
            function.MakeAsync(editor);
        };
    }

    private static bool SurvivesJson(ITypeSymbol type) =>
        !type.IsAnonymousType && !type.IsTupleType && !type.Implements("System.IDisposable") && new JsonCheck(isRead: true).Find(type, "") is null;

    /// <summary>A step's name: that of the variable which gets it, or of the member that gives it.</summary>
    private static string NameOf(ExpressionSyntax value)
    {
        if (value.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } variable)
            return variable.Identifier.ValueText;
        var member = value is InvocationExpressionSyntax call ? call.Expression : value;
        var name = member is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : member.ToString();
        return char.ToLowerInvariant(name[0]) + name.Substring(1);
    }
}
