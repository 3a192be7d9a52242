using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Benchmarks.Chat;

/// <summary>What the machine can do by itself.</summary>
internal static class Machine
{
    /// <summary>How long one fdatasync takes after a write of one page, in the middle.</summary>
    public static TimeSpan Fdatasync()
    {
        var path = Path.Combine(Path.GetTempPath(), $"capsule-bench-{Guid.NewGuid():N}");
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        var page = new byte[4096];
        var taken = new List<long>();
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < 1000 && clock.Elapsed < TimeSpan.FromSeconds(3); number++)
        {
            RandomAccess.Write(file, page, number % 256 * page.Length);
            var begun = Stopwatch.GetTimestamp();
            if (fdatasync(file) != 0)
                throw new IOException("fdatasync failed.");
            taken.Add(Stopwatch.GetTimestamp() - begun);
        }
        return Measured.Of(taken, clock.Elapsed).P50;
    }

    /// <summary>How many rows a second SQLite stores, each in a commit of its own, with WAL and <c>synchronous=FULL</c>.</summary>
    public static double OneRowCommits(TimeSpan span)
    {
        var directory = Directory.CreateTempSubdirectory("capsule-bench-");
        try
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(directory.FullName, "rows.db")};Pooling=False");
            connection.Open();
            Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)");
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO rows (text) VALUES ('A message of ordinary length, such as people write.')";
            insert.Prepare();
            var clock = Stopwatch.StartNew();
            var count = 0;
            for (; clock.Elapsed < span; count++)
                insert.ExecuteNonQuery();
            return count / clock.Elapsed.TotalSeconds;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static extern int fdatasync(SafeFileHandle file);
}
