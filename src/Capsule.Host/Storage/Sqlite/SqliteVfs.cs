using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>
/// A VFS of SQLite's: its own "unix", with two differences. What a commit appends to the log (WAL) reaches the system in pieces of up to 128 KB when the log is
/// synced, not as two writes for each page. And who copies the log into the file is told of what is written (<see cref="Copied"/>). Only for connections that
/// sync each commit or make none: SQLite tells others of a commit after the sync.
/// </summary>
internal static unsafe partial class SqliteVfs
{
    private const string Library = "e_sqlite3";

    // SQLITE_OPEN_WAL, SQLITE_OPEN_MAIN_DB
    private const int IsLog = 0x80000;
    private const int IsMain = 0x100;

    // Of one write, "unix" takes no more.
    private const int Capacity = 0x1ffff;

    private static Vfs* unix;

    /// <summary>Is called on this thread for each page that is written to the file itself, with its place and length. It may block, and must not throw.</summary>
    [ThreadStatic]
    public static Action<long, int>? Copied;

    /// <summary>The name to open a connection with; null where it is not available, and SQLite's own has to do.</summary>
    public static string? Name { get; } = Register();

    private static string? Register()
    {
        // The first connection chooses the library.
        new SqliteConnection().Dispose();
        if (!OperatingSystem.IsLinux() || raw.GetNativeLibraryName() != Library)
            return null;
        unix = Find("unix");
        if (unix is null)
            return null;
        const string name = "capsule";
        var vfs = (Vfs*)NativeMemory.Alloc((nuint)sizeof(Vfs));
        *vfs = *unix;
        vfs->Name = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        vfs->FileSize = PlaceOfPending + sizeof(Pending);
        vfs->Open = &Open;
        return Add(vfs, isDefault: 0) == raw.SQLITE_OK ? name : null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Vfs* vfs, byte* path, OpenFile* file, int flags, int* given)
    {
        var result = unix->Open(vfs, path, file, flags, given);
        if (result != raw.SQLITE_OK || (flags & (IsLog | IsMain)) == 0)
            return result;
        var pending = PendingOf(file);
        pending->Unix = file->Methods;
        pending->Own = *file->Methods;
        if ((flags & IsLog) == 0)
        {
            pending->Own.Write = &WriteMain;
        }
        else
        {
            pending->Bytes = (byte*)NativeMemory.Alloc(Capacity);
            pending->Length = 0;
            pending->Own.Close = &Close;
            pending->Own.Read = &Read;
            pending->Own.Write = &Write;
            pending->Own.Truncate = &Truncate;
            pending->Own.Sync = &Sync;
            pending->Own.Size = &Size;
        }
        file->Methods = &pending->Own;
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int WriteMain(OpenFile* file, byte* bytes, int count, long offset)
    {
        var result = PendingOf(file)->Unix->Write(file, bytes, count, offset);
        if (result == raw.SQLITE_OK)
            Copied?.Invoke(offset, count);
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(OpenFile* file, byte* bytes, int count, long offset)
    {
        var pending = PendingOf(file);
        if (offset != pending->Offset + pending->Length || pending->Length + count > Capacity)
        {
            var result = Flush(file);
            if (result != raw.SQLITE_OK)
                return result;
            pending->Offset = offset;
        }
        Unsafe.CopyBlockUnaligned(pending->Bytes + pending->Length, bytes, (uint)count);
        pending->Length += count;
        return raw.SQLITE_OK;
    }

    /// <summary>What can't be written stays pending. Nobody has been told of it, and it is written before whatever comes after.</summary>
    private static int Flush(OpenFile* file)
    {
        var pending = PendingOf(file);
        if (pending->Length == 0)
            return raw.SQLITE_OK;
        var result = pending->Unix->Write(file, pending->Bytes, pending->Length, pending->Offset);
        if (result == raw.SQLITE_OK)
        {
            pending->Offset += pending->Length;
            pending->Length = 0;
        }
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(OpenFile* file, int flags) => Flush(file) is not raw.SQLITE_OK and var failure ? failure : PendingOf(file)->Unix->Sync(file, flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(OpenFile* file, byte* bytes, int count, long offset) =>
        Flush(file) is not raw.SQLITE_OK and var failure ? failure : PendingOf(file)->Unix->Read(file, bytes, count, offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(OpenFile* file, long size) =>
        Flush(file) is not raw.SQLITE_OK and var failure ? failure : PendingOf(file)->Unix->Truncate(file, size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Size(OpenFile* file, long* size) =>
        Flush(file) is not raw.SQLITE_OK and var failure ? failure : PendingOf(file)->Unix->Size(file, size);

    /// <summary>What is pending then belongs to no commit.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(OpenFile* file)
    {
        var pending = PendingOf(file);
        NativeMemory.Free(pending->Bytes);
        file->Methods = pending->Unix;
        return file->Methods->Close(file);
    }

    // Behind what "unix" keeps of a file.
    private static int PlaceOfPending => (unix->FileSize + 7) & ~7;

    private static Pending* PendingOf(OpenFile* file) => (Pending*)((byte*)file + PlaceOfPending);

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_find", StringMarshalling = StringMarshalling.Utf8)]
    private static partial Vfs* Find(string name);

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_register")]
    private static partial int Add(Vfs* vfs, int isDefault);

    // SQLite has assigned them.
#pragma warning disable CS0649

    /// <summary>sqlite3_vfs</summary>
    private struct Vfs
    {
        public int Version;
        public int FileSize;
        public int LongestPath;
        public Vfs* Next;
        public byte* Name;
        public void* AppData;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, OpenFile*, int, int*, int> Open;
        public Functions15 Others;
    }

    [InlineArray(15)]
    private struct Functions15
    {
        public nint Function;
    }

    /// <summary>sqlite3_file</summary>
    private struct OpenFile
    {
        public Methods* Methods;
    }

    /// <summary>sqlite3_io_methods</summary>
    private struct Methods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<OpenFile*, int> Close;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Read;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<OpenFile*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Sync;
        public delegate* unmanaged[Cdecl]<OpenFile*, long*, int> Size;
        public Functions12 Others;
    }

    [InlineArray(12)]
    private struct Functions12
    {
        public nint Function;
    }

    private struct Pending
    {
        public Methods* Unix;
        public Methods Own;
        public byte* Bytes;
        public long Offset;
        public int Length;
    }
}
