using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Capsule;

/// <content>Work outside of the session.</content>
public abstract partial class Session
{
    /// <summary>
    /// Does something whose result counts once: a call to another system, the time, a random value. In a handler with <see cref="OnCrash.Replay"/> the
    /// result is stored, and after a crash it is returned without doing it again; elsewhere it is simply done.
    /// </summary>
    /// <remarks>
    /// A step whose process dies before its result is stored is done again, and so is one that throws: nothing is stored of it. A step can't use the
    /// session, its collections or its tasks.
    /// </remarks>
    /// <param name="name">What it is; the same each time.</param>
    /// <param name="step">Does it. Its result must survive being written as JSON and read back; that is what is returned.</param>
    /// <param name="cancellationToken">Cancels the step; the turn's own token does so too.</param>
    /// <exception cref="InvalidOperationException">In a handler with <see cref="OnCrash.Replay"/>: another effect of this turn is still going on. Await it first.</exception>
    public Task<T> StepAsync<T>(string name, Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken = default) =>
        RunStepAsync(name, step, null, cancellationToken);

    /// <inheritdoc cref="StepAsync{T}(string, Func{CancellationToken, Task{T}}, CancellationToken)"/>
    /// <param name="name">What it is; the same each time.</param>
    /// <param name="step">Does it.</param>
    /// <param name="type">How its result is written and read.</param>
    /// <param name="cancellationToken">Cancels the step; the turn's own token does so too.</param>
    public Task<T> StepAsync<T>(
        string name, Func<CancellationToken, Task<T>> step, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(type);
        return RunStepAsync(name, step, type, cancellationToken);
    }

    /// <inheritdoc cref="StepAsync{T}(string, Func{CancellationToken, Task{T}}, CancellationToken)"/>
    public Task<T> StepAsync<T>(string name, Func<Task<T>> step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return RunStepAsync(name, _ => step(), null, cancellationToken);
    }

    /// <inheritdoc cref="StepAsync{T}(string, Func{CancellationToken, Task{T}}, CancellationToken)"/>
    public Task<T> StepAsync<T>(string name, Func<T> step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return RunStepAsync(name, _ => Task.FromResult(step()), null, cancellationToken);
    }

    /// <inheritdoc cref="StepAsync{T}(string, Func{CancellationToken, Task{T}}, CancellationToken)"/>
    public Task StepAsync(string name, Func<CancellationToken, Task> step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return RunStepAsync(
            name,
            async cancellation =>
            {
                await step(cancellation).ConfigureAwait(false);
                return true;
            },
            StepJson.Default.Boolean,
            cancellationToken);
    }

    /// <inheritdoc cref="StepAsync{T}(string, Func{CancellationToken, Task{T}}, CancellationToken)"/>
    public Task StepAsync(string name, Func<Task> step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return StepAsync(name, _ => step(), cancellationToken);
    }

    /// <summary>Does a step, or returns what it returned before.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="step">Does it.</param>
    /// <param name="type">How its result is written and read; null for the app's own way.</param>
    /// <param name="cancellationToken">Cancels the step.</param>
    protected virtual async Task<T> RunStepAsync<T>(
        string name, Func<CancellationToken, Task<T>> step, JsonTypeInfo<T>? type, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(step);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, CancellationToken);
        return await step(linked.Token).ConfigureAwait(false);
    }
}

/// <summary>How the end of a step without a result is written.</summary>
[JsonSerializable(typeof(bool))]
internal sealed partial class StepJson : JsonSerializerContext;
