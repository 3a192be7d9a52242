using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Capsule.Contract.App;

/// <summary>What handlers tell the tests, and the gates at which tests hold them up. One for each host.</summary>
public sealed class Signals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> gates = new();
    private readonly ConcurrentDictionary<string, Channel<string>> topics = new();

    /// <summary>Tells a test that waits for this topic.</summary>
    public void Tell(string topic, string text = "") => Topic(topic).Writer.TryWrite(text);

    /// <summary>What was told of a topic, the oldest first; each once.</summary>
    public async Task<string> HearAsync(string topic)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await Topic(topic).Reader.ReadAsync(limit.Token);
    }

    /// <summary>Whether something was told that nobody has heard.</summary>
    public bool Has(string topic) => Topic(topic).Reader.Count > 0;

    /// <summary>Waits until a test opens the gate.</summary>
    public async Task PassAsync(string gate, CancellationToken cancellationToken)
    {
        Tell("at " + gate);
        try
        {
            await Gate(gate).Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Tell("cancelled at " + gate);
            throw;
        }
    }

    public void Open(string gate) => Gate(gate).TrySetResult();

    private TaskCompletionSource Gate(string name) =>
        gates.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private Channel<string> Topic(string name) => topics.GetOrAdd(name, _ => Channel.CreateUnbounded<string>());
}
