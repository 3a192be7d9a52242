using System.Composition;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>CAP0008: takes what this kind of handler has in place of what it has not, or nothing where the parameter is not used.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UseRightParameterFix() : CapsuleCodeFix(Descriptors.WrongParameter.Id, "Use the right parameter")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node is not ParameterSyntax { Parent.Parent: MethodDeclarationSyntax method } syntax
            || semantics.GetDeclaredSymbol(syntax) is not { ContainingSymbol: IMethodSymbol handler } parameter
            || handler.HasFixedSignature() || HandlerMark.On(handler) is not [var mark])
        {
            yield break;
        }
        if (Replacement(parameter.Type, mark.Kind) is { } name && semantics.Compilation.GetTypeByMetadataName(name) is { } type
            && !handler.Parameters.Any(other => SymbolEqualityComparer.Default.Equals(other.Type, type)))
        {
            yield return new Change($"Take a {type.Name}", syntax.SyntaxTree, editor =>
                editor.ReplaceNode(syntax.Type!, editor.Generator.Type(type).WithTriviaFrom(syntax.Type!)));
        }
        if (!parameter.UsesOf(method, semantics).Any() && !handler.IsNamedElsewhere(semantics.Compilation, default))
            yield return new Change("Remove the parameter", syntax.SyntaxTree, editor => editor.RemoveNode(syntax));
    }

    private static string? Replacement(ITypeSymbol type, HandlerKind kind)
    {
        if (type.IsCapsule("Session") && kind is HandlerKind.Endpoint)
            return "Capsule.RequestContext";
        var hasSession = kind is HandlerKind.Message or HandlerKind.Task or HandlerKind.Enter or HandlerKind.Exit;
        return type.IsCapsule("RequestContext") && hasSession ? "Capsule.Session" : null;
    }
}
