namespace Capsule.Conformance;

/// <summary>What a guest has becomes the user's, all of it and once.</summary>
public abstract class GuestSuite(StorageBackEnd backEnd) : ChatSuite(backEnd)
{
    private protected static readonly UserInfo guest = new() { Id = "guest:1" };

    [Fact]
    public async Task Everything_a_guest_has_moves_to_the_user()
    {
        var session = await CreateAsync(guest);
        await AcceptAsync(session, "one", user: guest);
        await Stores.Files.AddAsync(new StoredFile("fil_1", guest.Id, "a.txt", "text/plain", 1, Time.GetUtcNow()), none);
        await Stores.Tasks.AddAsync(TaskSuite.NewTask("task_1", Time, guest), none);

        await Stores.Guests.RetireAsync(guest.Id, ben, Keep, none);
        await ReopenAsync();

        Assert.True(Stores.Guests.IsRetired(guest.Id));
        Assert.Equal(ben, (await Sessions.FindAsync(session, none))!.User);
        Assert.Equal(ben, (await Sessions.FindNextTurnAsync(session, none))!.User);
        Assert.Equal(ben.Id, (await Stores.Files.FindAsync("fil_1", none))!.OwnerUserId);
        Assert.NotNull(Stores.Tasks.Find(ben.Id, "task_1"));
        Assert.Empty((await Sessions.ListAsync(guest.Id, 10, null, none))!);
    }

    [Fact]
    public async Task What_is_still_made_for_the_guest_is_the_user_s()
    {
        await Stores.Guests.RetireAsync(guest.Id, ben, Keep, none);

        var session = await CreateAsync(guest);
        await Stores.Files.AddAsync(new StoredFile("fil_1", guest.Id, "a.txt", "text/plain", 1, Time.GetUtcNow()), none);
        await Stores.Tasks.AddAsync(TaskSuite.NewTask("task_1", Time, guest), none);

        Assert.Equal(ben.Id, (await Sessions.FindAsync(session, none))!.User.Id);
        Assert.Equal(ben.Id, (await Stores.Files.FindAsync("fil_1", none))!.OwnerUserId);
        Assert.NotNull(Stores.Tasks.Find(ben.Id, "task_1"));
    }

    [Fact]
    public async Task A_guest_is_retired_once()
    {
        Assert.False(Stores.Guests.IsRetired(guest.Id));
        await Stores.Guests.RetireAsync(guest.Id, ben, Keep, none);
        var session = await CreateAsync(guest);

        await Stores.Guests.RetireAsync(guest.Id, ann, Keep, none);

        Assert.Equal(ben.Id, (await Sessions.FindAsync(session, none))!.User.Id);
    }

    [Fact]
    public async Task A_task_key_that_both_have_used_stays_with_the_user_s_own_task()
    {
        await Stores.Tasks.AddAsync(TaskSuite.NewTask("task_own", Time, ben) with { Key = "daily" }, none);
        await Stores.Tasks.AddAsync(TaskSuite.NewTask("task_guest", Time, guest) with { Key = "daily" }, none);

        await Stores.Guests.RetireAsync(guest.Id, ben, Keep, none);

        Assert.NotNull(Stores.Tasks.Find(ben.Id, "task_guest"));
        Assert.Equal("task_own", await Stores.Tasks.AddAsync(TaskSuite.NewTask("task_new", Time, ben) with { Key = "daily" }, none));
    }

    private static IntegrationRecord? Keep(IntegrationRecord record) => record with { UserId = ben.Id };
}
