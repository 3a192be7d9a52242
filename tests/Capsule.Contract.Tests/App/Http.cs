using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Capsule.Contract.App;

public sealed record Seen(string? Session, bool Current);

/// <summary>A session among other parameters.</summary>
public sealed record Inside(Session Session, int Page = 1);

public sealed record Notes(IReadOnlyList<string> Owner, IReadOnlyList<string> User, IReadOnlyList<string> App);

/// <summary>Scoped to the request: a handler's class and the request's services share it.</summary>
public sealed class RequestScope
{
    public string Id { get; } = Guid.NewGuid().ToString("N");
}

/// <summary>A service by key.</summary>
public sealed record Zone(string Name);

/// <summary>Data handlers.</summary>
public static class DataHandlers
{
    [Data("needs_session")]
    public static Seen NeedsSession(Session session) => new(session.Id, ReferenceEquals(Session.Current, session));

    [Data("needs_session_inside")]
    public static Seen NeedsSessionInside([AsParameters] Inside inside) => new(inside.Session.Id, ReferenceEquals(Session.Current, inside.Session));

    [Data("may_have_session")]
    public static Seen MayHaveSession(Session? session) => new(session?.Id, Session.Current is not null);

    [Data("no_session")]
    public static Seen NoSession() => new(null, Session.Current is not null);

    [Data("notes")]
    public static async Task<Notes> AllNotes(RequestContext context, Collection<UserNote> mine, CancellationToken cancellationToken) => new(
        [.. (await context.Db.OwnerNotes.FindAsync(cancellationToken: cancellationToken)).Select(n => n.Text)],
        [.. (await mine.FindAsync(cancellationToken: cancellationToken)).Select(n => n.Text)],
        [.. (await context.Db.AppNotes.FindAsync(cancellationToken: cancellationToken)).Select(n => n.Text)]);

    [Data("query")]
    public static object Query(int page, int? limit, string status = "open", [FromQuery(Name = "tag")] string[]? tags = null) =>
        new { page, limit, status, tags };

    [Data("limited")]
    public static string Limited([Range(1, 10)] int page, [StringLength(3)] string? word = null, [MaxLength(2)] int[]? list = null) => $"{page} {word} {list?.Length}";

    [Data("adults", Policy = "adults")]
    public static string Adults() => "welcome";

    [Data("boom")]
    public static string Boom() => throw new InvalidOperationException("secret of the data");
}

public sealed record Order(string Name, int Count);

public sealed record Parcel([StringLength(5)] string To, Box Largest, IReadOnlyList<Box> Boxes);

public sealed record Box([Range(1, 30)] int Weight, [property: AllowedValues("paper", "wood")] string Of = "paper");

/// <summary>Nothing that a client can supply.</summary>
public sealed record Given(RequestContext Ctx, TaskClient Tasks, Collection<UserNote> Notes, Session? Session, [FromKeyedServices("utc")] Zone Zone);

/// <summary>Handlers of nothing that a client can supply.</summary>
public static class InjectedHandlers
{
    [Endpoint("GET", "/injected/context", Authorized = false)]
    public static string Context(RequestContext ctx) => ctx.User.Id;

    [Endpoint("POST", "/injected/context", Authorized = false)]
    public static string ContextOfPost(RequestContext ctx) => ctx.User.Id;

    [Endpoint("GET", "/injected/tasks", Authorized = false)]
    public static Task<string> Tasks(TaskClient tasks, CancellationToken cancellationToken) => SumAsync(tasks, cancellationToken);

    [Endpoint("GET", "/injected/notes", Authorized = false)]
    public static async Task<int> Notes(Collection<UserNote> notes, CancellationToken cancellationToken) => (int)await notes.CountAsync(cancellationToken: cancellationToken);

    [Endpoint("GET", "/injected/scope", Authorized = false)]
    public static bool Scope(RequestScope scope, [FromServices] RequestScope marked, IServiceProvider services) =>
        ReferenceEquals(scope, marked) && ReferenceEquals(scope, services.GetRequiredService<RequestScope>());

    [Data("injected_work")]
    public static async Task<string> Work(TaskClient tasks, Collection<UserNote> notes, [FromKeyedServices("utc")] Zone zone, CancellationToken cancellationToken) =>
        $"{await SumAsync(tasks, cancellationToken)} {await KeepAsync(notes, cancellationToken)} {zone.Name}";

    [Endpoint("POST", "/injected/form/{ctx}/{tasks}/{notes}/{scope}/{zone}", Authorized = false)]
    public static Task<string> BesideForm(
        RequestContext ctx, TaskClient tasks, Collection<UserNote> notes, RequestScope scope, [FromKeyedServices("utc")] Zone zone, [FromForm] string word,
        CancellationToken cancellationToken) => AllAsync(ctx, tasks, notes, scope, zone, word, cancellationToken);

    [Endpoint("POST", "/injected/body/{ctx}/{tasks}/{notes}/{scope}/{zone}", Authorized = false)]
    public static Task<string> BesideBody(
        RequestContext ctx, TaskClient tasks, Collection<UserNote> notes, RequestScope scope, [FromKeyedServices("utc")] Zone zone, Order order,
        CancellationToken cancellationToken) => AllAsync(ctx, tasks, notes, scope, zone, order.Name, cancellationToken);

