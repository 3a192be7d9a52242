using System.Collections.Concurrent;
using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>
/// CAP0302: a schedule reaches a reply through other methods. One helper away is seen while typing; what is further, at the end of a compilation.
/// CAP0317: a library's method reaches a reply, which those who call it from elsewhere can't see.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReachableReplyAnalyzer : CapsuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.ReachableReply, Descriptors.UnmarkedReply];

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        var run = new Run(context.Compilation, new ReplyMembers(context.Compilation));
        context.RegisterOperationBlockAction(run.Collect);
        context.RegisterCompilationEndAction(run.Report);
    }

    /// <summary>What is known of one compilation.</summary>
    private sealed class Run(Compilation compilation, ReplyMembers members)
    {
        private readonly CallGraph graph = new();
        private readonly NearReply near = new(members, compilation);
        private readonly ConcurrentBag<IMethodSymbol> schedules = [];
        private readonly ConcurrentDictionary<IMethodSymbol, bool> reported = new(SymbolEqualityComparer.Default);
        private volatile bool hasHandlers;

        public void Collect(OperationBlockAnalysisContext context)
        {
            var calls = CallCollector.Collect(context.OwningSymbol, context.OperationBlocks, members, context.GetControlFlowGraph);
            graph.Add(context.OwningSymbol, calls);
            if (context.OwningSymbol is not IMethodSymbol method || method.GetAttributes().IsEmpty)
                return;
            var marks = HandlerMark.On(method);
            hasHandlers |= marks.Count > 0;
            if (!marks.Any(mark => mark.Kind == HandlerKind.Schedule))
                return;
            var schedule = method.ToNode();
            schedules.Add(schedule);
            if (near.Find(schedule, calls, context.CancellationToken) is { } path && reported.TryAdd(schedule, true))
                context.ReportDiagnostic(ReachableReply(path, context.CancellationToken));
        }

        public void Report(CompilationAnalysisContext context)
        {
            var implementations = new Implementations(compilation.Assembly, context.CancellationToken);
            var unreported = InOrder(schedules.Where(schedule => !reported.ContainsKey(schedule)));
            foreach (var path in new ReplySearch(graph, implementations, context.CancellationToken).Find(unreported))
                context.ReportDiagnostic(ReachableReply(path, context.CancellationToken));

            if (hasHandlers || compilation.Options.OutputKind != OutputKind.DynamicallyLinkedLibrary)
                return;
            var entrances = InOrder(graph.Callers.Where(IsUnmarkedEntrance));
            foreach (var path in new ReplySearch(graph, implementations, context.CancellationToken).Find(entrances).Where(path => path.IsCertain))
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.UnmarkedReply, path.Start.Locations[0], path.Sites, path.Start.ToReadable(), path));
        }

        /// <summary>Only a method has a place for the mark. An override of ours says nothing that its base does not.</summary>
        private static bool IsUnmarkedEntrance(IMethodSymbol method) =>
            method is { MethodKind: MethodKind.Ordinary, IsOverride: false } && method.IsPublicMember()
            && !ReplyMembers.MayReply(method) && !ReplyMembers.DoesNotReply(method);

        private static List<IMethodSymbol> InOrder(IEnumerable<IMethodSymbol> methods) =>
            [.. methods.OrderBy(method => method.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(method => method.Locations[0].SourceSpan.Start)];

        private static Diagnostic ReachableReply(ReplyPath path, CancellationToken cancellation) => Diagnostic.Create(
            Descriptors.ReachableReply,
            HandlerMark.On(path.Start).First(mark => mark.Kind == HandlerKind.Schedule).Attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation()
                ?? path.Start.Locations[0],
            path.IsCertain ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
            path.Sites,
            properties: null,
            path.Start.Name,
            path.IsCertain ? "reaches" : "may reach",
            path);
    }
}
