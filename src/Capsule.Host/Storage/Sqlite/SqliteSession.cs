using Microsoft.Data.Sqlite;

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>One connection and its prepared statements. Parameters are <c>$1</c>, <c>$2</c>, … in the order given. Not for several threads at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    // Statements that are composed (filters of documents) have many forms; those that are written out are far fewer than this.
    private const int MostPrepared = 500;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    /// <param name="connectionString">The file.</param>
    /// <param name="configure">Adds to the connection what statements need, such as functions.</param>
    public SqliteSession(string connectionString, Action<SqliteConnection>? configure = null)
    {
        connection = new SqliteConnection(connectionString);
        connection.Open();
        configure?.Invoke(connection);
    }

    /// <summary>Runs a statement and returns the number of rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> parameters) => Prepare(sql, parameters).ExecuteNonQuery();

    /// <summary>The rows of a query.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> parameters)
    {
        using var reader = Prepare(sql, parameters).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(map(reader));
        return rows;
    }

    /// <summary>The first row of a query; the default of <typeparamref name="T"/> without one.</summary>
    public T? QueryFirst<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> parameters)
    {
        using var reader = Prepare(sql, parameters).ExecuteReader();
        return reader.Read() ? map(reader) : default;
    }

    /// <summary>Runs several statements separated by semicolons, without keeping them prepared.</summary>
    public void ExecuteScript(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        ForgetPrepared();
        connection.Dispose();
    }

    private void ForgetPrepared()
    {
        foreach (var command in prepared.Values)
            command.Dispose();
        prepared.Clear();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> parameters)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            if (prepared.Count >= MostPrepared)
                ForgetPrepared();
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var index = 0; index < parameters.Length; index++)
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + (index + 1) });
            prepared.Add(sql, command);
        }
        for (var index = 0; index < parameters.Length; index++)
            command.Parameters[index].Value = parameters[index] ?? DBNull.Value;
        return command;
    }
}
