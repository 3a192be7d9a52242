using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>
/// Sends what is written to a file to the disk in small pieces, with pauses between: whoever waits for the disk meanwhile waits for one piece, not for all that
/// the system has gathered. Where the system can't sync a part of a file (other than Linux), all is synced at the end.
/// </summary>
internal sealed partial class GradualSync(SafeFileHandle file)
{
    private const int PagesOfPiece = 32;

    // SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER
    private const uint WriteAndWait = 2 | 4;

    // EIO, ENOSPC
    private const int InputOutputError = 5;
    private const int NoSpace = 28;

    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(1);

    private int pages;
    private long begin;
    private long end;
    private bool isAvailable = OperatingSystem.IsLinux();
    private bool hasFailed;

    /// <summary>Whether others get time between two pieces.</summary>
    public bool Pauses { get; set; } = true;

    /// <summary>To be called for each page that was written, in the order of their places.</summary>
    public void Written(long offset, int length)
    {
        if (pages++ == 0)
            begin = offset;
        end = offset + length;
        if (pages < PagesOfPiece)
            return;
        SyncPiece();
        if (Pauses && isAvailable)
            Thread.Sleep(pause);
    }

    /// <summary>Syncs the rest. What was written is on the disk then.</summary>
    /// <exception cref="IOException">Not all of it is.</exception>
    public void Finish()
    {
        pages = 0;
        RandomAccess.FlushToDisk(file);
        if (!hasFailed)
            return;
        hasFailed = false;
        throw new IOException("A part of the file could not be synced.");
    }

    /// <summary>The system tells of a page that did not reach the disk once: here, and not when all is synced.</summary>
    private void SyncPiece()
    {
        pages = 0;
        if (!isAvailable)
            return;
        try
        {
            if (SyncRange(file, begin, end - begin, WriteAndWait) != 0)
                hasFailed |= Marshal.GetLastPInvokeError() is InputOutputError or NoSpace;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            isAvailable = false;
        }
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    private static partial int SyncRange(SafeFileHandle file, long offset, long length, uint flags);
}