    private static async Task<string> AllAsync(
        RequestContext ctx, TaskClient tasks, Collection<UserNote> notes, RequestScope scope, Zone zone, string word, CancellationToken cancellationToken)
    {
        var isOfRequest = ReferenceEquals(scope, ctx.Services.GetRequiredService<RequestScope>());
        return $"{ctx.User.Id} {await SumAsync(tasks, cancellationToken)} {await KeepAsync(notes, cancellationToken)} {isOfRequest} {zone.Name} {word}";
    }

    /// <summary>Runs a task and waits for it.</summary>
    private static async Task<string> SumAsync(TaskClient tasks, CancellationToken cancellationToken)
    {
        var handle = await tasks.Add.SubmitAsync(left: 20, right: 22, cancellationToken: cancellationToken);
        return $"{await handle.GetResultAsync(cancellationToken)}";
    }

    /// <summary>Stores a note, reads it and takes it away.</summary>
    private static async Task<string> KeepAsync(Collection<UserNote> notes, CancellationToken cancellationToken)
    {
        var stored = await notes.InsertAsync(new UserNote("kept"), cancellationToken);
        var read = await notes.GetAsync(stored.Id, cancellationToken);
        await notes.DeleteAsync(stored.Id, cancellationToken);
        return read!.Text;
    }

    [Data("injected_together")]
    public static async Task<string> Together([AsParameters] Given given, CancellationToken cancellationToken) =>
        $"{given.Ctx.User.Id} {await SumAsync(given.Tasks, cancellationToken)} {await KeepAsync(given.Notes, cancellationToken)} {given.Session?.Id} {given.Zone.Name}";

    [Data("injected_session")]
    public static string Session(Session? session) => session?.Id ?? "none";
}

/// <summary>Endpoints, built by DI in the scope of the request.</summary>
[Tags("Orders")]
public sealed class Endpoints(RequestScope scope)
{
    [Endpoint("GET", "/scope", Authorized = false)]
    public bool SharesTheRequestsScope(RequestScope other, HttpContext http) =>
        ReferenceEquals(scope, other) && ReferenceEquals(scope, http.RequestServices.GetRequiredService<RequestScope>());

    /// <summary>One order.</summary>
    /// <param name="id">The order's number.</param>
    /// <param name="context">The caller.</param>
    [Endpoint("GET", "/orders/{id:int}")]
    public static object GetOrder(int id, RequestContext context) => new { id, user = context.User.Id, authenticated = context.Authenticated };

    [Endpoint("POST", "/orders", Authorized = false)]
    public static Created<Order> PlaceOrder(Order order) => TypedResults.Created("/orders/1", order);

    [Endpoint("POST", "/parcels", Authorized = false)]
    // As everywhere in ASP.NET Core, JSON may leave out what a constructor asks for.
    public static int SendParcel(Parcel parcel) => parcel.Boxes?.Count ?? 0;

    [Endpoint("GET", "/bind/{name}", Authorized = false)]
    public static object Bind(string name, int page, int? size, HttpContext http, TimeProvider time, CancellationToken cancellationToken) => new
    {
        name,
        page,
        size,
        path = http.Request.Path.Value,
        now = time.GetUtcNow() > default(DateTimeOffset),
        cancellable = cancellationToken.CanBeCanceled,
    };

    [Endpoint("PUT", "/raw", Authorized = false)]
    public static async Task<long> Raw(Stream body, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await body.CopyToAsync(copy, cancellationToken);
        return copy.Length;
    }

    [Endpoint("GET", "/text", Authorized = false)]
    public static string Text() => "plain";

    [Endpoint("GET", "/current", Authorized = false)]
    public static bool HasCurrentSession() => Session.Current is not null;

    [Endpoint("DELETE", "/void", Authorized = false)]
    public static void Nothing()
    {
    }

    [Endpoint("GET", "/boom", Authorized = false)]
    public static IResult Boom() => throw new InvalidOperationException("secret of the endpoint");

    [Endpoint("GET", "/adults", Policy = "adults")]
    public static string Adults() => "welcome";

    [Authorize(Policy = "adults")]
    [Endpoint("GET", "/adults-by-attribute")]
    public static string AdultsByAttribute() => "welcome";

    [AllowAnonymous]
    [Endpoint("GET", "/open")]
    public static string Open() => "open";

    [Endpoint("POST", "/tasks/observe", Authorized = false)]
    public static async Task<string> SubmitObserve(string topic, TaskClient tasks) => (await tasks.Observe.SubmitAsync(topic: topic)).Id;

    [Endpoint("GET", "/context", Authorized = false)]
    public static async Task<object> Context(RequestContext context)
    {
        var handle = await context.Tasks.Add.SubmitAsync(left: 20, right: 22);
        return new
        {
            path = context.Request?.Path.Value,
            services = context.Services.GetService<RequestScope>() is not null,
            sum = await handle.GetResultAsync(),
            tickets = await context.Db.Tickets.CountAsync(),
        };
    }
}

/// <summary>Runs a piece of a test inside of a request, where the caller's collections and tasks are.</summary>
public static class Scripts
{
    [Endpoint("POST", "/scripts/{name}", Authorized = false)]
    public static async Task Run(string name, RequestContext context, ScriptBook scripts) => await scripts.Take(name)(context);
}

/// <summary>The scripts that tests have left, by name.</summary>
public sealed class ScriptBook
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Func<RequestContext, Task>> scripts = new();

    public string Add(Func<RequestContext, Task> script)
    {
        var name = Guid.NewGuid().ToString("N");
        scripts[name] = script;
        return name;
    }

    public Func<RequestContext, Task> Take(string name) =>
        scripts.TryRemove(name, out var script) ? script : throw new InvalidOperationException("no such script");
}
