using Capsule.Generators.Tests.Harness;
using Capsule.Generators.Tests.Http.Differential;

namespace Capsule.Generators.Tests.Http;

public class DeparturesTests(Twins twins) : IClassFixture<Twins>
{
    public static TheoryData<string> Ids => [.. Departure.All.Select(departure => departure.Id)];

    [Fact]
    public void The_table_for_authors_has_the_departures_of_this_suite()
    {
        var table = File.ReadLines(Path.Combine(TestEnvironment.ProjectDirectory, "../../docs/departures.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);

        Assert.Equal(Departure.All.Select(departure => departure.Id).Concat(Departure.Elsewhere.Keys).Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }

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
}
