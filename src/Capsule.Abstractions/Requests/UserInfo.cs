namespace Capsule;

/// <summary>The user of this app who is talking or calling. The same person is another user in another app.</summary>
public sealed record UserInfo
{
    internal const string OrganisationPrefix = "org:";

    /// <summary>The user's id in this app; starts with <c>guest:</c> for a visitor who has not signed in.</summary>
    public required string Id { get; init; }

    /// <summary>The user's e-mail address, where known.</summary>
    public string? Email { get; init; }

    /// <summary>The id of the user's organisation; null without one.</summary>
    public string? OrgId { get; init; }

    /// <summary>
    /// Who owns what this user makes in <see cref="Scope.Owner"/>: <c>org:</c> and the organisation's id (the prefix is never doubled),
    /// or the user's id without an organisation.
    /// </summary>
    public string OwnerId => OrgId switch
    {
        null or "" => Id,
        _ when OrgId.StartsWith(OrganisationPrefix, StringComparison.Ordinal) => OrgId,
        _ => OrganisationPrefix + OrgId,
    };
}
