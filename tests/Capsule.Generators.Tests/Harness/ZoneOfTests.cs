using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Capsule.Generators.Tests.Harness;

/// <summary>Tests run where it is not UTC: there it shows when the server's own time is taken for UTC.</summary>
internal static class ZoneOfTests
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The zone is to be known before any test asks what time it is.")]
    public static void Set()
    {
        Environment.SetEnvironmentVariable("TZ", "America/New_York");
        TimeZoneInfo.ClearCachedData();
    }
}
