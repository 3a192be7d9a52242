namespace Capsule.Conformance;

public abstract class FileSuite(StorageBackEnd backEnd) : StorageSuite(backEnd)
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
}
