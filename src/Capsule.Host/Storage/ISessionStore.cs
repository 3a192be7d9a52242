using Capsule.Hosting.Sessions;

namespace Capsule.Hosting.Storage;

/// <summary>
/// Keeps sessions, their journals, turns, prompts and data. What one call writes is stored together; when its task completes, it is durable.
/// Calls that write to one session are stored in the order in which they are made, whether or not the earlier ones are awaited.
/// </summary>
internal interface ISessionStore
{
    /// <summary>Raised after each commit that added events to a session, in the order of the journal, before the writing call completes. Must not block.</summary>
    event Action<string, IReadOnlyList<JournalEvent>>? Appended;

    /// <summary>Commits without a change, as far as the disk: what a write would meet with.</summary>
    /// <exception cref="StorageException">Nothing can be stored.</exception>
    Task TouchAsync(CancellationToken cancellationToken);

    /// <summary>Stores a new session.</summary>
    Task CreateAsync(SessionRecord session, CancellationToken cancellationToken);

    /// <summary>A session; null when there is none.</summary>
    Task<SessionRecord?> FindAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>A user's sessions, newest first; null when <paramref name="before"/> is not one of them.</summary>
    Task<IReadOnlyList<SessionRecord>?> ListAsync(string userId, int limit, string? before, CancellationToken cancellationToken);

    /// <summary>Changes a session's title.</summary>
    Task SetTitleAsync(string sessionId, string title, NewEvent changed, CancellationToken cancellationToken);

    /// <summary>Closes a session and cancels its queued turns. False when it is closed already.</summary>
    Task<bool> CloseAsync(string sessionId, NewEvent closed, Func<string, NewEvent> cancelled, CancellationToken cancellationToken);

    /// <summary>The sessions that were closed before a time and whose farewell has run, those closed first before others.</summary>
    Task<IReadOnlyList<string>> ListClosedAsync(DateTimeOffset closedBefore, int limit, CancellationToken cancellationToken);

