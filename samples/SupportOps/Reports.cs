using Capsule;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SupportOps;

/// <summary>How many threads an owner has.</summary>
/// <param name="Year">The year it is about.</param>
/// <param name="Open">Threads that wait for an answer.</param>
/// <param name="Total">All threads.</param>
public sealed record Report(int Year, int Open, int Total);

/// <summary>What another system tells us.</summary>
/// <param name="Event">What happened, for example <c>mail.received</c>.</param>
/// <param name="Reference">The sender's own id of it.</param>
public sealed record CallbackBody(string Event, string Reference);

/// <summary>Confirms a callback.</summary>
/// <param name="Reference">The sender's id.</param>
/// <param name="ReceivedAt">When it arrived (UTC).</param>
public sealed record Receipt(string Reference, DateTimeOffset ReceivedAt);

/// <summary>Calls from other systems.</summary>
public static class Reports
{
    /// <summary>The report of a year.</summary>
    /// <remarks>It counts the threads that the caller shares.</remarks>
    /// <param name="context">The caller.</param>
    /// <param name="id">The year.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    [Endpoint("GET", "/reports/{id:int}")]
    public static async Task<Results<Ok<Report>, NotFound>> GetReport(RequestContext context, int id, CancellationToken cancellationToken)
    {
        if (id is < 2000 or > 2100)
            return TypedResults.NotFound();
        var threads = context.Db.Threads;
        var open = await threads.CountAsync(t => t.Status == "open", cancellationToken);
        return TypedResults.Ok(new Report(id, open, await threads.CountAsync(cancellationToken: cancellationToken)));
    }

    /// <summary>Takes note of what happened in another system.</summary>
    /// <remarks>Anybody can call it.</remarks>
    /// <param name="body">What happened.</param>
    /// <param name="clock">Tells the time.</param>
    [Endpoint("POST", "/callback", Authorized = false)]
    public static Results<Ok<Receipt>, BadRequest> Callback(CallbackBody body, TimeProvider clock) =>
        string.IsNullOrWhiteSpace(body.Event) || string.IsNullOrWhiteSpace(body.Reference)
            ? TypedResults.BadRequest()
            : TypedResults.Ok(new Receipt(body.Reference, clock.GetUtcNow()));
}
