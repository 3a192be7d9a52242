using Microsoft.AspNetCore.Mvc;

namespace Capsule.Contract.App;

public static class Work
{
    [Task]
    public static int Add(int left, int right) => left + right;

    /// <summary>Tells what a task sees of its session.</summary>
    [Task(Retries = 0, TimeoutSeconds = 30)]
    public static async Task Observe(Session? session, string topic, [FromServices] Signals signals, TaskProgress progress, CancellationToken cancellationToken)
    {
        await progress.ReportAsync(percent: 50, text: "half", cancellationToken);
        var refused = Session.Current is { CanReply: false } synthetic && await Replies.AreRefusedAsync(synthetic, cancellationToken);
        signals.Tell(topic, $"session={session?.Id ?? "none"} current={Session.Current?.Id is not null} canReply={Session.Current?.CanReply} refused={refused}");
    }

    [Task]
    public static async Task<string> Hold(string gate, [FromServices] Signals signals, TaskProgress progress, CancellationToken cancellationToken)
    {
        await progress.ReportAsync(percent: 25, text: "a quarter", cancellationToken);
        await signals.PassAsync(gate, cancellationToken);
        return "passed " + gate;
    }

    [Task]
    public static Task Break() => throw new InvalidOperationException("secret of the task");

    [Task(Retries = 1, Lock = "twice:{name}")]
    public static Task FailOnce(string name, [FromServices] Signals signals)
    {
        var first = !signals.Has(name);
        signals.Tell(name);
        return first ? throw new InvalidOperationException("the first time") : Task.CompletedTask;
    }
}

/// <summary>Tries to reply where nobody listens.</summary>
internal static class Replies
{
    [DoesNotReply]
    public static async Task<bool> AreRefusedAsync(Session session, CancellationToken cancellationToken)
    {
        try
        {
            await session.ReplyAsync("Is anybody there?", cancellationToken);
            return false;
        }
        catch (NoReplyTargetException)
        {
            return true;
        }
    }
}

/// <summary>Schedules and the life of app and sessions; an instance that DI builds for each call.</summary>
public sealed class Life(IServiceProvider services)
{
    private readonly Signals? signals = services.GetService<Signals>();

    [Schedule("*/5 * * * *", Name = "five-minutes")]
    public async Task Tick(Session session, ScheduleRun run, CancellationToken cancellationToken)
    {
        var refused = await Replies.AreRefusedAsync(session, cancellationToken);
        signals?.Tell("tick", $"current={ReferenceEquals(Session.Current, session)} canReply={session.CanReply} refused={refused} "
            + $"planned={run.PlannedTime:yyyy-MM-ddTHH:mm:ssZ} attempt={run.Attempt}");
    }

    [Boot]
    public Task Boot(CancellationToken cancellationToken)
    {
        signals?.Tell("boot", $"current={Session.Current is not null}");
        return Task.CompletedTask;
    }

    [Shutdown]
    public void Shutdown() => signals?.Tell("shutdown", $"current={Session.Current is not null}");

    [Enter]
    public Task Enter(Session session, CancellationToken cancellationToken)
    {
        signals?.Tell("enter " + session.Id, $"current={ReferenceEquals(Session.Current, session)}");
        return Task.CompletedTask;
    }

    [Exit]
    public Task Exit(Session session, CancellationToken cancellationToken)
    {
        signals?.Tell("exit " + session.Id, $"current={ReferenceEquals(Session.Current, session)}");
        return Task.CompletedTask;
    }
}
