using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

/// <summary>The rules that decide whether a declaration is emitted. They are found by parsing, in the generator's own source.</summary>
internal static class DeclarationRules
{
    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        Descriptors.NotAccessible,
        Descriptors.Generic,
        Descriptors.UnusableShape,
        Descriptors.ConflictingHandlers,
        Descriptors.ReturnType,
        Descriptors.SeveralConstructors,
        Descriptors.WrongParameter,
        Descriptors.UnbindableType,
        Descriptors.SeveralBodies,
        Descriptors.ConflictingSources,
        Descriptors.InvalidAsParameters,
        Descriptors.UnsupportedSource,
        Descriptors.InvalidRoute,
        Descriptors.UnknownRouteParameter,
        Descriptors.DuplicateName,
        Descriptors.UnusableName,
        Descriptors.SecondDefaultMessage,
        Descriptors.DocumentWithoutId,
        Descriptors.InvalidCron,
        Descriptors.RequestInSchedule,
        Descriptors.UnknownLockArgument,
    ];

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = All.ToImmutableDictionary(rule => rule.Id);

    /// <summary>The diagnostic of what parsing found.</summary>
    public static Diagnostic ToDiagnostic(this Finding finding) =>
        Diagnostic.Create(ById[finding.Rule], finding.Location, [.. finding.Arguments, .. SuggestionsFor(finding)]);

    private static IEnumerable<string> SuggestionsFor(Finding finding) => finding.Rule != Rules.InvalidCron
        ? []
        : [CronSuggestion.For(finding.Arguments[0]) is { } better ? $" Did you mean '{better}'?" : ""];
}
