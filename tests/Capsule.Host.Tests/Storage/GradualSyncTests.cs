using System.Runtime.InteropServices;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Win32.SafeHandles;
using Xunit.Abstractions;

namespace Capsule.Host.Tests.Storage;

public sealed class GradualSyncTests : IDisposable
{
    private const int Page = 4096;
    private const int Pages = 1000;

    private readonly TemporaryDirectory folder = new();
    private readonly SafeFileHandle file;
    private readonly byte[] page = new byte[Page];

    private readonly ITestOutputHelper output;

    public GradualSyncTests(ITestOutputHelper output)
    {
        this.output = output;
        file = File.OpenHandle(folder.File("pages"), FileMode.CreateNew, FileAccess.ReadWrite);
    }

    public void Dispose()
    {
        file.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Little_is_left_for_the_end(bool pauses)
    {
        if (!CanTell())
            return;
        var sync = new GradualSync(file) { Pauses = pauses };

        // Every other page, as in a file of which a part has changed.
        for (var number = 0; number < Pages; number++)
        {
            RandomAccess.Write(file, page, 2 * number * Page);
            sync.Written(2 * number * Page, Page);
        }

        Assert.InRange(UnsyncedPages(), 1, 31);
        sync.Finish();
        Assert.Equal(0, UnsyncedPages());
    }

    [Fact]
    public void What_was_told_of_nobody_is_synced_at_the_end()
    {
        if (!CanTell())
            return;

        new GradualSync(file).Finish();

        Assert.Equal(0, UnsyncedPages());
    }

    private bool CanTell()
    {
        RandomAccess.Write(file, page, 0);
        if (UnsyncedPages() == 1)
            return true;
        output.WriteLine("Not looked at: this system does not tell which pages of a file wait for the disk, or the file has none.");
        return false;
    }

    /// <summary>How many pages of the file have not reached the disk; -1 where the system can't tell (before Linux 6.5, or another one).</summary>
    private long UnsyncedPages()
    {
        if (!OperatingSystem.IsLinux())
            return -1;
        Span<ulong> all = [0, 0];
        var counts = new ulong[5];
        const int cachestat = 451;
        return syscall(cachestat, file, ref all[0], ref counts[0], 0) == 0 ? (long)(counts[1] + counts[2]) : -1;
    }

    [DllImport("libc", SetLastError = true)]
    private static extern long syscall(long number, SafeFileHandle file, ref ulong range, ref ulong counts, uint flags);
}
