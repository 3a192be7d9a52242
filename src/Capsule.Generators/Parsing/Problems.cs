using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>The rules that parsing can find broken. Their texts belong to the analyzers.</summary>
internal static class Rules
{
    public const string NotAccessible = "CAP0001";
    public const string Generic = "CAP0002";
    public const string UnusableShape = "CAP0003";
    public const string ConflictingHandlers = "CAP0004";
    public const string ReturnType = "CAP0005";
    public const string SeveralConstructors = "CAP0006";
    public const string WrongParameter = "CAP0008";
    public const string UnbindableType = "CAP0101";
    public const string SeveralBodies = "CAP0102";
    public const string ConflictingSources = "CAP0104";
    public const string InvalidAsParameters = "CAP0106";
    public const string UnsupportedSource = "CAP0107";
    public const string InvalidRoute = "CAP0201";
    public const string UnknownRouteParameter = "CAP0203";
    public const string DuplicateName = "CAP0204";
    public const string UnusableName = "CAP0205";
    public const string SecondDefaultMessage = "CAP0206";
    public const string DocumentWithoutId = "CAP0207";
    public const string InvalidCron = "CAP0306";
    public const string RequestInSchedule = "CAP0310";
    public const string UnknownLockArgument = "CAP0314";
    public const string Setup = "CAP0901";
    public const string GeneratorFailed = "CAP0902";
}

/// <summary>A broken rule, with the syntax tree's own location, so that a pragma beside it counts.</summary>
internal readonly record struct Finding(string Rule, Location Location, IReadOnlyList<string> Arguments);

/// <summary>Collects why declarations give no output.</summary>
internal sealed class ProblemList
{
    private readonly List<Finding> findings = [];

    public int Count => findings.Count;

    /// <summary>What analyzers report; the generator passes over such declarations. Holds on to syntax: not for a model.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    public void Add(string rule, ISymbol symbol, params string[] arguments) =>
        Add(rule, symbol.Locations.FirstOrDefault(), arguments);

    public void Add(string rule, Location? location, params string[] arguments) =>
        findings.Add(new Finding(rule, location ?? Location.None, arguments));
}
