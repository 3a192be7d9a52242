using Capsule.Analyzers.Tests.Harness;
using Capsule.Generators;
using Capsule.Generators.Parsing;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers.Tests.Declarations;

/// <summary>Compares, for each declaration of a program, what the generator writes with what the analyzers report.</summary>
internal static class Agreement
{
    public static async Task VerifyAsync(string program)
    {
        var compilation = TestProject.Of(program).Compile();
        var run = GeneratorSession.RunOnce(new CapsuleGenerator(), compilation);
        Assert.Empty(run.Diagnostics);
        Verify(compilation, run, [.. (await Analysis.RunAsync(compilation)).Where(diagnostic => DeclarationRules.All.Contains(diagnostic.Descriptor))]);
    }

    /// <param name="compilation">The program without generated code.</param>
    /// <param name="run">What the generator makes of it.</param>
    /// <param name="errors">What the declaration rules report.</param>
    public static void Verify(Compilation compilation, GeneratorRun run, IReadOnlyList<Diagnostic> errors)
    {
        var generated = run.ToString();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var declarations = Declared(compilation.GetSemanticModel(tree)).ToList();
            foreach (var (symbol, syntax) in declarations)
            {
                var isReported = errors.Any(error => IsInPartOf(symbol, error.Location)
                    || (error.Location.SourceTree == tree && Concerns(error, syntax, declarations.Select(other => other.Syntax))));
                Assert.True(
                    IsEmitted(symbol, generated) != isReported,
                    $"{symbol} {(isReported ? "is reported, yet emitted" : "is neither emitted nor reported")}:\n{tree}\n{string.Join('\n', errors)}\n{generated}");
            }
        }
    }

    private static IEnumerable<(ISymbol Symbol, SyntaxNode Syntax)> Declared(SemanticModel semantics) =>
        from node in semantics.SyntaxTree.GetRoot().DescendantNodes()
        where node is MemberDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or LambdaExpressionSyntax
        let symbol = semantics.GetDeclaredSymbol(node) ?? semantics.GetSymbolInfo(node).Symbol
        where symbol is not null && symbol is not IMethodSymbol { PartialDefinitionPart: not null }
        where symbol.GetAttributes().Any(attribute => attribute.AttributeClass is { ContainingAssembly.Name: "Capsule.Abstractions", Name: not ("MayReplyAttribute" or "DoesNotReplyAttribute") })
        select (symbol, node);

    /// <summary>An error inside a declaration concerns it; one in its type, at no other declaration, is about how its object is made.</summary>
    private static bool Concerns(Diagnostic error, SyntaxNode declaration, IEnumerable<SyntaxNode> all)
    {
        var place = error.Location.SourceSpan;
        if (declaration.Span.Contains(place))
            return true;
        return declaration.Parent is TypeDeclarationSyntax type && type.Span.Contains(place)
            && !all.Any(other => other != type && other.Span.Contains(place));
    }

    /// <summary>Whether the place is in a type that stands for several parameters of the handler.</summary>
    private static bool IsInPartOf(ISymbol symbol, Location place) => symbol is IMethodSymbol method && method.Parameters
        .Where(parameter => parameter.HasAttribute("Microsoft.AspNetCore.Http.AsParametersAttribute"))
        .SelectMany(parameter => parameter.Type.DeclaringSyntaxReferences)
        .Any(part => part.SyntaxTree == place.SourceTree && part.Span.Contains(place.SourceSpan));

    private static bool IsEmitted(ISymbol symbol, string generated) =>
        symbol is ITypeSymbol
            ? generated.Contains($"DocumentType<{symbol.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}>", StringComparison.Ordinal)
            : generated.Contains($"Id = \"{symbol.ToReadable()}\"", StringComparison.Ordinal);
}
