namespace Capsule.Hosting;

/// <summary>Moves what one area keeps for a user to another user, when a guest signs in.</summary>
internal interface IUserMerge
{
    /// <summary>Moves everything; nothing of <paramref name="fromUserId"/> is left.</summary>
    Task MoveAsync(string fromUserId, string toUserId, CancellationToken cancellationToken);
}
