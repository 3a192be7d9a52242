namespace Capsule.Hosting;

/// <summary>Makes the collections visible to somebody.</summary>
internal interface IDocumentDatabases
{
    /// <summary>The collections as a user sees them, in a session when its id is given.</summary>
    DocumentDatabase For(UserInfo user, string? sessionId);
}
