using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor InvalidCron = Error(
        Rules.InvalidCron, "Invalid cron expression",
        "'{0}' is not a cron expression: {1}{2}");

    public static readonly DiagnosticDescriptor RequestInSchedule = Error(
        Rules.RequestInSchedule, "Schedule takes a request-bound parameter",
        "'{0}' is of type '{1}', but no request runs a schedule: remove it");

    public static readonly DiagnosticDescriptor UnknownLockArgument = Error(
        Rules.UnknownLockArgument, "Task lock names an argument that does not exist",
        "The task has no argument '{0}'; {1}");

    public static readonly DiagnosticDescriptor OutputInSchedule = Error(
        "CAP0301", "Reply, prompt or show in a schedule",
        "Nobody reads the session of a schedule: '{0}' throws NoReplyTargetException; remove it, or check CanReply");

    public static readonly DiagnosticDescriptor ReachableReply = Error(
        "CAP0302", "Schedule reaches a reply",
        "'{0}' {1} a reply that has no reader and throws NoReplyTargetException: {2}", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor UncheckedCurrentSession = Warning(
        "CAP0303", "Unchecked Session.Current in a task",
        "'{0}' throws when the task was submitted without a session: check CanReply");

    public static readonly DiagnosticDescriptor DroppedSessionCall = Error(
        "CAP0304", "Session call is dropped",
        "'{0}' is not awaited: its order, its errors and the end of the turn no longer count; await it");

    public static readonly DiagnosticDescriptor OutlivesHandler = Warning(
        "CAP0305", "Session or request context outlives its handler",
        "'{0}' belongs to its handler and {1}: submit a task, or end the use before the handler");

    public static readonly DiagnosticDescriptor NeverFires = Warning(
        "CAP0307", "Cron expression never fires",
        "'{0}' fits no date: those months have no such day; did you mean '{1}'?");

    public static readonly DiagnosticDescriptor UnknownTimeZone = Warning(
        "CAP0308", "Unknown time zone",
        "'{0}' is not an IANA time zone; did you mean '{1}'?");

    public static readonly DiagnosticDescriptor UndisposedReplyStream = Warning(
        "CAP0309", "Streamed reply is never ended",
        "'{0}' is never disposed, so what is written does not become a message: declare it with 'await using'");

    public static readonly DiagnosticDescriptor PromptOutOfPlace = Warning(
        "CAP0312", "Prompt where it can't be answered in time",
        "'{0}' in a handler marked [{1}] {2}: prompt in a message handler or a task");

    public static readonly DiagnosticDescriptor BlockingWait = Warning(
        "CAP0313", "Blocking wait in a handler",
        "'{0}' blocks a thread until the task has ended: await it");

    public static readonly DiagnosticDescriptor ScopedDataWithoutUser = Warning(
        "CAP0315", "Data of a user or a session where there is none",
        "The documents '{0}' are kept for each {1}, and a handler marked [{2}] has no user's session: give them Scope.App or Scope.Owner");

    public static readonly DiagnosticDescriptor UnmarkedReply = Info(
        "CAP0317", "Library method reaches a reply",
        "'{0}' reaches a reply, which callers in other assemblies can't see ({1}): mark it [MayReply]", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor UncheckedIntegration = Warning(
        "CAP0316", "Integration used without a check",
        "The integration is null until its user has connected it: {0}");

    public static readonly DiagnosticDescriptor UnrecordedValue = Warning(
        "CAP0318", "Not recorded for a replay",
        "A replay of the turn {0}, and what it recorded no longer fits: put it into StepAsync");
}
