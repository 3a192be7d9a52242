using System.Collections.Concurrent;
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
        var names = new ConcurrentDictionary<INamedTypeSymbol, NameRegistry>(SymbolEqualityComparer.Default);
        context.RegisterSymbolAction(symbol => AnalyzeType(symbol, names), SymbolKind.NamedType);
        context.RegisterCompilationEndAction(end => CompareNames(end, names));
        context.RegisterSyntaxNodeAction(AnalyzeFunction, SyntaxKind.LocalFunctionStatement, SyntaxKind.ParenthesizedLambdaExpression);
    }

    private static void AnalyzeType(SymbolAnalysisContext context, ConcurrentDictionary<INamedTypeSymbol, NameRegistry> names)
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
                problems.Add(Rules.UnusableShape, method, method.ToReadable(), "it is not an ordinary method");
        }

        names[type] = NamesOf(candidate, problems, context.Compilation, context.CancellationToken);
        foreach (var finding in problems.Findings.GroupBy(finding => (finding.Rule, finding.Location)).Select(group => group.First()))
            context.ReportDiagnostic(finding.ToDiagnostic());
    }

    /// <summary>Names are compared at the end, over all types; here a second one of this type only keeps its declaration from being read on.</summary>
    private static NameRegistry NamesOf(Candidate candidate, ProblemList problems, Compilation compilation, CancellationToken cancellation)
    {
        var names = new NameRegistry(new ProblemList());
        new TypeParser(compilation, candidate.Type, names, problems, [], cancellation).Parse(candidate, "");
        return names;
    }

    private static void CompareNames(CompilationAnalysisContext context, ConcurrentDictionary<INamedTypeSymbol, NameRegistry> known)
    {
        var problems = new ProblemList();
        var names = new NameRegistry(problems);
        foreach (var candidate in AssemblyParser.InOrder(CandidateFinder.Find(context.Compilation, context.CancellationToken)))
        {
            // What stands in generated code was not analysed, but it has names, too.
            names.TakeAllOf(known.TryGetValue(candidate.Type, out var own)
                ? own
                : NamesOf(candidate, new ProblemList(), context.Compilation, context.CancellationToken));
        }
        foreach (var finding in problems.Findings)
            context.ReportDiagnostic(finding.ToDiagnostic());
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
            context.ReportDiagnostic(new Finding(Rules.UnusableShape, place!, [name, "it is inside another method; make it a member of a type"]).ToDiagnostic());
        }
    }
}
