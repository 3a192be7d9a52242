using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Capsule.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>CAP0307 and CAP0308: a schedule that never fires, or is read in a time zone that does not exist.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ScheduleTimeAnalyzer : CapsuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.NeverFires, Descriptors.UnknownTimeZone];

    private protected override void Register(CompilationStartAnalysisContext context) =>
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var mark = HandlerMark.On((IMethodSymbol)context.Symbol).FirstOrDefault(mark => mark.Kind == HandlerKind.Schedule);
        if (mark.Attribute is not { } attribute)
            return;
        if (mark.Text(0) is { } cron && CronExpression.TryParse(cron, out _) is { NeverFires: true })
        {
            var (start, length) = CronSuggestion.DayOf(cron);
            Report(Descriptors.NeverFires, "cron", start, length, cron, CronSuggestion.WithExistingDay(cron) ?? "");
        }
        if (attribute.ArgumentOr("TimeZone", "UTC") is var zone && !TimeZoneNames.Contains(zone))
            Report(Descriptors.UnknownTimeZone, "TimeZone", 0, zone.Length, zone, TimeZoneNames.Nearest(zone));

        void Report(DiagnosticDescriptor rule, string parameter, int start, int length, params string[] arguments) =>
            context.ReportDiagnostic(Diagnostic.Create(rule, attribute.Locate(parameter, start, length, context.CancellationToken), [.. arguments]));
    }
}
