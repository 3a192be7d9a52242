using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>CAP0312: a prompt keeps an HTTP request waiting for a person, or is put where there is none.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PromptPlaceAnalyzer : HandlerBodyAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.PromptOutOfPlace];

    private protected override ImmutableArray<OperationKind> Operations { get; } = [OperationKind.Invocation];

    private protected override bool IsAbout(HandlerMark mark) => mark.IsHttp || mark.Kind is HandlerKind.Boot or HandlerKind.Shutdown;

    private protected override void Analyze(OperationAnalysisContext context, HandlerMark mark)
    {
        var call = (IInvocationOperation)context.Operation;
        // One that is dropped blocks nothing: CAP0304 reports it.
        if (!IsPrompt(call) || DroppedCallAnalyzer.IsDropped(call) || SessionMembers.IsGivenToLambda(SessionMembers.ReceiverOf(call)))
            return;
        var consequence = mark.IsHttp ? "keeps the HTTP request waiting until somebody answers" : "has nobody to ask";
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.PromptOutOfPlace, call.Syntax.GetLocation(), call.TargetMethod.Name, mark.Kind, consequence));
    }

    /// <summary>Also asking for an integration, unless the method has named it before: then it may know that it is there.</summary>
    private static bool IsPrompt(IInvocationOperation call) => SessionMembers.IsPrompt(call.TargetMethod)
        || (SessionMembers.MayPrompt(call.TargetMethod) && call.Arguments.FirstOrDefault()?.Value.Syntax is ExpressionSyntax integration
            && !IntegrationLookup.IsNamedBefore(integration));
}
