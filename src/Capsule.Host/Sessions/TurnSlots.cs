namespace Capsule.Hosting.Sessions;

/// <summary>
/// Lets so many turns run at a time, in all and of each user. What is free goes round among the users who wait for it, and to each user's turns in the
/// order in which they came: who asks for much holds up nobody else.
/// </summary>
internal sealed class TurnSlots(int total, int perUser)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, User> users = new(StringComparer.Ordinal);
    private readonly Queue<User> round = new();
    private int taken;

    /// <summary>
    /// Asks for a slot of a user. Who only has a place in the queue costs little, however many they are and however long they wait.
    /// </summary>
    /// <param name="userId">The user.</param>
    /// <param name="take">Is given the slot, perhaps at once; false when it is not needed any more. It must not block, and not call back.</param>
    public void Ask(string userId, Func<Slot, bool> take)
    {
        lock (gate)
        {
            if (!users.TryGetValue(userId, out var user))
                users.Add(userId, user = new User(userId));
            user.Waiting.Enqueue(take);
            Join(user);
            Grant();
        }
    }

    private void Grant()
    {
        while (taken < total && round.TryDequeue(out var user))
        {
            user.IsInRound = false;
            while (user.Waiting.TryDequeue(out var take))
            {
                if (!take(new Slot(this, user)))
                    continue;
                taken++;
                user.Running++;
                break;
            }
            Join(user);
        }
    }

    /// <summary>Puts a user at the end of the round, or forgets one that has nothing to do with it any more.</summary>
    private void Join(User user)
    {
        if (user.IsInRound)
            return;
        user.IsInRound = user.Waiting.Count > 0 && user.Running < perUser;
        if (user.IsInRound)
            round.Enqueue(user);
        else if (user.Waiting.Count == 0 && user.Running == 0)
            users.Remove(user.Id);
    }

    private void Release(User user)
    {
        lock (gate)
        {
            taken--;
            user.Running--;
            Join(user);
            Grant();
        }
    }

    private void Lend()
    {
        lock (gate)
        {
            taken--;
            Grant();
        }
    }

    private void TakeBack()
    {
        lock (gate)
            taken++;
    }

    /// <summary>A slot that is taken. Dispose it once.</summary>
    public sealed class Slot : IDisposable
    {
        private readonly TurnSlots owner;
        private readonly User user;

        internal Slot(TurnSlots owner, User user)
        {
            this.owner = owner;
            this.user = user;
        }

        /// <summary>Others may run while this turn only waits for its user. The user's own limit counts it all the same.</summary>
        public void Lend() => owner.Lend();

        /// <summary>The turn goes on, at once, even if more run then than should.</summary>
        public void TakeBack() => owner.TakeBack();

        public void Dispose() => owner.Release(user);
    }

    internal sealed class User(string id)
    {
        public string Id { get; } = id;

        public Queue<Func<Slot, bool>> Waiting { get; } = new();

        public int Running { get; set; }

        public bool IsInRound { get; set; }
    }
}
