namespace Capsule;

/// <summary>
/// One conversation with one user of the app: who is talking, what was said before, and where answers go. What it sends is stored before
/// the call returns and reaches every reader, now or later, on any device.
/// </summary>
/// <remarks>All members may be called from several threads; what they send appears in the order in which the calls were made.</remarks>
public abstract partial class Session
{
    private static readonly AsyncLocal<Session?> current = new();

    /// <summary>
    /// The session of the message handler, <c>[Enter]</c>, <c>[Exit]</c> or task that is running; a synthetic one (<see cref="CanReply"/> is false)
    /// in a schedule and in a task submitted without a session; null elsewhere.
    /// </summary>
    public static Session? Current
    {
        get => current.Value;
        internal set => current.Value = value;
    }

    /// <summary>The session's id; empty for a synthetic session.</summary>
    public abstract string Id { get; }

    /// <summary>The user whose session this is.</summary>
    public abstract UserInfo User { get; }

    /// <summary>How the user reaches the app.</summary>
    public abstract SessionChannel Channel { get; }

    /// <summary>
    /// The last 50 messages as of the start of the turn, oldest first, followed by what the app has said since. The message being handled is not in it.
    /// </summary>
    public abstract IReadOnlyList<Message> History { get; }

    /// <summary>Values kept with the session, saved once at the end of the turn, also of a failed one.</summary>
    public abstract SessionData Data { get; }

    /// <summary>Submits background tasks that are bound to this session: they may reply to it.</summary>
    public abstract TaskClient Tasks { get; }

    /// <summary>The app's collections, scoped to this session and its user.</summary>
    public abstract DocumentDatabase Db { get; }

    /// <summary>Whether somebody can read what is sent; false for a synthetic session, whose output methods throw.</summary>
    public abstract bool CanReply { get; }

    /// <summary>Cancelled when the user stops the turn, when its time is up and when the server stops.</summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>Gives the conversation a title.</summary>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    public abstract Task SetTitleAsync(string title, CancellationToken cancellationToken = default);
}
