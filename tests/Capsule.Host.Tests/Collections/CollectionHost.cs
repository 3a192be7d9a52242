using System.Text.Json;
using System.Text.Json.Serialization;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Capsule.Host.Tests.Collections;

/// <summary>Collections on a real database file.</summary>
internal sealed class CollectionHost : IAsyncDisposable
{
    public static readonly UserInfo Alice = new() { Id = "alice", OrgId = "acme" };
    public static readonly UserInfo Anna = new() { Id = "anna", OrgId = "acme" };
    public static readonly UserInfo Bob = new() { Id = "bob" };

    private readonly TemporaryDirectory directory = new();
    private readonly SqliteDocumentStore store;
    private readonly DocumentDatabases databases;

    public CollectionHost(params DocumentType[] types)
    {
        var registry = new HandlerRegistry();
        foreach (var type in types)
            registry.Add(type);
        var json = new JsonOptions();
        json.SerializerOptions.Converters.Add(new JsonStringEnumConverter<Level>(JsonNamingPolicy.CamelCase));
        store = new SqliteDocumentStore(CollectionsDatabase.Open(Path.Combine(directory.Path, CollectionsDatabase.FileName)));
        databases = new DocumentDatabases(registry, store, Options.Create(json));
    }

    public Collection<T> Of<T>(UserInfo user, string? sessionId = null)
        where T : class => databases.For(user, sessionId).GetCollection<T>();

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        directory.Dispose();
    }
}

internal enum Level
{
    Low,
    Middle,
    High,
}

internal enum Grade
{
    Bad = -1,
    Fair,
    Good,
}

/// <summary>A document with a field of each kind.</summary>
internal sealed record Sample(
    string? Text,
    long? Whole,
    double? Real,
    decimal? Money,
    ulong? Large,
    bool? Flag,
    Level? Level,
    Grade? Grade,
    DateTimeOffset? Moment,
    DateTime? Plain,
    DateOnly? Day,
    TimeOnly? Time,
    TimeSpan? Length,
    Guid? Key,
    IReadOnlyList<int>? List)
{
    public string Id { get; init; } = "";

    public static DocumentType<Sample> Type(string name, Scope scope) => new() { Name = name, Scope = scope, IdField = "id", GetId = sample => sample.Id };
}

/// <summary>What the generator writes for <see cref="Sample"/>.</summary>
internal static class Samples
{
    public static readonly Field<string> Id = new("id");
    public static readonly Field<string?> Text = new("text");
    public static readonly Field<long?> Whole = new("whole");
    public static readonly Field<double?> Real = new("real");
    public static readonly Field<decimal?> Money = new("money");
    public static readonly Field<ulong?> Large = new("large");
    public static readonly Field<bool?> Flag = new("flag");
    public static readonly Field<Level?> Level = new("level");
    public static readonly Field<Grade?> Grade = new("grade");
    public static readonly Field<DateTimeOffset?> Moment = new("moment");
    public static readonly Field<DateTime?> Plain = new("plain");
    public static readonly Field<DateOnly?> Day = new("day");
    public static readonly Field<TimeOnly?> Time = new("time");
    public static readonly Field<TimeSpan?> Length = new("length");
    public static readonly Field<Guid?> Key = new("key");
    public static readonly Field<IReadOnlyList<int>?> List = new("list");
}
