using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Capsule.Generators.Tests.Http;

/// <summary>Handlers that the tests mount twice: as Capsule endpoints and as minimal APIs.</summary>
public static class BindingHandlers
{
    [Endpoint("GET", "/int/{id}", Authorized = false)]
    public static string RouteInt(int id) => Text(id);

    [Endpoint("GET", "/text/{name}", Authorized = false)]
    public static string RouteText(string name) => name;

    [Endpoint("GET", "/optional/{name?}", Authorized = false)]
    public static string OptionalRoute(string? name) => name ?? "none";

    [Endpoint("GET", "/query", Authorized = false)]
    public static string Query(string required, string? optional, string other = "default") => $"{required}|{optional ?? "null"}|{other}";

    [Endpoint("GET", "/numbers", Authorized = false)]
    public static string Numbers(int required, int? optional, long other = 7) => Text($"{required}|{optional}|{other}");

    [Endpoint("GET", "/kinds", Authorized = false)]
    public static string Kinds(
        bool? flag, double? number, decimal? money, Guid? id, DateTime? at, DateTimeOffset? moment, DateOnly? day, TimeOnly? time,
        TimeSpan? length, DayOfWeek? weekday, Uri? link, char? letter, Point? point, Version? version) =>
        Text($"{flag}|{number}|{money}|{id}|{at:O}|{moment:O}|{day:O}|{time:O}|{length}|{weekday}|{link}|{letter}|{point}|{version}");

    [Endpoint("GET", "/arrays", Authorized = false)]
    public static string Arrays(int[] numbers, string[]? texts, StringValues all) =>
        $"{string.Join('+', numbers)}|{(texts is null ? "null" : string.Join('+', texts))}|{all.Count}";

    [Endpoint("GET", "/header", Authorized = false)]
    public static string Header([FromHeader(Name = "X-Number")] int number, [FromHeader(Name = "X-Text")] string? text, [FromHeader(Name = "X-List")] int[] list) =>
        Text($"{number}|{text}|{string.Join('+', list)}");

    [Endpoint("GET", "/named/{first}", Authorized = false)]
    public static string Named([FromRoute(Name = "first")] int one, [FromQuery(Name = "second")] int two) => Text(one + two);

    [Endpoint("POST", "/body", Authorized = false)]
    public static Todo Body(Todo todo) => todo with { Title = todo.Title + "!" };

    [Endpoint("POST", "/explicit", Authorized = false)]
    public static Task<Todo?> ExplicitBody([FromBody] Todo? todo) => Task.FromResult(todo);

    [Endpoint("PUT", "/body/{id}", Authorized = false)]
    public static async ValueTask<Todo> BodyAndValues(int id, Todo todo, int page = 1)
    {
        await Task.Yield();
        return todo with { Title = Text($"{id}/{page}") };
    }

    [Endpoint("POST", "/service", Authorized = false)]
    public static string ServiceOrBody(Clock clock, [FromServices] Clock marked, [FromKeyedServices("utc")] Clock keyed, Missing? missing) =>
        Text($"{clock.Name}|{marked.Name}|{keyed.Name}|{missing is null}");

    [Endpoint("GET", "/service", Authorized = false)]
    public static string Service(Clock clock, IServiceProvider services) => clock.Name + services.GetRequiredService<Clock>().Name;

    [Endpoint("GET", "/parts", Authorized = false)]
    public static string Parts(HttpContext context, HttpRequest request, HttpResponse response, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Text($"{request.Path.Value?[2..]}|{response.StatusCode}|{user.Identity?.IsAuthenticated}|{cancellationToken == context.RequestAborted}");

    [Endpoint("POST", "/stream", Authorized = false)]
    public static async Task<string> Raw(Stream body)
    {
        using var reader = new StreamReader(body);
        return await reader.ReadToEndAsync();
    }

    [Endpoint("GET", "/nothing", Authorized = false)]
    public static void Nothing()
    {
    }

    [Endpoint("GET", "/task", Authorized = false)]
    public static Task Waits() => Task.CompletedTask;

    [Endpoint("GET", "/results", Authorized = false)]
    public static Results<Ok<Todo>, NotFound> Union(int id) => id == 0 ? TypedResults.NotFound() : TypedResults.Ok(new Todo("found", id));

    [Endpoint("GET", "/any", Authorized = false)]
    public static object Any(string kind) => kind switch
    {
        "text" => "text",
        "result" => TypedResults.NoContent(),
        _ => new Todo("json", 1),
    };

    [Endpoint("GET", "/shape", Authorized = false)]
    public static Shape Polymorphic() => new Circle(3);

    [Endpoint("GET", "/plain-shape", Authorized = false)]
    public static Animal Derived() => new Dog("Rex", 4);

    [Endpoint("GET", "/null", Authorized = false)]
    public static Todo? Null() => null;

    [Endpoint("GET", "/items", Authorized = false)]
    public static async IAsyncEnumerable<int> Items()
    {
        await Task.Yield();
        yield return 1;
        yield return 2;
    }

    [Endpoint("GET", "/many/one", Authorized = false)]
    public static string One(int a) => Text($"{a}");

    [Endpoint("GET", "/many/eight", Authorized = false)]
    public static string Eight(int a, string b, long? c, bool d = true, string? e = null, double f = 1.5, char g = 'g', int h = 8) => Text($"{a}{b}{c}{d}{e}{f}{g}{h}");

    [Endpoint("GET", "/many/nine", Authorized = false)]
    public static string Nine(int a, string b, long? c, bool d = true, string? e = null, double f = 1.5, char g = 'g', int h = 8, int i = 9) => Text($"{a}{b}{c}{d}{e}{f}{g}{h}{i}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

public sealed record Todo(string Title, int Priority);

public sealed class Clock(string name)
{
    public string Name { get; } = name;
}

public sealed record Missing(string Text);

[System.Text.Json.Serialization.JsonDerivedType(typeof(Circle), "circle")]
public abstract record Shape;

public sealed record Circle(int Radius) : Shape;

public record Animal(string Name);

public sealed record Dog(string Name, int Legs) : Animal(Name);

/// <summary>Has a TryParse of its own: <c>1,2</c>.</summary>
public readonly record struct Point(int X, int Y)
{
    public static bool TryParse(string? text, out Point point)
    {
        var parts = text?.Split(',') ?? [];
        point = default;
        if (parts.Length != 2 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var x) || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var y))
            return false;
        point = new Point(x, y);
        return true;
    }
}