    /// <summary>Makes a stored file belong to a session, as the files of its messages and answers do: it is deleted with the last session that it belongs to.</summary>
    Task AddFileAsync(string sessionId, string fileId, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a closed session out of sight for ever and remembers that it is to be deleted, which <see cref="DeletePartAsync"/> does. False when there is no
    /// closed session of that id.
    /// </summary>
    Task<bool> MarkDeletedAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>The sessions that are to be deleted, and are not wholly deleted yet.</summary>
    Task<IReadOnlyList<string>> ListMarkedAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a part of what is stored of a marked session: of its files what is known of those that belong to no other session, of its journal, turns,
    /// prompts, values and tasks. Does nothing for any other session.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="limit">The most entries to delete at once; what other writes wait for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<DeletedPart> DeletePartAsync(string sessionId, int limit, CancellationToken cancellationToken);

    /// <summary>Counts a try at a closed session's farewell, and returns which one it is: 1 for the first, 0 when the farewell has run already.</summary>
    Task<int> BeginExitAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>Notes that a farewell has run.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="interrupted">Whether the server's stop has ended it: it runs again, and that try does not count.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task EndExitAsync(string sessionId, bool interrupted, CancellationToken cancellationToken);

    /// <summary>Stores a message and its queued turn, unless the user has no such session, its state forbids it, or the same message is stored already.</summary>
    Task<Acceptance> AcceptAsync(NewTurn turn, CancellationToken cancellationToken);

    /// <summary>The queued turn that comes first; null without one.</summary>
    Task<TurnRecord?> FindNextTurnAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>The turn that has begun, else the queued one that comes first; null without any.</summary>
    Task<TurnRecord?> FindActiveTurnAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>Marks a queued turn as begun. Null when it is not queued any more, or another one comes first.</summary>
    Task<TurnStart?> BeginTurnAsync(TurnRecord turn, NewEvent started, CancellationToken cancellationToken);

    /// <summary>Ends a turn that has begun, and returns the queued one that comes next; changes nothing when it has ended already.</summary>
    Task<TurnRecord?> EndTurnAsync(TurnEnd end, CancellationToken cancellationToken);

    /// <summary>Cancels a turn that has not begun. False when it is not queued.</summary>
    Task<bool> CancelQueuedTurnAsync(string sessionId, string turnId, NewEvent cancelled, CancellationToken cancellationToken);

    /// <summary>
    /// Queues an interrupted or failed turn again, behind those that wait. What it had said stays in the journal and leaves the conversation
    /// (<see cref="ReadPastAsync"/>) when the turn begins again.
    /// </summary>
    Task<Retried> RetryTurnAsync(TurnRetry retry, CancellationToken cancellationToken);

    /// <summary>
    /// Opens the record of a turn that has begun and runs again after a crash: takes down the session's values the first time, and returns what is
    /// recorded. The record goes with the end of the turn.
    /// </summary>
    Task<TurnLog> OpenTurnLogAsync(TurnRecord turn, CancellationToken cancellationToken);

    /// <summary>
    /// Takes up a turn that an earlier process has left: where it began. Counts a crash unless <paramref name="crashed"/> is false.
    /// </summary>
    Task<TurnStart> ResumeTurnAsync(TurnRecord turn, bool crashed, CancellationToken cancellationToken);

    /// <summary>Notes that a turn was left on purpose, for the next process to take up.</summary>
    Task SuspendTurnAsync(string turnId, CancellationToken cancellationToken);

    /// <summary>
    /// Records an effect by itself, or the result of one that is recorded. Effects that come with an event (<see cref="NewEvent.Effect"/>), a task
    /// (<see cref="NewTask.Effect"/>) or values (<see cref="SaveDataAsync"/>) are stored together with it.
    /// </summary>
    /// <exception cref="StorageException">An effect before it is not stored.</exception>
    Task RecordEffectAsync(Effect effect, CancellationToken cancellationToken);

    /// <summary>What an earlier process has left behind. Only for the start, before anything runs.</summary>
    Task<Leftovers> FindLeftoversAsync(CancellationToken cancellationToken);

    /// <summary>Appends events to a session's journal.</summary>
    Task AppendAsync(string sessionId, NewEvent added, CancellationToken cancellationToken);

    /// <summary>The events after a <c>seq</c>, oldest first.</summary>
    Task<IReadOnlyList<JournalEvent>> ReadEventsAsync(string sessionId, long after, int limit, CancellationToken cancellationToken);

    /// <summary>A session's latest messages and its values, both of the same moment.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="before">Only messages that stand before this <c>seq</c>.</param>
    /// <param name="limit">The most messages.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<SessionPast> ReadPastAsync(string sessionId, long before, int limit, CancellationToken cancellationToken);

    /// <summary>Stores and shows an open prompt.</summary>
    Task OpenPromptAsync(PromptRecord prompt, NewEvent block, CancellationToken cancellationToken);

    /// <summary>Closes an open prompt and shows why. False when it is closed already, or its deadline is before <paramref name="answeredAt"/>.</summary>
    Task<bool> ClosePromptAsync(string sessionId, PromptClosing closing, DateTimeOffset? answeredAt, CancellationToken cancellationToken);

    /// <summary>A prompt; null when the session has none of that id.</summary>
    Task<PromptRecord?> FindPromptAsync(string sessionId, string blockId, CancellationToken cancellationToken);

    /// <summary>A session's open prompts, oldest first.</summary>
    Task<IReadOnlyList<PromptRecord>> ListOpenPromptsAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>Stores a session's changed values (null for one that is gone) and leaves the others alone.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="changes">JSON by name.</param>
    /// <param name="effect">What to record with it, if anything.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task SaveDataAsync(string sessionId, IReadOnlyDictionary<string, string?> changes, Effect? effect, CancellationToken cancellationToken);
}
