namespace Capsule.Hosting.Sessions;

/// <summary>Lets a user have so many turns running at a time; others wait in the order they came.</summary>
internal sealed class UserSlots(int slotsPerUser)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, User> users = new(StringComparer.Ordinal);

    /// <summary>Waits for a slot of a user and takes it.</summary>
    public async Task<Slot> TakeAsync(string userId, CancellationToken cancellationToken)
    {
        User? user;
        lock (gate)
        {
            if (!users.TryGetValue(userId, out user))
                users.Add(userId, user = new User(slotsPerUser));
            user.Interested++;
        }
        try
        {
            await user.Slots.WaitAsync(cancellationToken);
            return new Slot(this, userId, user);
        }
        catch
        {
            Leave(userId, user);
            throw;
        }
    }

    private void Leave(string userId, User user)
    {
        lock (gate)
        {
            if (--user.Interested == 0)
                users.Remove(userId);
        }
    }

    /// <summary>A slot that is taken. Dispose it once.</summary>
    public readonly struct Slot : IDisposable
    {
        private readonly UserSlots owner;
        private readonly string userId;
        private readonly User user;

        internal Slot(UserSlots owner, string userId, User user)
        {
            this.owner = owner;
            this.userId = userId;
            this.user = user;
        }

        public void Dispose()
        {
            user.Slots.Release();
            owner.Leave(userId, user);
        }
    }

    internal sealed class User(int slots)
    {
        public SemaphoreSlim Slots { get; } = new(slots);

        /// <summary>How many hold a slot or wait for one.</summary>
        public int Interested { get; set; }
    }
}
