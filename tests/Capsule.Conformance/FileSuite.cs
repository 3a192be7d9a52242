namespace Capsule.Conformance;

public abstract class FileSuite(StorageBackEnd backEnd) : ChatSuite(backEnd)
{
    [Fact]
    public async Task A_file_comes_back_as_it_was_described()
    {
        var file = new StoredFile("fil_1", ann.Id, "übersicht 'a'.pdf", "application/pdf", 5_000_000_000, Time.GetUtcNow());
        await Stores.Files.AddAsync(file, none);
        await ReopenAsync();

        Assert.Equal(file, await Stores.Files.FindAsync("fil_1", none));
        Assert.Null(await Stores.Files.FindAsync("fil_2", none));
    }

    [Fact]
    public async Task An_id_is_given_once()
    {
        var file = new StoredFile("fil_1", ann.Id, "a.txt", "text/plain", 1, Time.GetUtcNow());
        await Stores.Files.AddAsync(file, none);

        await Assert.ThrowsAsync<StorageException>(() => Stores.Files.AddAsync(file with { OwnerUserId = ben.Id }, none));

        Assert.Equal(file, await Stores.Files.FindAsync("fil_1", none));
    }

    [Fact]
    public async Task Old_files_that_no_session_has_are_forgotten_a_few_at_a_time()
    {
        var session = await CreateAsync();
        await AddThreeFilesAndUseAnotherAsync(session);
        var before = Time.GetUtcNow() + TimeSpan.FromSeconds(1);
        await Stores.Files.AddAsync(new StoredFile("fil_young", ann.Id, "a.txt", "text/plain", 1, before), none);

        var first = await Stores.Files.ForgetUnusedAsync(before, 2, none);
        var second = await Stores.Files.ForgetUnusedAsync(before, 2, none);

        Assert.Equal(2, first.Count);
        Assert.Equal(["fil_1", "fil_2", "fil_3"], first.Concat(second).Order());
        Assert.Empty(await Stores.Files.ForgetUnusedAsync(before, 2, none));
        Assert.Null(await Stores.Files.FindAsync("fil_1", none));
        Assert.NotNull(await Stores.Files.FindAsync("fil_used", none));
        Assert.NotNull(await Stores.Files.FindAsync("fil_young", none));
    }

    [Fact]
    public async Task A_file_that_is_forgotten_comes_with_no_message()
    {
        var session = await CreateAsync();
        await Stores.Files.AddAsync(new StoredFile("fil_1", ann.Id, "a.txt", "text/plain", 1, Time.GetUtcNow()), none);
        await Stores.Files.ForgetUnusedAsync(Time.GetUtcNow() + TimeSpan.FromSeconds(1), 10, none);

        await Assert.ThrowsAsync<StorageException>(() => AppendAsync(session, Said("msg_1", "see") with { FileIds = ["fil_1"] }));

        Assert.Empty(await EventsAsync(session));
    }

    [Fact]
    public async Task A_user_s_files_that_no_session_has_are_counted_up_to_a_limit()
    {
        var session = await CreateAsync();
        await AddThreeFilesAndUseAnotherAsync(session);

        Assert.Equal(3, await Stores.Files.CountUnusedAsync(ann.Id, 10, none));
        Assert.Equal(2, await Stores.Files.CountUnusedAsync(ann.Id, 2, none));
        Assert.Equal(0, await Stores.Files.CountUnusedAsync(ben.Id, 10, none));
    }

    private async Task AddThreeFilesAndUseAnotherAsync(string session)
    {
        foreach (var id in new[] { "fil_1", "fil_2", "fil_3", "fil_used" })
            await Stores.Files.AddAsync(new StoredFile(id, ann.Id, "a.txt", "text/plain", 1, Time.GetUtcNow()), none);
        await AppendAsync(session, Said("msg_1", "see") with { FileIds = ["fil_used"] });
    }
}
