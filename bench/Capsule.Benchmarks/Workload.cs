using System.Text;

namespace Capsule.Benchmarks;

/// <summary>A request that is sent again and again.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Route">The route that answers it, with its method.</param>
internal sealed record Workload(string Name, string Route)
{
    public static readonly IReadOnlyList<Workload> All =
    [
        new("text", "GET /text"),
        new("GET: route and two query values, JSON answer", "GET /reports/{id:int}") { RouteValue = "7", Query = "?status=open&page=2" },
        new("POST: JSON in and out", "POST /reports") { ContentType = "application/json", Body = Encoding.UTF8.GetBytes("""{"id":7,"status":"open","page":2}""") },
        new("POST: form, JSON answer", "POST /form") { ContentType = "application/x-www-form-urlencoded", Body = Encoding.UTF8.GetBytes("id=7&status=open&page=2") },
    ];

    public string Method => Route[..Route.IndexOf(' ', StringComparison.Ordinal)];

    public string? RouteValue { get; init; }

    public string Query { get; init; } = "";

    public string? ContentType { get; init; }

    public byte[]? Body { get; init; }
}
