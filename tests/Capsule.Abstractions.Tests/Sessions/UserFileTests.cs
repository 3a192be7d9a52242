namespace Capsule.Tests.Sessions;

public sealed class UserFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("capsule-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_existing_directory_gets_a_file_of_the_name()
    {
        var path = await File("a.txt").DownloadAsync(folder);

        Assert.Equal(Path.Combine(folder, "a.txt"), path);
        Assert.Equal("content", await System.IO.File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_path_with_a_separator_at_its_end_is_a_directory_to_be_made()
    {
        var path = await File("a.txt").DownloadAsync(Path.Combine(folder, "new", "deep") + Path.DirectorySeparatorChar);

        Assert.Equal(Path.Combine(folder, "new", "deep", "a.txt"), path);
        Assert.True(System.IO.File.Exists(path));
    }

    [Fact]
    public async Task Another_path_is_the_file_itself_which_is_replaced()
    {
        var target = Path.Combine(folder, "sub", "b.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await System.IO.File.WriteAllTextAsync(target, "something longer that was there before");

        Assert.Equal(target, await File("a.txt").DownloadAsync(target));
        Assert.Equal("content", await System.IO.File.ReadAllTextAsync(target));
    }

    [Theory]
    [InlineData("../escaped.txt")]
    [InlineData("../../escaped.txt")]
    [InlineData("/escaped.txt")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public async Task A_name_never_leads_out_of_the_directory(string name)
    {
        var directory = Path.Combine(folder, "only");

        var path = await File(name).DownloadAsync(directory + Path.DirectorySeparatorChar);

        Assert.Equal(directory, Path.GetDirectoryName(path));
        Assert.Equal(["only"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_download_that_fails_leaves_nothing_and_keeps_what_was_there()
    {
        var target = Path.Combine(folder, "b.txt");
        await System.IO.File.WriteAllTextAsync(target, "before");
        var broken = new FileUpload("b.txt", "text/plain", "/f", 7, _ => Task.FromResult<Stream>(new BreakingStream()));

        await Assert.ThrowsAsync<IOException>(() => broken.DownloadAsync(target));

        Assert.Equal(["b.txt"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
        Assert.Equal("before", await System.IO.File.ReadAllTextAsync(target));
        Assert.Null(broken.Path);
    }

    [Fact]
    public async Task An_upload_remembers_where_it_is()
    {
        var upload = File("a.txt");

        await upload.DownloadAsync(folder);

        Assert.Equal(Path.Combine(folder, "a.txt"), upload.Path);
    }

    private static FileUpload File(string name) =>
        new(name, "text/plain", "/capsule/files/file_1", 7, _ => Task.FromResult<Stream>(new MemoryStream("content"u8.ToArray())));

    /// <summary>Gives a few bytes, then breaks.</summary>
    private sealed class BreakingStream : MemoryStream
    {
        private bool given;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (given)
                throw new IOException("The connection broke.");
            given = true;
            buffer.Span[..3].Fill(1);
            return ValueTask.FromResult(3);
        }
    }
}
