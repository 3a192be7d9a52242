namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>Sends the same request to a handler and to its twin, counts, and collects where the answers differ.</summary>
internal sealed class TwinComparison(TwinApp app)
{
    private readonly List<string> differences = [];

    /// <summary>How many pairs were compared.</summary>
    public int Count { get; private set; }

    public async Task CompareAsync(string name, TwinRequest request)
    {
        if (app.Refused.ContainsKey(request.Path))
            return;
        var expected = await app.SendAsync("/r", request);
        var actual = Departure.WithoutProblem(expected, await app.SendAsync("/c", request));
        Count++;
        if (expected != actual)
            differences.Add($"{name}\n  minimal API {expected}\n  Capsule     {actual}");
    }

    /// <summary>Fails with the differences; and when less was compared than is claimed.</summary>
    public void AssertSame(int atLeast)
    {
        Assert.True(differences.Count == 0, $"{differences.Count} of {Count} pairs differ.\n{string.Join('\n', differences.Take(200))}");
        Assert.True(Count >= atLeast, $"{Count} pairs were compared, {atLeast} are claimed.");
    }

    /// <summary>Fails when ASP.NET Core takes a handler that is named here, or none that is not.</summary>
    /// <param name="patterns">Of handlers that can't be minimal APIs.</param>
    public void AssertRefused(params string[] patterns) => Assert.Equal(patterns.Order(StringComparer.Ordinal), app.Refused.Keys.Order(StringComparer.Ordinal));
}
