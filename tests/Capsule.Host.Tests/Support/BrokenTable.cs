using Microsoft.Data.Sqlite;

namespace Capsule.Host.Tests;

/// <summary>Makes SQLite refuse some writes to a table, from its making until it is mended: what a full disk or a damaged file looks like to the app.</summary>
internal sealed class BrokenTable : IDisposable
{
    private readonly SqliteConnection connection;

    /// <param name="database">The database file.</param>
    /// <param name="write">Which writes, as in a trigger: <c>UPDATE ON turns WHEN NEW.state = 'started'</c>.</param>
    public BrokenTable(string database, string write)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        Execute($"CREATE TRIGGER broken BEFORE {write} BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END");
    }

    public void Mend() => Execute("DROP TRIGGER IF EXISTS broken");

    public void Dispose()
    {
        Mend();
        connection.Dispose();
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
