using System.Text.RegularExpressions;
using Capsule.Generators.Tests.Harness;
using Capsule.Generators.Tests.Http.Differential;

namespace Capsule.Generators.Tests.Http;

public class DeparturesTests(Twins twins) : IClassFixture<Twins>
{
    public static TheoryData<string> Ids => [.. Departure.All.Select(departure => departure.Id)];

    private static readonly string repository = Path.Combine(TestEnvironment.ProjectDirectory, "../..");

    /// <summary>Every row is shown by a test, and every departure that a test shows is told.</summary>
    [Fact]
    public void The_table_for_authors_has_the_departures_that_tests_show()
    {
        var table = File.ReadLines(Path.Combine(repository, "docs/departures.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);

        Assert.Equal(Departure.All.Select(departure => departure.Id).Concat(InTraits()).Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_readme_links_the_table() =>
        Assert.Contains("](docs/departures.md)", File.ReadAllText(Path.Combine(repository, "README.md")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_departure_still_occurs(string id)
    {
        var departure = Departure.All.Single(departure => departure.Id == id);
        var app = await twins.AppAsync(throwOnBadRequest: false);
        var minimal = app.Refused.ContainsKey(departure.Request.Path.Split('?')[0]) ? null : await app.SendAsync("/r", departure.Request);
        var capsule = await app.SendAsync("/c", departure.Request);

        Assert.True(departure.Occurs(minimal, capsule), $"minimal API {minimal}\nCapsule     {capsule}");
    }

    /// <summary>What shows only in a whole app, or in another one: tests of any project say so with a trait.</summary>
    private static IEnumerable<string> InTraits() =>
        from file in Directory.EnumerateFiles(Path.Combine(repository, "tests"), "*Tests.cs", SearchOption.AllDirectories)
        from trait in Regex.Matches(File.ReadAllText(file), """^    \[Trait\("Departure", "([^"]+)"\)\]""", RegexOptions.Multiline)
        select trait.Groups[1].Value;
}
