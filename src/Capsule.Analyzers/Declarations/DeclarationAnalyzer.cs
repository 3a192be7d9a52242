using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>
/// Reports why a declaration gives no handler: what the generator's parser refuses. Names that several types take can be seen at the end only.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : CapsuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => DeclarationRules.All;

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
        context.RegisterCompilationEndAction(AnalyzeNames);
        context.RegisterSyntaxNodeAction(
            AnalyzeFunction, SyntaxKind.LocalFunctionStatement, SyntaxKind.ParenthesizedLambdaExpression, SyntaxKind.SimpleLambdaExpression);
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var candidate = new Candidate(type) { IsAnnotated = true };
        var problems = new ProblemList();
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (HandlerMark.On(method).Count == 0 || method.PartialDefinitionPart is not null)
                continue;
            if (method.MethodKind is MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation)
                candidate.Methods.Add(method);
            else
                problems.Add(Rules.UnusableShape, method, method.ToReadable(), "not an ordinary method");
        }

        // Names are compared at the end, over the whole compilation; here a second one of this type only keeps its declaration from being read on.
        var names = new NameRegistry(new ProblemList());
        new TypeParser(context.Compilation, type, names, problems, [], context.CancellationToken).Parse(candidate, "");
        foreach (var finding in problems.Findings.GroupBy(finding => (finding.Rule, finding.Location)).Select(group => group.First()))
            context.ReportDiagnostic(finding.ToDiagnostic());
    }

    private static void AnalyzeNames(CompilationAnalysisContext context)
    {
        var problems = new ProblemList();
        AssemblyParser.ParseTypes(context.Compilation, problems, [], context.CancellationToken);
        foreach (var finding in problems.Findings)
        {
            if (finding.Rule is Rules.DuplicateName or Rules.SecondDefaultMessage)
                context.ReportDiagnostic(finding.ToDiagnostic());
        }
    }

    /// <summary>The generator looks at members only, so a mark inside a method would do nothing, in silence.</summary>
    private static void AnalyzeFunction(SyntaxNodeAnalysisContext context)
    {
        var (attributes, place) = context.Node switch
        {
            LocalFunctionStatementSyntax function => (function.AttributeLists, function.Identifier.GetLocation()),
            LambdaExpressionSyntax lambda => (lambda.AttributeLists, lambda.AttributeLists.FirstOrDefault()?.GetLocation()),
            _ => default,
        };
        if (attributes.Count == 0)
            return;
        var symbol = context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken)
            ?? context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol;
        if (symbol is IMethodSymbol method && HandlerMark.On(method).Count > 0)
        {
            var name = method.MethodKind == MethodKind.LocalFunction ? method.Name : "lambda";
            context.ReportDiagnostic(new Finding(Rules.UnusableShape, place!, [name, "inside another method"]).ToDiagnostic());
        }
    }
}
