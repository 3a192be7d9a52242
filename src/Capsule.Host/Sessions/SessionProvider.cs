using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <inheritdoc />
internal sealed class SessionProvider(SessionResources resources) : ISessionProvider
{
    public async Task<SessionLease?> OpenAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (await resources.Store.FindAsync(sessionId, cancellationToken) is not { } stored)
            return null;
        var (history, data) = await LoadAsync(stored, cancellationToken);
        var session = new HostSession(resources, stored, stored.User, turn: null, history, data, effects: null, cancellationToken);
        return new SessionLease(session, () => CompleteAsync(session));
    }

    public Session CreateSynthetic(UserInfo user, CancellationToken cancellationToken) => new SilentSession(resources, user, cancellationToken);

    public async Task<Session?> OpenForRequestAsync(string sessionId, UserInfo user, CancellationToken cancellationToken)
    {
        if (await resources.Store.FindAsync(sessionId, cancellationToken) is not { } stored || stored.User.Id != user.Id)
            return null;
        var (history, data) = await LoadAsync(stored, cancellationToken);
        return new SilentSession(resources, stored, user, history, data, cancellationToken);
    }

    private async Task<(List<Message> History, IReadOnlyDictionary<string, string> Data)> LoadAsync(
        SessionRecord stored, CancellationToken cancellationToken)
    {
        var past = await resources.Store.ReadPastAsync(stored.Id, before: long.MaxValue, Conversation.Length, cancellationToken);
        return (Conversation.ToMessages(past, stored.Channel, resources.Files), past.Data);
    }

    private async Task CompleteAsync(HostSession session)
    {
        try
        {
            await session.Data.FlushAsync(CancellationToken.None);
        }
        finally
        {
            foreach (var message in session.End())
                await resources.Store.AppendAsync(session.Id, message, CancellationToken.None);
            foreach (var closing in session.CancelPrompts())
                await resources.Store.ClosePromptAsync(session.Id, closing, answeredAt: null, CancellationToken.None);
        }
    }
}
