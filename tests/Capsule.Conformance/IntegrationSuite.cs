using System.Text.Json.Nodes;

namespace Capsule.Conformance;

/// <summary>What users have connected is stored as it comes, one of a name for each user, and follows a guest who signs in.</summary>
public abstract class IntegrationSuite(StorageBackEnd backEnd) : ChatSuite(backEnd)
{
    private static readonly UserInfo guest = new() { Id = "guest:1" };

    [Fact]
    public async Task A_connection_comes_back_as_it_was()
    {
        var (mail, calendar) = (Connection(ann, "mail", "üß{}"), Connection(ann, "calendar"));
        await SaveAsync(mail, calendar, Connection(ben, "mail"));
        await ReopenAsync();

        Assert.Equal([calendar, mail], Stores.Integrations.Read(ann.Id));
        Assert.Empty(Stores.Integrations.Read("nobody"));
    }

    [Fact]
    public async Task The_last_of_a_name_counts()
    {
        await SaveAsync(Connection(ann, "mail", "old"));
        Time.Advance(TimeSpan.FromMinutes(1));
        var last = Connection(ann, "mail", "new");
        await SaveAsync(last);

        Assert.Equal([last], Stores.Integrations.Read(ann.Id));
    }

    [Fact]
    public async Task One_that_is_deleted_is_gone()
    {
        await SaveAsync(Connection(ann, "mail"), Connection(ben, "mail"));

        Assert.True(await Stores.Integrations.DeleteAsync(ann.Id, "mail", none));
        Assert.False(await Stores.Integrations.DeleteAsync(ann.Id, "mail", none));

        Assert.Empty(Stores.Integrations.Read(ann.Id));
        Assert.Single(Stores.Integrations.Read(ben.Id));
    }

    [Fact]
    public async Task A_guest_s_connections_are_encrypted_for_the_user_whom_they_move_to()
    {
        await SaveAsync(Connection(guest, "mail", "guest's"), Connection(guest, "calendar", "guest's"), Connection(ben, "mail", "own"));

        await Stores.Guests.RetireAsync(guest.Id, ben, record => record with { UserId = ben.Id, Secret = $"{record.Secret}, resealed" }, none);
        await ReopenAsync();

        Assert.Equal(
            [("calendar", "guest's, resealed"), ("mail", "own")],
            Stores.Integrations.Read(ben.Id).Select(record => (record.Name, record.Secret)));
        Assert.Empty(Stores.Integrations.Read(guest.Id));
    }

    [Fact]
    public async Task One_that_can_not_be_read_any_more_is_left_out()
    {
        await SaveAsync(Connection(guest, "mail"));

        await Stores.Guests.RetireAsync(guest.Id, ben, _ => null, none);

        Assert.Empty(Stores.Integrations.Read(ben.Id));
        Assert.Empty(Stores.Integrations.Read(guest.Id));
    }

    [Fact]
    public async Task A_guest_who_has_signed_in_is_told_who_it_is_and_nothing_is_stored()
    {
        await Stores.Guests.RetireAsync(guest.Id, ben, _ => null, none);

        Assert.Equal(ben.Id, await Stores.Integrations.SaveAsync(Connection(guest, "mail"), none));
        Assert.Empty(Stores.Integrations.Read(guest.Id));
        Assert.Equal(ben.Id, await Stores.Integrations.SaveAsync(Connection(ben, "mail"), none));
        Assert.Single(Stores.Integrations.Read(ben.Id));
    }

    [Fact]
    public async Task An_answer_is_stored_with_its_connection_or_not_at_all()
    {
        var session = await CreateAsync();
        await OpenAsync(session, "blk_1");
        await OpenAsync(session, "blk_2");

        Assert.True(await AnswerAsync(session, "blk_1", Connection(ann, "mail", "first")));
        Assert.False(await AnswerAsync(session, "blk_1", Connection(ann, "mail", "too late")));
        await Stores.Guests.RetireAsync(guest.Id, ben, _ => null, none);
        await Assert.ThrowsAsync<StorageException>(() => AnswerAsync(session, "blk_2", Connection(guest, "mail")));

        Assert.Equal("first", Assert.Single(Stores.Integrations.Read(ann.Id)).Secret);
        Assert.Empty(Stores.Integrations.Read(guest.Id));
        Assert.Equal("blk_2", Assert.Single(await Sessions.ListOpenPromptsAsync(session, none)).Id);
    }

    private IntegrationRecord Connection(UserInfo user, string name, string secret = "sealed") => new(user.Id, name, secret, Time.GetUtcNow());

    private async Task SaveAsync(params IntegrationRecord[] records)
    {
        foreach (var record in records)
            Assert.Equal(record.UserId, await Stores.Integrations.SaveAsync(record, none));
    }

    private Task OpenAsync(string session, string block) => Sessions.OpenPromptAsync(
        new PromptRecord(block, session, "turn_1", "{}", Open: true, Time.GetUtcNow() + TimeSpan.FromMinutes(5)),
        Events.Block(new Block("integration_prompt", [], block), "turn_1"),
        none);

    private Task<bool> AnswerAsync(string session, string block, IntegrationRecord connection) => Sessions.ClosePromptAsync(
        session,
        new PromptClosing(block, Events.Block(new Block("integration_prompt", new JsonObject(), block), "turn_1"), "{}", connection),
        Time.GetUtcNow(),
        none);
}
