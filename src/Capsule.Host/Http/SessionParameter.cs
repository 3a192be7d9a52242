using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Hosting;

/// <summary>The session of a data handler, which the client names in a header and must own.</summary>
public static class SessionParameter
{
    /// <summary>The header that names the session.</summary>
    public const string Header = "Capsule-Session-Id";

    /// <summary>Opens the session; answers 400 without the header where the handler needs it, and 404 when the session is not the caller's.</summary>
    /// <param name="http">The request.</param>
    /// <param name="isOptional">Whether the handler does without a session when there is no header.</param>
    public static async ValueTask<OpenedSession> OpenAsync(HttpContext http, bool isOptional)
    {
        ArgumentNullException.ThrowIfNull(http);
        var id = http.Request.Headers[Header].ToString();
        if (id.Length == 0)
        {
            if (isOptional)
                return new(IsRefused: false, null);
            BindingFailures.Note(http, Header, $"The header {Header} must name a session.");
            await BindingFailures.AnswerAsync(http);
            return new(IsRefused: true, null);
        }

        var sessions = http.RequestServices.GetRequiredService<ISessionProvider>();
        var session = await sessions.OpenForRequestAsync(id, RequestValues.Context(http).User, http.RequestAborted);
        if (session is null)
            await Problems.WriteAsync(http, StatusCodes.Status404NotFound, "There is no such session.");
        return new(IsRefused: session is null, session);
    }
}

/// <summary>What became of a session that a client named.</summary>
/// <param name="IsRefused">Whether the request is answered already.</param>
/// <param name="Session">The session; null when the client named none.</param>
public readonly record struct OpenedSession(bool IsRefused, Session? Session)
{
    /// <summary>Makes it <see cref="Capsule.Session.Current"/> for the rest of the request; the caller's to call, as the value does not flow back to it.</summary>
    public void MakeCurrent() => Capsule.Session.Current = Session;
}
