using System.Diagnostics;
using System.Globalization;

namespace Capsule.Benchmarks.Chat;

/// <summary>Measures everything in one run, prints a table, and says which goals are reached.</summary>
internal sealed class Report(string[] parts)
{
    private const int Clients = 64;

    // Messages are accepted faster than turns end; in many sessions their queues stay as short as they are in use.
    private const int SessionsOfGuest = 1400;

    // The machine's stalls spoil some of them.
    private const int PacedSpans = 5;

    private static readonly TimeSpan warmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan span = TimeSpan.FromSeconds(4);

    /// <summary>Whether all goals are reached.</summary>
    public bool Reached { get; private set; } = true;

    public async Task RunAsync()
    {
        if (Wanted("accept"))
            await AcceptAsync();
        if (Wanted("turns"))
            await TurnsAsync();
        if (Wanted("streams"))
            await StreamsAsync();
        if (Wanted("reconnect"))
            await ReconnectAsync();
    }

    private async Task AcceptAsync()
    {
        var fdatasync = Machine.Fdatasync();
        var commits = Machine.OneRowCommits(span);
        var (bare, bareQuarter) = await BareAsync();
        var (memory, memoryQuarter, memoryTime) = await IntakeAsync(HostMode.Memory);
        var (durable, durableQuarter, durableTime) = await IntakeAsync(HostMode.Durable);
        commits = Math.Max(commits, Machine.OneRowCommits(span));

        Line("fdatasync of one page, median", Milliseconds(fdatasync));
        Line("SQLite, one-row commits with synchronous=FULL", PerSecond(commits));
        Line("bare minimal API POST, 64 clients", $"{PerSecond(bare.Rate)}, p99 {Milliseconds(bare.P99)}");
        Line("bare minimal API POST at a quarter of that rate", $"p50 {Milliseconds(bareQuarter.P50)}, p99 {Milliseconds(bareQuarter.P99)}");
        Line("messages accepted, journal in memory, 64 clients", $"{PerSecond(memory.Rate)}, p99 {Milliseconds(memory.P99)}");
        Line("messages accepted, durable, 64 clients", $"{PerSecond(durable.Rate)}, p99 {Milliseconds(durable.P99)}");
        Line("processor time of the host for a message, with some 128 turns a second besides", $"in memory {Milliseconds(memoryTime)}, durable {Milliseconds(durableTime)}");
        Line("messages accepted, journal in memory, at a quarter of that rate", $"p50 {Milliseconds(memoryQuarter.P50)}, p99 {Milliseconds(memoryQuarter.P99)}");
        Line("messages accepted, durable, at a quarter of that rate", $"p50 {Milliseconds(durableQuarter.P50)}, p99 {Milliseconds(durableQuarter.P99)}");
        Goal("accept p99 at a quarter of the rate / (10 fdatasync + bare p99)", durableQuarter.P99 / (10 * fdatasync + bareQuarter.P99), atMost: 1);
        Goal("accepted messages / one-row commits", durable.Rate / commits, atLeast: 1.5);
        Goal("durable / in memory", durable.Rate / memory.Rate, atLeast: 0.6);
    }

    private static async Task<(Measured Full, Measured Quarter)> BareAsync()
    {
        await using var host = await HostProcess.StartAsync(HostMode.Bare);
        var connections = Enumerable.Range(0, Clients).Select(_ => new Connection(host.Address)).ToList();
        await Task.WhenAll(connections.Select(connection => connection.OpenAsync()));
        var request = connections[0].Post("/bare", """{"id":"m1","text":"A message of ordinary length, such as people write."}""");
        List<Func<Task>> clients = [.. connections.Select(connection => (Func<Task>)(() => connection.SendAsync(request).AsTask()))];
        var full = await Load.SaturateAsync(clients, warmUp, span);
        var quarter = await PaceAsync(clients, full.Rate / 4);
        connections.ForEach(connection => connection.Dispose());
        return (full, quarter);
    }

    /// <summary>What is taken in beside turns that wait for their model: four of each guest, with all others queued behind them.</summary>
    private static async Task<(Measured Full, Measured Quarter, TimeSpan Processor)> IntakeAsync(HostMode mode)
    {
        await using var host = await HostProcess.StartAsync(mode);
        var guests = await Guest.ArriveTogetherAsync(host.Address, Clients, SessionsOfGuest);
        List<Func<Task>> clients = [.. guests.Select(guest => (Func<Task>)(() => guest.SayAsync("think about a message of ordinary length")))];
        var full = await Load.SaturateAsync(clients, warmUp, span);
        var (begun, sent) = (host.ProcessorTime, guests.Sum(guest => guest.Sent));
        var quarter = await PaceAsync(clients, full.Rate / 4);
        var processor = (host.ProcessorTime - begun) / (guests.Sum(guest => guest.Sent) - sent);
        foreach (var guest in guests)
            guest.Dispose();
        return (full, quarter, processor);
    }

    private static async Task<Measured> PaceAsync(IReadOnlyList<Func<Task>> clients, double rate)
    {
        var spans = new List<Measured>();
        while (spans.Count < PacedSpans)
            spans.Add(await Load.PaceAsync(clients, rate, spans.Count == 0 ? warmUp / 4 : TimeSpan.FromSeconds(1), span));
        return Measured.Median(spans);
    }

    /// <summary>Waits until no turn is left.</summary>
    private static async Task QuietAsync(IEnumerable<Guest> guests)
    {
        foreach (var guest in guests)
        {
            foreach (var session in guest.Sessions)
            {
                var request = guest.Connection.Get($"/capsule/sessions/{session}", "application/json");
                while ((await guest.Connection.SendAsync(request)).Answer.Span.IndexOf("\"turn\":"u8) >= 0)
                    await Task.Delay(10);
            }
        }
    }

