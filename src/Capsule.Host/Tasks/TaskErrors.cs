using System.Globalization;

namespace Capsule.Hosting;

/// <summary>What people are told about a task that did not end well. What really happened is in the log, under the task's id.</summary>
internal static class TaskErrors
{
    public const string Failed = "Something went wrong while the task ran.";

    public const string TooManyCrashes = "The task was given up because the server stopped each time it ran.";

    public const string BadArguments = "The task was submitted in a form that this version of the app can't read.";

    public const string SessionGone = "The conversation that the task belongs to is gone.";

    public static string Timeout(double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"The task took longer than its limit of {seconds} seconds.");
}
