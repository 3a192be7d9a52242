using System.Net;
using System.Net.Http.Headers;

namespace Capsule.Host.Tests.Sessions;

/// <summary>
/// A reader's connection is cut after any byte, and the reader comes back with the last id that it saw: in the middle of the turn, after its end, after a
/// restart, after a crash. It ends with the conversation of a reader that never left.
/// </summary>
public sealed class StreamCutTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly RecordedTurn turn = new();

    public void Dispose()
    {
        turn.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task In_the_middle_of_the_turn()
    {
        await using var app = await StartAsync();
        var session = await app.BeginAsync();
        await using var recorder = new StreamRecorder(app, session);
        await recorder.BeginAsync();
        await app.SayAsync(session, "tell");
        for (var step = 0; step < RecordedTurn.Steps; step++)
        {
            await turn.ArriveAsync();

            await CompareEveryCutAsync(app, session, await recorder.UntilAsync(await HeadAsync(app, session)));

            turn.Go();
        }
    }

    [Fact]
    public async Task After_its_end_when_deltas_are_folded_and_after_a_restart()
    {
        string session;
        byte[] recorded;
        await using (var app = await StartAsync())
        {
            session = await app.BeginAsync();
            recorded = await RecordToEndAsync(app, session);
            Assert.Contains("delta", AppliedConversation.Of(recorded).Types);
            Assert.Contains(await RestAsync(app, session, 0), streamed => streamed.Type == "message");

            await CompareEveryCutAsync(app, session, recorded);
        }

        await using var restarted = await StartAsync();
        await CompareEveryCutAsync(restarted, session, recorded);
    }

    [Fact]
    public async Task After_a_crash_in_the_middle_of_the_turn()
    {
        await using var app = await StartAsync();
        var session = await app.BeginAsync();
        await using var recorder = new StreamRecorder(app, session);
        await recorder.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "tell"))["turnId"]!;
        for (var step = 0; step < RecordedTurn.Steps; step++)
        {
            await turn.ArriveAsync();
            var recorded = await recorder.UntilAsync(await HeadAsync(app, session));
            using var image = new TemporaryDirectory();
            folder.CopyTo(image);

            await using var restarted = await ChatApp.StartAsync(image, (_, _) => Task.CompletedTask);
            var whole = await CompareEveryCutAsync(restarted, session, recorded);

            Assert.Equal("interrupted", whole.State(turnId));
            turn.Go();
        }
    }

    private Task<ChatApp> StartAsync() => ChatApp.StartAsync(folder, (session, _) => turn.TellAsync(session));

    private async Task<byte[]> RecordToEndAsync(ChatApp app, string session)
    {
        await using var recorder = new StreamRecorder(app, session);
        await recorder.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "tell"))["turnId"]!;
        for (var step = 0; step < RecordedTurn.Steps; step++)
            turn.Go();
        await app.UntilEndOfAsync(session, turnId);
        return await recorder.UntilAsync(await HeadAsync(app, session));
    }

    /// <summary>
    /// Cuts the recorded stream after each of its bytes, resumes, and compares with a reader that began now and, as long as the recording is up to date,
    /// with the one that never left. Returns what all of them hold.
    /// </summary>
    private static async Task<AppliedConversation> CompareEveryCutAsync(ChatApp app, string session, byte[] recorded)
    {
        var head = await HeadAsync(app, session);
        var whole = new AppliedConversation();
        foreach (var streamed in await RestAsync(app, session, 0))
            whole.Apply(streamed);
        if (AppliedConversation.Of(recorded) is var live && live.Seq == head)
            Assert.Equal(live.ToString(), whole.ToString());
        var resumed = new Dictionary<long, List<StreamedEvent>>();
        for (var cut = 0; cut <= recorded.Length; cut++)
        {
            var reader = AppliedConversation.Of(recorded.AsSpan(0, cut));
            if (!resumed.TryGetValue(reader.Seq, out var rest))
                resumed.Add(reader.Seq, rest = await RestAsync(app, session, reader.Seq));
            foreach (var streamed in rest)
                reader.Apply(streamed);
            Assert.Equal(whole.ToString(), reader.ToString());
        }
        return whole;
    }

    private static async Task<long> HeadAsync(ChatApp app, string session) => (long)(await app.GetAsync($"/capsule/sessions/{session}"))["seq"]!;

    /// <summary>What a reader is given that comes back with the last id it saw, up to the end of the journal.</summary>
    private static async Task<List<StreamedEvent>> RestAsync(ChatApp app, string session, long lastId)
    {
        var head = await HeadAsync(app, session);
        if (head == lastId)
            return [];
        await using var recorder = new StreamRecorder(app, session, lastId);
        return AppliedConversation.Frames(await recorder.UntilAsync(head));
    }

    /// <summary>Keeps the bytes of a stream.</summary>
    private sealed class StreamRecorder(ChatApp app, string session, long? lastId = null) : IAsyncDisposable
    {
        private readonly MemoryStream recorded = new();
        private readonly byte[] buffer = new byte[4096];
        private HttpResponseMessage? response;

        /// <summary>Connects, if that has not happened yet.</summary>
        public async Task BeginAsync() => response ??= await OpenAsync();

        /// <summary>Reads until an event has arrived; all bytes so far.</summary>
        public async Task<byte[]> UntilAsync(long seq)
        {
            await BeginAsync();
            var stream = await response!.Content.ReadAsStreamAsync();
            while (AppliedConversation.Frames(recorded.ToArray()) is var frames && (frames.Count == 0 || frames[^1].Seq < seq))
                recorded.Write(buffer, 0, await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
            return recorded.ToArray();
        }

        public async ValueTask DisposeAsync()
        {
            response?.Dispose();
            await recorded.DisposeAsync();
        }

        private async Task<HttpResponseMessage> OpenAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/capsule/sessions/{session}/events");
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
            if (lastId is not null)
                request.Headers.Add("Last-Event-ID", $"{lastId}");
            var opened = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
            return opened;
        }
    }
}
