using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Capsule.Generators.Tests.Http;

/// <summary>Handlers whose parameters are more than one value of the request, or read it by themselves.</summary>
public static class ShapeHandlers
{
    [Endpoint("GET", "/as/record/{id}", Authorized = false)]
    public static string Record([AsParameters] Paging paging, Clock clock) => $"{paging} {clock.Name}";

    [Endpoint("GET", "/as/struct", Authorized = false)]
    public static string Struct([AsParameters] Window window, int after) => Text($"{window.From}|{window.To}|{window.Fixed}|{after}");

    [Endpoint("PUT", "/as/class/{id}", Authorized = false)]
    public static string Class([AsParameters] Everything all) =>
        Text($"{all.Id}|{all.Todo?.Title}|{all.Clock.Name}|{all.Agent}|{all.Context.Request.Method}|{all.Bound?.Text}");

    [Endpoint("GET", "/bind/class", Authorized = false)]
    public static string BoundClass(FromContext bound) => bound.Text;

    [Endpoint("GET", "/bind/optional", Authorized = false)]
    public static string BoundOptional(FromContext? bound, int number) => Text($"{bound?.Text ?? "null"}|{number}");

    [Endpoint("GET", "/bind/described", Authorized = false)]
    public static string BoundDescribed(Described first, Described second) => first.Text + second.Text;

    [Endpoint("GET", "/bind/struct", Authorized = false)]
    public static string BoundStruct(BoundValueType bound, BoundValueType? optional) => Text($"{bound.Number}|{optional?.Number}");

    [Endpoint("GET", "/bind/interface", Authorized = false)]
    public static string BoundInterface(ByInterface bound) => bound.Text;

    [Endpoint("GET", "/bind/inherited", Authorized = false)]
    public static string BoundInherited(Inherits bound) => bound.Text;

    [Endpoint("POST", "/bind/body", Authorized = false)]
    public static string BoundAndBody(FromContext bound, Todo todo, int number) => Text($"{bound.Text}|{todo.Title}|{number}");

    [Endpoint("POST", "/form/file", Authorized = false)]
    public static string File(IFormFile file, IFormFile? other) => Text($"{file.FileName}|{file.Length}|{other?.FileName}");

    [Endpoint("POST", "/form/files", Authorized = false)]
    public static string Files(IFormFileCollection files) => Text($"{files.Count}");

    [Endpoint("POST", "/form/named", Authorized = false)]
    public static string Named([FromForm(Name = "one")] IFormFile file, [FromForm(Name = "two")] int? number) => Text($"{file.Name}|{number}");

    [Endpoint("POST", "/form/all", Authorized = false)]
    public static string Form(IFormCollection form, [FromForm] string name, int page = 1) => Text($"{form.Count}|{name}|{page}");

    [Endpoint("GET", "/answer/events", Authorized = false)]
    public static ServerSentEventsResult<string> Events() => TypedResults.ServerSentEvents(Lines());

    [Endpoint("GET", "/answer/no-result", Authorized = false)]
    public static IResult NoResult() => null!;

    [Endpoint("GET", "/answer/no-task", Authorized = false)]
    public static Task<string> NoTask() => null!;

    [Endpoint("GET", "/answer/no-plain-task", Authorized = false)]
    public static Task NoPlainTask() => null!;

    [Endpoint("GET", "/answer/no-text", Authorized = false)]
    public static string NoText() => null!;

    [Endpoint("GET", "/answer/no-object", Authorized = false)]
    public static object? NoObject() => null;

    [Endpoint("GET", "/answer/objects", Authorized = false)]
    public static async ValueTask<object> Objects()
    {
        await Task.Yield();
        return new Dog("Rex", 4);
    }

    [Endpoint("GET", "/answer/task-of-result", Authorized = false)]
    public static async Task<IResult> TaskOfResult()
    {
        await Task.Yield();
        return Results.Accepted("/here", new Circle(1));
    }

    [Endpoint("GET", "/answer/stream", Authorized = false)]
    public static IAsyncEnumerable<Shape> Shapes() => Stream();

    private static async IAsyncEnumerable<string> Lines()
    {
        await Task.Yield();
        yield return "one";
        yield return "two";
    }

    private static async IAsyncEnumerable<Shape> Stream()
    {
        await Task.Yield();
        yield return new Circle(1);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

public sealed record Paging([FromRoute] int Id, [property: FromQuery(Name = "p")] int Page = 1, string? Sort = null, int[]? Tags = null)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}|{Page}|{Sort}|{Tags?.Length}");
}

public struct Window
{
    public DateOnly From { get; set; }

    public DateOnly? To { get; init; }

    public readonly int Fixed => From.Day;
}

public class Identified
{
    public required int Id { get; set; }
}

public sealed class Everything : Identified
{
    public Todo? Todo { get; set; }

    [FromServices]
    public required Clock Clock { get; set; }

    [FromHeader(Name = "X-Agent")]
    public string? Agent { get; set; }

    public required HttpContext Context { get; set; }

    public FromContext? Bound { get; set; }

    public int Untouched { get; private set; } = 3;
}

public sealed record FromContext(string Text)
{
    public static ValueTask<FromContext?> BindAsync(HttpContext context) => context.Request.Query["bound"] switch
    {
        [] => new((FromContext?)null),
        ["teapot"] => throw new BadHttpRequestException("No.", StatusCodes.Status418ImATeapot),
        var texts => new(new FromContext(texts.ToString())),
    };
}

public sealed record Described(string Text)
{
    public static async ValueTask<Described?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        await Task.Yield();
        return context.Request.Query[parameter.Name!] is { Count: > 0 } text ? new Described($"{parameter.Name}={text}") : null;
    }
}

public readonly record struct BoundValueType(int Number)
{
    public static ValueTask<BoundValueType?> BindAsync(HttpContext context) =>
        new(int.TryParse(context.Request.Query["bound"], CultureInfo.InvariantCulture, out var number) ? new BoundValueType(number) : null);
}

public sealed class ByInterface : IBindableFromHttpContext<ByInterface>
{
    public string Text { get; init; } = "";

    static ValueTask<ByInterface?> IBindableFromHttpContext<ByInterface>.BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(context.Request.Query.ContainsKey("bound") ? new ByInterface { Text = parameter.Name! } : null);
}

public abstract class BindsDerived<T>
    where T : BindsDerived<T>, new()
{
    public string Text { get; private set; } = "";

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1000", Justification = "It is what ASP.NET Core looks for.")]
    public static ValueTask<T> BindAsync(HttpContext context) => new(new T { Text = "inherited" });
}

public sealed class Inherits : BindsDerived<Inherits>;
