using System.Text;
using SQLitePCL;

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>The row that a statement stands at; valid until the statement goes on.</summary>
internal readonly struct SqliteRow(sqlite3_stmt statement)
{
    public bool IsDBNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public int GetInt32(int column) => raw.sqlite3_column_int(statement, column);

    public bool GetBoolean(int column) => raw.sqlite3_column_int(statement, column) != 0;

    public double GetDouble(int column) => raw.sqlite3_column_double(statement, column);

    /// <summary>The column's text; all of it, whatever characters are in it.</summary>
    public string GetString(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    /// <summary>The column's text; null for no value.</summary>
    public string? GetText(int column) => IsDBNull(column) ? null : GetString(column);
}
