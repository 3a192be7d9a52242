using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Capsule.Host.Tests.Sessions;

/// <summary>A whole app as clients of its chat API see it; the test moves its clock, gives its handlers and says who calls.</summary>
internal sealed class ChatApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private ChatApp(WebApplication app, ManualTime time, RecordedLog log)
    {
        this.app = app;
        Time = time;
        Log = log;
        Client = ClientOf("ann");
    }

    public ManualTime Time { get; }

    public RecordedLog Log { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => app.Services;

    public static Task<ChatApp> StartAsync(TemporaryDirectory folder, Func<Session, Message, Task> handle, Action<CapsuleLimits>? limit = null) =>
        StartAsync(folder, handlers => handlers.Add(Handler(handle)), limit);

    public static async Task<ChatApp> StartAsync(
        TemporaryDirectory folder,
        Action<HandlerRegistry> register,
        Action<CapsuleLimits>? limit = null,
        ManualTime? time = null,
        Action<IServiceCollection>? services = null)
    {
        time ??= new ManualTime();
        var log = new RecordedLog();
        var handlers = new HandlerRegistry();
        register(handlers);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(handlers);
        builder.Services.AddSingleton<ICallerResolver, HeaderCallers>();
        services?.Invoke(builder.Services);
        builder.AddCapsule(options =>
        {
            options.DataDirectory = folder.Path;
            options.Limits.ShutdownSeconds = 0;
            limit?.Invoke(options.Limits);
        });
        var app = builder.Build();
        app.MapCapsule();
        await app.StartAsync();
        return new ChatApp(app, time, log);
    }

    /// <summary>An app whose handler runs again after a crash.</summary>
    public static Task<ChatApp> ReplayAsync(TemporaryDirectory folder, Func<Session, Message, Task> handle, Action<CapsuleLimits>? limit = null) =>
        StartAsync(folder, handlers => handlers.Add(Handler(handle, onCrash: OnCrash.Replay)), limit);

    public static MessageHandler Handler(
        Func<Session, Message, Task> handle, string? name = null, OnCrash onCrash = OnCrash.MarkInterrupted) => new()
    {
        Id = "Tests.Handle",
        Name = name,
        OnCrash = onCrash,
        InvokeAsync = (_, session, message) => handle(session, message),
    };

    public static SessionEventHandler On(SessionMoment moment, Func<Session, Task> handle) =>
        new() { Id = "Tests.On" + moment, Moment = moment, InvokeAsync = (_, session) => handle(session) };

    public HttpClient ClientOf(string user)
    {
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Add(HeaderCallers.Header, user);
        return client;
    }

    /// <summary>Begins a session and returns its id.</summary>
    public async Task<string> BeginAsync(object? body = null)
    {
        var response = await Client.PostAsJsonAsync("/capsule/sessions", body ?? new { });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
    }

    public Task<HttpResponseMessage> PostAsync(string sessionId, object message) =>
        Client.PostAsJsonAsync($"/capsule/sessions/{sessionId}/messages", message);

    /// <summary>Posts a text and returns what the server answers: <c>messageId</c>, <c>turnId</c>, <c>seq</c>.</summary>
    public async Task<JsonObject> SayAsync(string sessionId, string text, string? id = null)
    {
        var response = await PostAsync(sessionId, id is null ? new { text } : new { id, text });
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    public EventReader Read(string sessionId, long after = 0) => new(Client, sessionId, after);

    /// <summary>Posts a text and waits until its turn has ended; all events of the session so far.</summary>
    public async Task<List<StreamedEvent>> ConverseAsync(string sessionId, string text)
    {
        var turnId = (string)(await SayAsync(sessionId, text))["turnId"]!;
        await using var reader = Read(sessionId);
        return await reader.UntilAsync(streamed => streamed.EndsTurn(turnId));
    }

    public async Task<List<StreamedEvent>> UntilEndOfAsync(string sessionId, string turnId)
    {
        await using var reader = Read(sessionId);
        return await reader.UntilAsync(streamed => streamed.EndsTurn(turnId));
    }

    /// <summary>Waits until a turn has ended so many times: a turn that runs again ends again.</summary>
    public async Task<List<StreamedEvent>> UntilEndsAsync(string sessionId, string turnId, int times)
    {
        var ended = 0;
        await using var reader = Read(sessionId);
        return await reader.UntilAsync(streamed => streamed.EndsTurn(turnId) && ++ended == times);
    }

    /// <summary>All that has happened in a session, save the pieces of replies.</summary>
    public async Task<List<StreamedEvent>> EventsAsync(string sessionId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/capsule/sessions/{sessionId}/events");
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await Client.SendAsync(request);
        return [.. (await Json.ReadAsync(response))["events"]!.AsArray()
            .Select(item => new StreamedEvent((long)item!["seq"]!, (string)item["type"]!, item["data"]!.DeepClone().AsObject()))
            .Where(streamed => streamed.Type != "delta")];
    }

    public async Task<JsonObject> GetAsync(string path) => (await Client.GetFromJsonAsync<JsonObject>(path))!;

    public Task StopAsync(CancellationToken patience = default) => app.StopAsync(patience);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}
