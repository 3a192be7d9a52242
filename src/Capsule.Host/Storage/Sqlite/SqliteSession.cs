using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>
/// One connection and its prepared statements, called without the layers of ADO.NET: they cost more than most statements do. Parameters are <c>$1</c>,
/// <c>$2</c>, … in the order given. Not for several threads at a time.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    // Statements that are composed (filters of documents) have many forms; those that are written out are far fewer than this.
    private const int MostPrepared = 500;
    private const int LongestOnStack = 512;
    private const int LockPatience = 5000;

    // SQLITE_DBSTATUS_CACHE_WRITE
    private const int PagesWritten = 9;

    private readonly SqliteConnection connection;
    private readonly sqlite3 handle;
    private readonly Dictionary<string, Statement> prepared = new(StringComparer.Ordinal);

    /// <param name="connectionString">The file.</param>
    /// <param name="configure">Adds to the connection what statements need, such as functions.</param>
    public SqliteSession(string connectionString, Action<SqliteConnection>? configure = null)
    {
        connection = new SqliteConnection(connectionString);
        connection.Open();
        handle = connection.Handle!;
        raw.sqlite3_busy_timeout(handle, LockPatience);
        configure?.Invoke(connection);
    }

    /// <summary>Runs a statement and returns the number of rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> parameters)
    {
        var statement = Prepare(sql, parameters);
        try
        {
            while (Step(statement))
            {
            }
            return raw.sqlite3_changes(handle);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The rows of a query.</summary>
    public List<T> Query<T>(string sql, Func<SqliteRow, T> map, params ReadOnlySpan<object?> parameters)
    {
        var statement = Prepare(sql, parameters);
        try
        {
            var rows = new List<T>();
            while (Step(statement))
                rows.Add(map(new SqliteRow(statement)));
            return rows;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The first row of a query; the default of <typeparamref name="T"/> without one.</summary>
    public T? QueryFirst<T>(string sql, Func<SqliteRow, T> map, params ReadOnlySpan<object?> parameters)
    {
        var statement = Prepare(sql, parameters);
        try
        {
            return Step(statement) ? map(new SqliteRow(statement)) : default;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Runs several statements separated by semicolons, without keeping them prepared.</summary>
    public void ExecuteScript(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>How many pages were written to the log since the last call.</summary>
    public int TakePagesWritten()
    {
        raw.sqlite3_db_status(handle, PagesWritten, out var pages, out _, resetFlg: 1);
        return pages;
    }

    /// <summary>
    /// Copies as much of the log into the file as can be without holding anybody up. Returns how many pages the log has, and how many of them are copied; what
    /// can't be copied now stays in the log, and none is told of then.
    /// </summary>
    public (int Length, int Copied) CopyLog()
    {
        try
        {
            return QueryFirst("PRAGMA wal_checkpoint(PASSIVE)", row => (row.GetInt32(1), row.GetInt32(2)));
        }
        catch (SqliteException)
        {
            return (0, 0);
        }
    }

    public void Dispose()
    {
        ForgetPrepared();
        connection.Dispose();
    }

    private void ForgetPrepared()
    {
        foreach (var statement in prepared.Values)
            statement.Handle.Dispose();
        prepared.Clear();
    }

    private bool Step(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW)
            return true;
        Check(result);
        return false;
    }

    private sqlite3_stmt Prepare(string sql, ReadOnlySpan<object?> parameters)
    {
        if (!prepared.TryGetValue(sql, out var statement))
        {
            if (prepared.Count >= MostPrepared)
                ForgetPrepared();
            Check(raw.sqlite3_prepare_v3(handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var compiled));
            statement = new Statement(compiled, Places(compiled, parameters.Length));
            prepared.Add(sql, statement);
        }
        for (var index = 0; index < parameters.Length; index++)
            Check(Bind(statement.Handle, statement.Places[index], parameters[index]));
        return statement.Handle;
    }

    /// <summary>SQLite counts parameters as they occur in the text; here their names say which is which.</summary>
    private static int[] Places(sqlite3_stmt statement, int count) =>
    [
        .. Enumerable.Range(1, count).Select(number =>
            raw.sqlite3_bind_parameter_index(statement, string.Create(CultureInfo.InvariantCulture, $"${number}"))),
    ];

    private static int Bind(sqlite3_stmt statement, int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, place),
        string text => BindText(statement, place, text),
        long number => raw.sqlite3_bind_int64(statement, place, number),
        int number => raw.sqlite3_bind_int64(statement, place, number),
        bool truth => raw.sqlite3_bind_int64(statement, place, truth ? 1 : 0),
        double number => raw.sqlite3_bind_double(statement, place, number),
        byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        _ => throw new ArgumentException($"A parameter of type {value.GetType().Name} can't be stored.", nameof(value)),
    };

    private static int BindText(sqlite3_stmt statement, int place, string text)
    {
        // An empty span has no address and would be taken for null.
        if (text.Length == 0)
            return raw.sqlite3_bind_text(statement, place, text);
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > LongestOnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[LongestOnStack];
        var result = raw.sqlite3_bind_text(statement, place, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return result;
    }

    private void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(result, handle);
    }

    private sealed record Statement(sqlite3_stmt Handle, int[] Places);
}
