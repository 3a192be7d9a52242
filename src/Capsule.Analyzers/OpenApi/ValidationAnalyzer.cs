using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>
/// CAP0405: a parameter has a validation attribute that nobody looks at. Requests are checked before their handler runs; messages, tasks and schedules
/// are not, and neither is what the host hands over by itself.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ValidationAnalyzer : CapsuleAnalyzer
{
    private const string Rule = "System.ComponentModel.DataAnnotations.ValidationAttribute";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.UncheckedValidation];

    private protected override void Register(CompilationStartAnalysisContext context) => context.RegisterSymbolAction(Analyze, SymbolKind.Method);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialDefinitionPart is not null || method.GetAttributes().IsEmpty || HandlerMark.On(method) is not [var mark])
            return;
        foreach (var parameter in method.Parameters)
        {
            if (RuleOn(parameter) is not { } rule || WhyUnchecked(parameter, mark) is not { } reason)
                continue;
            var place = rule.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation() ?? parameter.Locations[0];
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.UncheckedValidation, place, rule.AttributeClass!.Name.Replace("Attribute", ""), parameter.Name, reason));
        }
    }

    private static AttributeData? RuleOn(IParameterSymbol parameter) =>
        parameter.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass is { } type && JsonMembers.IsOrDerivesFrom(type, Rule));

    private static string? WhyUnchecked(IParameterSymbol parameter, HandlerMark mark)
    {
        if (!mark.IsHttp)
            return $"the parameters of handlers marked [{mark.Kind}] are not checked";
        if (InjectedParser.Parse(parameter.Type) is not null)
            return "the host hands it over";
        return ServiceParser.IsMarked(parameter) ? "services are not checked" : null;
    }
}
