using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Capsule.Generators.Tests.Http;

/// <summary>Handlers that read and write JSON of every build; mounted twice like <see cref="BindingHandlers"/>.</summary>
public static class JsonHandlers
{
    [Endpoint("POST", "/json/echo", Authorized = false)]
    public static Todo Echo(Todo todo) => todo;

    [Endpoint("POST", "/json/number", Authorized = false)]
    public static int Number([FromBody] int number) => number;

    [Endpoint("POST", "/json/optional-number", Authorized = false)]
    public static int OptionalNumber([FromBody] int number = 7) => number;

    [Endpoint("POST", "/json/nullable-number", Authorized = false)]
    public static int? NullableNumber([FromBody] int? number) => number;

    [Endpoint("POST", "/json/list", Authorized = false)]
    public static List<Todo> List([FromBody] List<Todo> todos) => todos;

    [Endpoint("POST", "/json/items", Authorized = false)]
    public static async Task<int> Items([FromBody] IAsyncEnumerable<int> items)
    {
        var sum = 0;
        await foreach (var item in items)
            sum += item;
        return sum;
    }

    [Endpoint("POST", "/json/anything", Authorized = false)]
    public static JsonElement Anything([FromBody] JsonElement anything) => anything;

    [Endpoint("POST", "/json/shape", Authorized = false)]
    public static Shape Shape([FromBody] Shape shape) => shape;

    [Endpoint("POST", "/json/limited", Authorized = false), RequestSizeLimit(40)]
    public static Todo Limited(Todo todo) => todo;

    [Endpoint("POST", "/json/converted", Authorized = false)]
    public static Converted Converted(Converted converted) => converted;

    [Endpoint("GET", "/json/holder", Authorized = false)]
    public static Holder Holder() => new("ä<b>", Items(3));

    [Endpoint("GET", "/json/nested", Authorized = false)]
    public static Nested Nested() => new(new Todo("a", 1), new Point(1, 2), DayOfWeek.Friday, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), 1.5m, null);

    [Endpoint("GET", "/json/node", Authorized = false)]
    public static TreeNode Node() => new("a", new TreeNode("b", null));

    [Endpoint("GET", "/json/endless", Authorized = false)]
    public static Endless Endless() => new();

    [Endpoint("GET", "/json/open", Authorized = false)]
    public static Open Open() => new(new Dog("Rex", 4), new Dog("Max", 4));

    [Endpoint("GET", "/json/extended", Authorized = false)]
    public static Extended Extended() => new() { Name = "a", Rest = new() { ["b"] = JsonSerializer.SerializeToElement(1) } };

    [Endpoint("GET", "/json/large", Authorized = false)]
    public static Todo Large() => new(new string('x', 100_000), 1);

    [Endpoint("GET", "/json/many", Authorized = false)]
    public static IEnumerable<Todo> Many() => Enumerable.Range(0, 5_000).Select(number => new Todo("todo", number));

    [Endpoint("GET", "/json/nothing", Authorized = false)]
    public static Task<Todo?> Nothing() => Task.FromResult<Todo?>(null);

    [Endpoint("HEAD", "/json/head", Authorized = false)]
    public static Todo Head() => new("a", 1);

    [Endpoint("GET", "/json/failing", Authorized = false)]
    public static Failing Failing(int length, bool isCancelled) => new(new string('x', length), isCancelled);

    [Endpoint("GET", "/json/typed", Authorized = false)]
    public static Todo Typed(HttpResponse response)
    {
        response.ContentType = "application/vnd.todo";
        response.StatusCode = StatusCodes.Status201Created;
        response.OnStarting(() =>
        {
            response.Headers["X-Started"] = "1";
            return Task.CompletedTask;
        });
        return new Todo("a", 1);
    }

    [Endpoint("GET", "/json/begun", Authorized = false)]
    public static async Task<Holder> Begun(HttpResponse response)
    {
        await response.WriteAsync("begun ");
        await response.Body.FlushAsync();
        return new Holder("a", Items(1));
    }

    private static async IAsyncEnumerable<int> Items(int count)
    {
        for (var item = 0; item < count; item++)
        {
            await Task.Yield();
            yield return item;
        }
    }
}

public sealed record Holder(string Name, IAsyncEnumerable<int> Items);

public sealed record Nested(Todo Todo, Point Point, DayOfWeek Day, DateTimeOffset At, decimal Money, Nested? Nothing);

public sealed record TreeNode(string Name, TreeNode? Next);

public sealed class Endless
{
    public Endless Self => this;
}

public sealed record Open(Animal Declared, object Anything);

public sealed class Extended
{
    public string Name { get; set; } = "";

    [JsonExtensionData]
    public Dictionary<string, JsonElement> Rest { get; set; } = [];
}

/// <summary>Fails when half of it is written.</summary>
public sealed class Failing(string text, bool isCancelled)
{
    public string First => text;

    public string Second => isCancelled ? throw new OperationCanceledException() : throw new InvalidOperationException("Half-way.");
}

[JsonConverter(typeof(Converter))]
public sealed record Converted(string Text)
{
    internal sealed class Converter : JsonConverter<Converted>
    {
        public override Converted Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Converted value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
    }
}
