namespace Capsule.Hosting;

/// <summary>Names cookies after the app: browsers share cookies between the ports of a host, where several apps may run.</summary>
internal static class AppCookies
{
    public static string Name(CapsuleOptions options, string purpose)
    {
        var app = string.Concat(options.AppName!.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-'));
        return $"capsule.{app}.{purpose}";
    }
}
