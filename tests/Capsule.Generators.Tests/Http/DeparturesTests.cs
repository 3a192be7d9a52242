using Capsule.Generators.Tests.Harness;

namespace Capsule.Generators.Tests.Http;

public class DeparturesTests
{
    [Fact]
    public void The_table_for_authors_has_the_departures_of_this_suite()
    {
        var table = File.ReadLines(Path.Combine(TestEnvironment.ProjectDirectory, "../../docs/departures.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);

        Assert.Equal(Departures.Rows.Keys.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }
}
