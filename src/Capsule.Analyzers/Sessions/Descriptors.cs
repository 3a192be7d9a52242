using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor InvalidCron = Error(
        Rules.InvalidCron, "Invalid cron expression",
        "'{0}' is not a cron expression: {1}");

    public static readonly DiagnosticDescriptor RequestInSchedule = Error(
        Rules.RequestInSchedule, "Schedule takes a request-bound parameter",
        "'{0}' is of type '{1}', but no request runs a schedule");

    public static readonly DiagnosticDescriptor UnknownLockArgument = Error(
        Rules.UnknownLockArgument, "Task lock names an argument that does not exist",
        "The task has no argument '{0}'; {1}");
}
