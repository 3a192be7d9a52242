using System.Reflection;
using System.Text.RegularExpressions;
using Capsule.Analyzers.Tests.Declarations;
using Capsule.Analyzers.Tests.Harness;

namespace Capsule.Analyzers.Tests.Rules;

/// <summary>Each rule is tried on enough programs that break it, and on enough that only look like it.</summary>
public class RuleProgramTests
{
    private const int Least = 6;
    private const int LeastOfSessions = 7;

    public static TheoryData<string> Ids => [.. RulePage.Descriptors.Keys];

    /// <summary>The lists of this project's classes of programs.</summary>
    private static IEnumerable<Type> Lists => typeof(RuleProgramTests).Assembly.GetTypes().Where(type => type.Name.EndsWith("Programs", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_programs_that_break_it_and_others_that_come_near(string id)
    {
        var least = id is "CAP0317" or "CAP0318" || !id.StartsWith("CAP03", StringComparison.Ordinal) ? Least : LeastOfSessions;

        Assert.True(Lists.SelectMany(Broken).Count(program => IdsIn(program).Contains(id)) >= least, $"Too few programs break {id}.");
        Assert.True(Lists.SelectMany(NearMisses).Count(rule => rule == id) >= least, $"Too few programs come near to {id}.");
    }

    private static IEnumerable<string> Broken(Type list) => ProgramsOf(list, property => property.Name is not "Valid");

    /// <summary>The rule that each correct program comes near to: the one it names, or the only one that its class is about.</summary>
    private static IEnumerable<string> NearMisses(Type list)
    {
        var rules = Broken(list).SelectMany(IdsIn).Distinct().ToList();
        foreach (var program in ProgramsOf(list, property => property.Name == "Valid"))
        {
            if (Regex.Match(program, $"^{DeclarationProgram.NearMiss}(CAP[0-9]+)\n") is { Success: true } named)
                yield return named.Groups[1].Value;
            else if (rules.Count == 1)
                yield return rules[0];
        }
    }

    private static IEnumerable<string> ProgramsOf(Type list, Func<PropertyInfo, bool> isWanted) =>
        list.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(property => property.PropertyType == typeof(IEnumerable<string>) && isWanted(property))
            .SelectMany(property => (IEnumerable<string>)property.GetValue(null)!).Distinct();

    private static IEnumerable<string> IdsIn(string program) => Markup.Parse(program).Expected.Select(report => report.Id).Distinct();
}
