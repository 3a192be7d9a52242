using System.Text;
using System.Text.RegularExpressions;

namespace Capsule.Benchmarks.Chat;

/// <summary>A guest with a connection and a session.</summary>
internal sealed partial class Guest : IDisposable
{
    private readonly List<string> sessions = [];
    private int sent;

    private Guest(Connection connection) => Connection = connection;

    public Connection Connection { get; }

    public IReadOnlyList<string> Sessions => sessions;

    /// <summary>How many messages it has posted.</summary>
    public int Sent => sent;

    /// <summary>Connects, becomes a guest and begins sessions.</summary>
    public static async Task<Guest> ArriveAsync(Uri server, int sessions = 1)
    {
        var guest = new Guest(new Connection(server));
        await guest.Connection.OpenAsync();
        while (guest.sessions.Count < sessions)
            await guest.BeginAsync();
        return guest;
    }

    public static Task<Guest[]> ArriveTogetherAsync(Uri server, int count, int sessions = 1) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => ArriveAsync(server, sessions)));

    /// <summary>Posts a message and waits for the answer.</summary>
    public async Task SayAsync(string text)
    {
        var (status, answer) = await Connection.SendAsync(NextMessage(text));
        if (status != 202)
            throw new InvalidOperationException(Encoding.UTF8.GetString(answer.Span));
    }

    private async Task BeginAsync()
    {
        var (_, answer) = await Connection.SendAsync(Connection.Post("/capsule/sessions", "{}"));
        var text = Encoding.UTF8.GetString(answer.Span);
        if (Connection.Cookie.Length == 0)
            Connection.Cookie = SetCookie().Match(text).Groups[1].Value;
        sessions.Add(SessionId().Match(text).Groups[1].Value);
    }

    /// <summary>The request of another message, under an id of its own, to the next of the sessions.</summary>
    private byte[] NextMessage(string text) =>
        Connection.Post($"/capsule/sessions/{sessions[++sent % sessions.Count]}/messages", $$"""{"id":"m{{sent}}","text":"{{text}}"}""");

    /// <summary>Another connection of the guest, reading the first session's stream.</summary>
    public async Task<Connection> ReadAsync(Uri server, long after = 0)
    {
        var reader = new Connection(server) { Cookie = Connection.Cookie };
        await reader.OpenAsync();
        await reader.OpenStreamAsync($"/capsule/sessions/{sessions[0]}/events?after={after}");
        return reader;
    }

    public void Dispose() => Connection.Dispose();

    [GeneratedRegex("Set-Cookie: ([^;]+)")]
    private static partial Regex SetCookie();

    [GeneratedRegex("\"id\":\"([^\"]+)\"")]
    private static partial Regex SessionId();
}
