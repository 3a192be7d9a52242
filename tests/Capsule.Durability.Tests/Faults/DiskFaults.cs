using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Capsule.Durability.Tests.Faults;

/// <summary>Which calls to the disk; the numbers are those of Native/disk.c.</summary>
[Flags]
public enum DiskCalls
{
    None = 0,
    Write = 1,
    Sync = 2,
    Read = 4,
    Lock = 8,
}

/// <summary>Makes calls of a running server fail: the shim in it reads what is written here.</summary>
internal sealed class DiskFaults : IDisposable
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;

    public DiskFaults(string path)
    {
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, Marshal.SizeOf<Control>());
        view = file.CreateViewAccessor();
    }

    /// <summary>How many calls have failed since they were told to.</summary>
    public int Failed
    {
        get
        {
            view.Read(0, out Control control);
            return control.Failed;
        }
    }

    /// <summary>Lets so many calls succeed, and so many after them fail with an error number of the operating system.</summary>
    public void Begin(DiskCalls calls, int error, int after, int count)
    {
        var control = new Control { After = after, Count = count, Error = error };
        view.Write(0, ref control);
        view.Write(0, (int)calls);
    }

    /// <summary>Lets all calls succeed.</summary>
    public void End() => view.Write(0, (int)DiskCalls.None);

    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Control
    {
        public int Calls;
        public int After;
        public int Count;
        public int Error;
        public int Seen;
        public int Failed;
    }
}
