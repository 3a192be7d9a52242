using Capsule.Hosting.Sessions;

namespace Capsule.Host.Tests.Sessions;

public sealed class TurnSlotTests
{
    [Fact]
    public async Task Users_take_turns_at_what_becomes_free()
    {
        var slots = new TurnSlots(total: 1, perUser: 10);
        var order = new List<string>();
        var first = await TakeAsync(slots, "ann");
        var waiting = new[] { "ann", "ann", "ann", "bob", "carl", "bob" }.Select((user, number) => PassAsync($"{user}{number}", user)).ToList();

        first.Dispose();
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(["ann0", "bob3", "carl4", "ann1", "bob5", "ann2"], order);

        async Task PassAsync(string name, string user)
        {
            using var slot = await TakeAsync(slots, user);
            order.Add(name);
        }
    }

    [Fact]
    public async Task Neither_a_user_nor_all_together_have_more_than_their_limit()
    {
        var slots = new TurnSlots(total: 3, perUser: 2);
        var first = await TakeAsync(slots, "ann");
        var second = await TakeAsync(slots, "ann");
        var third = TakeAsync(slots, "ann");
        var bob = await TakeAsync(slots, "bob");
        var carl = TakeAsync(slots, "carl");
        Assert.False(third.IsCompleted);
        Assert.False(carl.IsCompleted);

        first.Dispose();
        bob.Dispose();

        (await third.WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
        (await carl.WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
        second.Dispose();
    }

    [Fact]
    public async Task Who_lends_a_slot_gets_it_back_at_once()
    {
        var slots = new TurnSlots(total: 1, perUser: 1);
        var asking = await TakeAsync(slots, "ann");
        var bob = TakeAsync(slots, "bob");
        var carl = TakeAsync(slots, "carl");

        asking.Lend();
        var running = await bob.WaitAsync(TimeSpan.FromSeconds(20));
        asking.TakeBack();
        running.Dispose();

        Assert.False(carl.IsCompleted);
        asking.Dispose();
        (await carl.WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
    }

    [Fact]
    public async Task Who_needs_no_slot_any_more_is_passed_over()
    {
        var slots = new TurnSlots(total: 1, perUser: 1);
        var first = await TakeAsync(slots, "ann");
        slots.Ask("bob", _ => false);
        slots.Ask("carl", _ => false);
        TurnSlots.Slot? taken = null;
        slots.Ask("bob", slot => (taken = slot) == slot);
        Assert.Null(taken);

        first.Dispose();

        Assert.NotNull(taken);
        taken.Dispose();
        (await TakeAsync(slots, "dora").WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
    }

    private static Task<TurnSlots.Slot> TakeAsync(TurnSlots slots, string user)
    {
        var taken = new TaskCompletionSource<TurnSlots.Slot>(TaskCreationOptions.RunContinuationsAsynchronously);
        slots.Ask(user, taken.TrySetResult);
        return taken.Task;
    }
}
