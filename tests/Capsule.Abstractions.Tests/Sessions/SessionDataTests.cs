using System.Text.Json;
using System.Text.Json.Serialization;

namespace Capsule.Tests.Sessions;

public sealed class SessionDataTests
{
    private readonly List<IReadOnlyDictionary<string, string?>> saves = [];

    [Fact]
    public void Nothing_changed_is_nothing_to_save() => Assert.Empty(Data(("a", "1"), ("b", """{"x":"Grüße","y":1.50}""")).Changes());

    [Fact]
    public void Reading_changes_nothing()
    {
        var data = Data(("list", "[1,2]"), ("note", """{"text":"Grüße <b>","stars":5}"""), ("when", "\"2030-01-01T00:00:00Z\""));

        Assert.Equal([1, 2], data.Get<List<int>>("list"));
        Assert.Equal(new Note("Grüße <b>", 5), data.Get<Note>("note"));
        Assert.NotNull(data["when"]);
        data.Get<DateTimeOffset>("when");

        Assert.Empty(data.Changes());
    }

    [Fact]
    public void A_value_is_set_as_JSON_or_as_a_type()
    {
        var data = Data();
        data["topic"] = "billing";
        data.Set("note", new Note("hi", 3));

        Assert.Equal("billing", data.Get<string>("topic"));
        Assert.Equal("hi", (string?)data["note"]!["text"]);
        Assert.Equal(["note", "topic"], data.Changes().Keys.Order());
        Assert.Equal("""{"text":"hi","stars":3}""", data.Changes()["note"]);
    }

    [Fact]
    public void Get_Set_and_GetOrAdd_take_a_JsonTypeInfo_too()
    {
        var data = new SessionData(new Dictionary<string, string> { ["old"] = """{"Text":"was","Stars":1}""" }, new JsonSerializerOptions(), (_, _) => Task.CompletedTask);
        data.Set("new", new Note("is", 2), NoteJson.Default.Note);

        Assert.Equal(new Note("was", 1), data.Get("old", NoteJson.Default.Note));
        Assert.Equal(new Note("made", 3), data.GetOrAdd("made", () => new Note("made", 3), NoteJson.Default.Note));
        Assert.Equal(new Note("is", 2), data.GetOrAdd("new", () => throw new InvalidOperationException(), NoteJson.Default.Note));
        Assert.Null(data.Get("none", NoteJson.Default.Note));
        Assert.Equal(["made", "new", "old"], data.Names.Order());
        Assert.Equal(["made", "new"], data.Changes().Keys.Order());
    }

    [Fact]
    public void One_name_can_be_set_from_another()
    {
        var data = Data(("a", """{"n":1}"""));
        data["b"] = data["a"];
        data["c"] = data["a"]!["n"];
        data["b"]!["n"] = 2;

        Assert.Equal(1, (int?)data["a"]!["n"]);
        Assert.Equal("""{"n":2}""", data["b"]!.ToJsonString());
        Assert.Equal(1, (int?)data["c"]);
    }

    [Fact]
    public void A_value_can_be_set_to_itself()
    {
        var data = Data(("a", """{"n":1}"""));
        var same = data["a"]!;
        data["a"] = same;
        same["n"] = 2;

        Assert.Equal("""{"n":2}""", data.Changes()["a"]);
    }

    [Fact]
    public void Changes_in_place_are_seen()
    {
        var data = Data(("list", "[1]"), ("node", """{"n":1}"""));
        data.Get<List<int>>("list")!.Add(2);
        data["node"]!["n"] = 5;
        data.GetOrAdd("tags", () => new List<string>()).Add("new");
        data.GetOrAdd("tags", () => new List<string>()).Add("newer");

        var changes = data.Changes();

        Assert.Equal("[1,2]", changes["list"]);
        Assert.Equal("""{"n":5}""", changes["node"]);
        Assert.Equal("""["new","newer"]""", changes["tags"]);
    }

    [Fact]
    public void Asking_for_another_type_keeps_changes_made_before()
    {
        var data = Data(("list", "[1]"));
        data.Get<List<int>>("list")!.Add(2);

        Assert.Equal([1, 2], data.Get<int[]>("list")!);
        Assert.Equal("[1,2]", data.Changes()["list"]);
    }

    [Fact]
    public void Removing_is_a_change()
    {
        var data = Data(("a", "1"), ("b", "2"));

        Assert.True(data.Remove("a"));
        Assert.False(data.Remove("a"));
        data["b"] = null;
        data["never"] = null;

        Assert.Empty(data.Names);
        Assert.Equal([("a", null), ("b", null)], data.Changes().OrderBy(change => change.Key).Select(change => (change.Key, change.Value)));
    }

    [Fact]
    public void A_missing_value_is_the_default()
    {
        var data = Data();

        Assert.Null(data["a"]);
        Assert.Equal(0, data.Get<int>("a"));
        Assert.Null(data.Get<Note>("a"));
    }

    [Fact]
    public void What_does_not_fit_is_said() => Assert.Throws<JsonException>(() => Data(("a", "\"text\"")).Get<int>("a"));

    [Fact]
    public async Task Flushing_saves_once()
    {
        var data = Data();
        data["a"] = 1;

        await data.FlushAsync();
        await data.FlushAsync();

        Assert.Equal("1", Assert.Single(saves)["a"]);
        Assert.Empty(data.Changes());
    }

    [Fact]
    public async Task What_could_not_be_saved_stays_to_be_saved()
    {
        var data = new SessionData(
            new Dictionary<string, string>(), JsonSerializerOptions.Web, (_, _) => Task.FromException(new InvalidOperationException()));
        data["a"] = 1;

        await Assert.ThrowsAsync<InvalidOperationException>(() => data.FlushAsync());

        Assert.Equal("1", data.Changes()["a"]);
    }

    [Fact]
    public async Task A_change_during_a_save_is_saved_next()
    {
        SessionData? data = null;
        data = new SessionData(new Dictionary<string, string>(), JsonSerializerOptions.Web, (_, _) =>
        {
            data!["a"] = 2;
            return Task.CompletedTask;
        });
        data["a"] = 1;

        await data.FlushAsync();

        Assert.Equal("2", data.Changes()["a"]);
    }

    private SessionData Data(params (string Name, string Json)[] saved) =>
        new(saved.ToDictionary(value => value.Name, value => value.Json), JsonSerializerOptions.Web, (changes, _) =>
        {
            saves.Add(changes);
            return Task.CompletedTask;
        });

    internal sealed record Note(string Text, int Stars);
}

[JsonSerializable(typeof(SessionDataTests.Note))]
internal sealed partial class NoteJson : JsonSerializerContext;
