using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Hosting;

/// <summary>Makes the names in a directory durable: a new file whose content is synced may still be gone after a power loss.</summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;

    /// <exception cref="IOException">The directory can't be opened or synced.</exception>
    public static void Flush(string directory)
    {
        // Windows has no such call; NTFS keeps names in its own log.
        if (OperatingSystem.IsWindows())
            return;
        using var handle = new SafeFileHandle(Open(Encoding.UTF8.GetBytes(directory + '\0'), ReadOnly), ownsHandle: true);
        if (handle.IsInvalid)
            throw new IOException($"The directory '{directory}' can't be opened (error {Marshal.GetLastPInvokeError()}).");
        RandomAccess.FlushToDisk(handle);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);
}
