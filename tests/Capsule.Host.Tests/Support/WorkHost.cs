using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Capsule.Host.Tests;

/// <summary>An app with tasks and schedules on a real database file, as one process would run it. Opening another on the same directory is a restart.</summary>
internal sealed class WorkHost : IAsyncDisposable
{
    public static readonly UserInfo Alice = new() { Id = "alice", Email = "alice@example.com", OrgId = "acme" };
    public static readonly UserInfo Bob = new() { Id = "bob" };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServiceProvider services;
    private readonly SqliteDatabase database;
    private IReadOnlyList<IHostedService> running = [];

    public WorkHost(string directory, ManualTime time, IEnumerable<TaskHandler> handlers, IEnumerable<ScheduleHandler>? schedules = null)
    {
        Time = time;
        database = SqliteDatabase.Open(Path.Combine(directory, CapsuleDatabase.FileName), CapsuleDatabase.Migrations);
        Registry = new HandlerRegistry();
        foreach (var handler in handlers)
            Registry.Add(handler);
        foreach (var schedule in schedules ?? [])
            Registry.Add(schedule);
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Information));
        collection.AddSingleton<TimeProvider>(time);
        collection.AddSingleton(database);
        collection.AddSingleton(Registry);
        collection.AddSingleton(new TaskRunnerSettings { Workers = 4 });
        collection.AddSingleton<IDocumentDatabases, NoDocuments>();
        collection.AddSingleton<ISessionProvider>(_ => Sessions!);
        collection.AddTasks();
        collection.AddSchedules();
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Sessions = new StandInSessions(() => services.GetRequiredService<ITaskClients>(), () => services.GetRequiredService<IDocumentDatabases>());
    }

    public ManualTime Time { get; }

    public HandlerRegistry Registry { get; }

    public StandInSessions Sessions { get; }

    public RecordedLog Log { get; } = new();

    public IScheduleStore Schedules => services.GetRequiredService<IScheduleStore>();

    public TaskEndings Endings => services.GetRequiredService<TaskEndings>();

    public ITaskStore Store => services.GetRequiredService<ITaskStore>();

    public AnyTask Tasks(UserInfo user, string name, string? sessionId = null) =>
        new(services.GetRequiredService<ITaskClients>().For(user, sessionId), name);

    public TaskClient Client(UserInfo user) => services.GetRequiredService<ITaskClients>().For(user, null);

    public async Task<WorkHost> StartAsync()
    {
        running = [.. services.GetServices<IHostedService>()];
        foreach (var service in running)
            await service.StartAsync(CancellationToken.None);
        return this;
    }

    public async Task StopAsync()
    {
        foreach (var service in running)
            await service.StopAsync(CancellationToken.None).WaitAsync(Patience);
        running = [];
    }

    /// <summary>Waits for a committed change after which a task is as expected.</summary>
    public async Task<TaskSnapshot> Until(TaskHandle task, Func<TaskSnapshot, bool> expected)
    {
        var changed = new SemaphoreSlim(0);
        void Signal(TaskChange change) => changed.Release();
        Store.Changed += Signal;
        try
        {
            while (true)
            {
                var snapshot = await task.GetAsync();
                if (expected(snapshot))
                    return snapshot;
                if (!await changed.WaitAsync(Patience))
                    throw new TimeoutException($"The task stays as {snapshot}.");
            }
        }
        finally
        {
            Store.Changed -= Signal;
        }
    }

    public Task<TaskSnapshot> Until(TaskHandle task, TaskState state) => Until(task, snapshot => snapshot.State == state);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}

/// <summary>What a generated task property does.</summary>
internal sealed class AnyTask(TaskClient client, string name) : TaskDefinition<string?>(client, name)
{
    public Task<TaskHandle<string?>> SubmitAsync(string mailbox = "inbox", TaskOptions? options = null) =>
        SubmitAsync(NewArguments().Add("mailbox", mailbox), options, default);
}
