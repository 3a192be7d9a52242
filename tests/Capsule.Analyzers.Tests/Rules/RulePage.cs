using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers.Tests.Rules;

/// <summary>A rule's page under <c>docs/rules</c>.</summary>
internal sealed record RulePage(string Heading, string Category, IReadOnlyDictionary<string, string> Sections)
{
    public static string Folder { get; } = ProjectPaths.Read("RulePages");

    /// <summary>Every descriptor, by id.</summary>
    public static SortedDictionary<string, DiagnosticDescriptor> Descriptors { get; } = new(
        Harness.Analysis.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).DistinctBy(rule => rule.Id).ToDictionary(rule => rule.Id),
        StringComparer.Ordinal);

    /// <summary>The descriptors of the generator, which has no examples: a program alone does not bring them about.</summary>
    public static SortedDictionary<string, DiagnosticDescriptor> OfGenerator { get; } = new(
        typeof(Capsule.Generators.CapsuleGenerator).Assembly.GetType("Capsule.Generators.GeneratorDiagnostics", throwOnError: true)!
            .GetFields(BindingFlags.Static | BindingFlags.NonPublic).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>().ToDictionary(rule => rule.Id),
        StringComparer.Ordinal);

    public static IEnumerable<DiagnosticDescriptor> All => Descriptors.Values.Concat(OfGenerator.Values);

    public static RulePage Read(string id)
    {
        var parts = Regex.Split(File.ReadAllText(Path.Combine(Folder, id + ".md")), "^## ", RegexOptions.Multiline);
        return new RulePage(
            parts[0].Split('\n')[0],
            parts[0].Split('\n')[2],
            parts.Skip(1).ToDictionary(part => part.Split('\n')[0], part => part[(part.IndexOf('\n') + 1)..].Trim()));
    }

    /// <summary>The program in a section.</summary>
    public string Example(string section) =>
        Regex.Match(Sections[section], "```csharp\n(.*?)```", RegexOptions.Singleline) is { Success: true } match
            ? match.Groups[1].Value
            : throw new InvalidOperationException($"{section} of '{Heading}' has no example.");
}
