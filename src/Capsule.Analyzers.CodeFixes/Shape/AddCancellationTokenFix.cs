using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>CAP0007: lets a handler take a token. Where to pass it on, CA2016 says.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddCancellationTokenFix() : CapsuleCodeFix(Descriptors.NoCancellationToken.Id, "Take a CancellationToken")
{
    private const string Name = "cancellationToken";

    private protected override Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics)
    {
        if (node is not MethodDeclarationSyntax method || semantics.GetDeclaredSymbol(method) is not { } symbol
            || symbol.HasFixedSignature() || symbol.Parameters.Any(parameter => parameter.IsParams)
            || semantics.Compilation.GetTypeByMetadataName("System.Threading.CancellationToken") is not { } type
            || method.DescendantTokens().Any(token => token.ValueText == Name))
        {
            return null;
        }
        var isOptional = symbol.Parameters.Any(parameter => parameter.HasExplicitDefaultValue) || symbol.IsNamedElsewhere(semantics.Compilation, default);
        return editor => editor.AddParameter(method, editor.Generator.ParameterDeclaration(
            Name, editor.Generator.Type(type), isOptional ? SyntaxFactory.LiteralExpression(SyntaxKind.DefaultLiteralExpression) : null));
    }
}
