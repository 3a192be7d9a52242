using Capsule.Hosting.Sessions;

namespace Capsule.Host.Tests.Sessions;

public sealed class TurnSlotTests
{
    [Fact]
    public async Task Users_take_turns_at_what_becomes_free()
    {
        var slots = new TurnSlots(total: 1, perUser: 10);
        var order = new List<string>();
        var first = await slots.TakeAsync("ann", default);
        var waiting = new[] { "ann", "ann", "ann", "bob", "carl", "bob" }.Select((user, number) => PassAsync($"{user}{number}", user)).ToList();

        first.Dispose();
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(["ann0", "bob3", "carl4", "ann1", "bob5", "ann2"], order);

        async Task PassAsync(string name, string user)
        {
            using var slot = await slots.TakeAsync(user, default);
            order.Add(name);
        }
    }

    [Fact]
    public async Task Neither_a_user_nor_all_together_have_more_than_their_limit()
    {
        var slots = new TurnSlots(total: 3, perUser: 2);
        var first = await slots.TakeAsync("ann", default);
        var second = await slots.TakeAsync("ann", default);
        var third = slots.TakeAsync("ann", default);
        var bob = await slots.TakeAsync("bob", default);
        var carl = slots.TakeAsync("carl", default);
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
        var asking = await slots.TakeAsync("ann", default);
        var bob = slots.TakeAsync("bob", default);
        var carl = slots.TakeAsync("carl", default);

        asking.Lend();
        var running = await bob.WaitAsync(TimeSpan.FromSeconds(20));
        asking.TakeBack();
        running.Dispose();

        Assert.False(carl.IsCompleted);
        asking.Dispose();
        (await carl.WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_nobodys_place()
    {
        var slots = new TurnSlots(total: 1, perUser: 1);
        using var impatience = new CancellationTokenSource();
        var first = await slots.TakeAsync("ann", default);
        var given = slots.TakeAsync("bob", impatience.Token);
        var next = slots.TakeAsync("bob", default);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        first.Dispose();

        (await next.WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
    }

    [Fact]
    public async Task Who_needs_no_slot_any_more_is_passed_over()
    {
        var slots = new TurnSlots(total: 1, perUser: 1);
        var first = await slots.TakeAsync("ann", default);
        slots.Ask("bob", _ => false);
        slots.Ask("carl", _ => false);
        TurnSlots.Slot? taken = null;
        slots.Ask("bob", slot => (taken = slot) == slot);
        Assert.Null(taken);

        first.Dispose();

        Assert.NotNull(taken);
        taken.Dispose();
        (await slots.TakeAsync("dora", default).WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
    }
}