    private static async Task TurnsAsync()
    {
        await using var host = await HostProcess.StartAsync(HostMode.Durable);
        var guests = await Guest.ArriveTogetherAsync(host.Address, Clients);
        var readers = await Task.WhenAll(guests.Select(guest => guest.ReadAsync(host.Address)));
        var completed = "\"completed\""u8.ToArray();
        var turns = await Load.SaturateAsync(
            [.. guests.Zip(readers, (guest, reader) => (Func<Task>)(async () =>
            {
                await guest.SayAsync("A message of ordinary length, such as people write.");
                await reader.UntilAsync(completed);
            }))],
            warmUp,
            span);
        var first = await FirstDeltaAsync(guests[0], readers[0]);
        Line("whole turns, 64 clients", $"{PerSecond(turns.Rate)}, p99 {Milliseconds(turns.P99)}");
        Line("from post to first delta, one client", $"p50 {Milliseconds(first.P50)}, p99 {Milliseconds(first.P99)}");
        foreach (var disposable in guests.Cast<IDisposable>().Concat(readers))
            disposable.Dispose();
    }

    private static async Task<Measured> FirstDeltaAsync(Guest guest, Connection reader)
    {
        var taken = new List<long>();
        for (var number = 0; number < 150; number++)
        {
            var begun = Stopwatch.GetTimestamp();
            await guest.SayAsync("stream 1");
            await reader.UntilAsync("event: delta"u8.ToArray());
            if (number >= 50)
                taken.Add(Stopwatch.GetTimestamp() - begun);
            await reader.UntilAsync("\"completed\""u8.ToArray());
        }
        return Measured.Of(taken, span);
    }

    private async Task StreamsAsync()
    {
        const int Idle = 5000, Active = 200;
        await using var host = await HostProcess.StartAsync(HostMode.Durable);
        var guests = await Guest.ArriveTogetherAsync(host.Address, 50);
        await Task.WhenAll(guests.Select(guest => guest.SayAsync("warm up")));
        await QuietAsync(guests);
        var before = await host.MemoryAsync();
        var readers = new List<Connection>();
        for (var number = 0; number < Idle; number += guests.Length)
            readers.AddRange(await Task.WhenAll(guests.Select(guest => guest.ReadAsync(host.Address, after: 1000))));
        var idle = await host.MemoryAsync();

        var talkers = await Guest.ArriveTogetherAsync(host.Address, Active);
        var active = await Task.WhenAll(talkers.Select(guest => guest.ReadAsync(host.Address)));
        var first = await Load.SaturateAsync(
            [.. talkers.Zip(active, (guest, reader) => (Func<Task>)(async () =>
            {
                var saying = guest.SayAsync("stream 40");
                await reader.UntilAsync("event: delta"u8.ToArray());
                await saying;
                await reader.UntilAsync("\"completed\""u8.ToArray());
            }))],
            TimeSpan.Zero,
            TimeSpan.FromSeconds(12));
        var busy = await host.MemoryAsync();

        var perStream = (idle.WorkingSet - before.WorkingSet) / 1024.0 / Idle;
        Line("memory before, with 5,000 idle streams, after 200 active besides", $"{Megabytes(before)}, {Megabytes(idle)}, {Megabytes(busy)} (all / managed)");
        Line("200 active streams of 20 deltas/s beside 5,000 idle: a turn of 2 s takes", $"p50 {Milliseconds(first.P50)}, p99 {Milliseconds(first.P99)}");
        Goal("kB per idle stream", perStream, atMost: 60);
        foreach (var disposable in readers.Cast<IDisposable>().Concat(talkers).Concat(active).Concat(guests))
            disposable.Dispose();
    }

    private async Task ReconnectAsync()
    {
        const int Events = 10_000;
        await using var host = await HostProcess.StartAsync(HostMode.Durable);
        using var guest = await Guest.ArriveAsync(host.Address);
        await guest.SayAsync($"notify {Events}");
        await QuietAsync([guest]);
        var last = "\"completed\""u8.ToArray();
        var reconnect = await Load.SaturateAsync(
            [async () =>
            {
                using var reader = await guest.ReadAsync(host.Address);
                await reader.UntilAsync(last);
            }],
            warmUp,
            span);
        Goal("ms to reconnect through 10,000 events, median", reconnect.P50.TotalMilliseconds, atMost: 200);
    }

    private bool Wanted(string part) => parts.Length == 0 || parts.Contains(part);

    private void Goal(string name, double value, double? atMost = null, double? atLeast = null)
    {
        var reached = !(value > atMost) && !(value < atLeast);
        Reached &= reached;
        var limit = atMost is null ? $"at least {atLeast}" : $"at most {atMost}";
        Line(name, string.Create(CultureInfo.InvariantCulture, $"{value:N2} ({limit}: {(reached ? "reached" : "NOT REACHED")})"));
    }

    private static void Line(string name, string value) => Console.WriteLine($"| {name} | {value} |");

    private static string PerSecond(double rate) => string.Create(CultureInfo.InvariantCulture, $"{rate:N0}/s");

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:N2} ms");

    private static string Megabytes((long WorkingSet, long Heap) memory) =>
        string.Create(CultureInfo.InvariantCulture, $"{memory.WorkingSet / 1048576.0:N0}/{memory.Heap / 1048576.0:N0} MB");
}
