using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>
/// Has an app that ends because of an invalid setting say which one, and nothing else: whoever sets it has no use for a stack trace. Only where the
/// exception would end the process with one: who catches it, as tests and hosts of several apps do, gets it as ever.
/// </summary>
internal static class StartFailure
{
    private static int isAnnounced;

    public static void AnnouncePlainly()
    {
        if (Interlocked.Exchange(ref isAnnounced, 1) == 0)
            AppDomain.CurrentDomain.UnhandledException += static (_, unhandled) => Announce(unhandled.ExceptionObject);
    }

    private static void Announce(object exception)
    {
        if (exception is not OptionsValidationException invalid || invalid.OptionsType != typeof(CapsuleOptions))
            return;
        foreach (var failure in invalid.Failures)
            Console.Error.WriteLine(failure);
        Environment.Exit(1);
    }
}
