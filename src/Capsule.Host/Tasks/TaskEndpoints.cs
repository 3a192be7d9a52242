using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Capsule.Hosting;

/// <summary>A task as clients see it.</summary>
internal sealed record TaskDetails
{
    /// <summary>The task's id.</summary>
    public required string Id { get; init; }

    /// <summary>The name of its handler.</summary>
    public required string Name { get; init; }

    /// <summary>What a user calls it.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Where it stands.</summary>
    [JsonConverter(typeof(TaskStateConverter))]
    public required TaskState State { get; init; }

    /// <summary>How far it is; absent until it has said so.</summary>
    public TaskProgressDetails? Progress { get; init; }

    /// <summary>A sentence about why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>When it was submitted (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it first ran (UTC).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    public static TaskDetails Of(TaskSnapshot task) => new()
    {
        Id = task.Id,
        Name = task.Name,
        DisplayName = task.DisplayName,
        State = task.State,
        Progress = task.Percent is null && task.ProgressText is null ? null : new TaskProgressDetails(task.Percent, task.ProgressText),
        Error = task.Error,
        CreatedAt = task.CreatedAt,
        StartedAt = task.StartedAt,
        CompletedAt = task.CompletedAt,
    };
}

/// <summary>How far a task is.</summary>
/// <param name="Percent">From 0 to 100.</param>
/// <param name="Text">What it is doing.</param>
internal sealed record TaskProgressDetails(double? Percent = null, string? Text = null);

/// <summary>States on the wire: <c>pending</c>, <c>running</c>, …</summary>
internal sealed class TaskStateConverter() : JsonStringEnumConverter<TaskState>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

/// <summary>How tasks are written for clients.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskDetails))]
internal sealed partial class TaskJson : JsonSerializerContext;

/// <summary><c>/capsule/tasks</c>: the caller's tasks.</summary>
internal static class TaskEndpoints
{
    private const string TaskId = "The task's id.";

    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        var tasks = routes.MapGroup("/capsule/tasks/{id}").WithTags("Tasks");

        tasks.MapGet("", Get)
            .WithName("getTask")
            .WithSummary("Says where a task stands")
            .WithDescription("The task's state, its progress while it runs, and a sentence about why it failed. 404 when it is not the caller's.")
            .Produces<TaskDetails>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        tasks.MapPost("/cancel", CancelAsync)
            .WithName("cancelTask")
            .WithSummary("Cancels a task")
            .WithDescription("A task that waits never runs; one that runs is asked to stop. 404 when it is not the caller's, 409 when it has ended.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static IResult Get([Description(TaskId)] string id, HttpContext context, ICallerResolver callers, ITaskStore store) =>
        store.Find(callers.Resolve(context).User.Id, id) is { } task
            ? TypedResults.Json(TaskDetails.Of(task), TaskJson.Default.TaskDetails)
            : NotFound();

    private static async Task<IResult> CancelAsync(
        [Description(TaskId)] string id, HttpContext context, ICallerResolver callers, ITaskStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var userId = callers.Resolve(context).User.Id;
        if (await store.CancelAsync(userId, new TaskSelection(Id: id), time.GetUtcNow(), cancellationToken) > 0)
            return TypedResults.NoContent();
        return store.Find(userId, id) is null
            ? NotFound()
            : TypedResults.Problem("The task has ended; it can't be cancelled any more.", statusCode: StatusCodes.Status409Conflict);
    }

    private static ProblemHttpResult NotFound() => TypedResults.Problem("There is no such task.", statusCode: StatusCodes.Status404NotFound);
}
