using System.Text.RegularExpressions;

namespace Capsule;

/// <summary>A kind of account at another service that a user can connect to the app.</summary>
/// <remarks>The app declares in its options which ones it uses and how they are connected.</remarks>
public sealed partial record Integration
{
    private Integration(string name) => Name = name;

    /// <summary>Its name on the wire and in storage: lower-case letters, digits, <c>-</c> and <c>_</c>.</summary>
    public string Name { get; }

    /// <summary>A Google account.</summary>
    public static Integration Google { get; } = new("google");

    /// <summary>Google's mail.</summary>
    public static Integration Gmail { get; } = new("gmail");

    /// <summary>Google's calendar.</summary>
    public static Integration GoogleCalendar { get; } = new("gcal");

    /// <summary>Google's file store.</summary>
    public static Integration GoogleDrive { get; } = new("gdrive");

    /// <summary>Microsoft's mail.</summary>
    public static Integration Outlook { get; } = new("outlook");

    /// <summary>GitHub.</summary>
    public static Integration GitHub { get; } = new("github");

    /// <summary>Linear.</summary>
    public static Integration Linear { get; } = new("linear");

    /// <summary>Tailscale, by an authentication key.</summary>
    public static Integration Tailscale { get; } = new("tailscale");

    /// <summary>Amazon Web Services, by an access key.</summary>
    public static Integration Aws { get; } = new("aws");

    /// <summary>An integration of any name.</summary>
    /// <param name="name">1 to 64 letters, digits, <c>-</c> and <c>_</c>; case does not matter.</param>
    /// <exception cref="ArgumentException">The name has other characters, or none.</exception>
    public static Integration Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var lower = name.ToLowerInvariant();
        return Pattern().IsMatch(lower)
            ? new Integration(lower)
            : throw new ArgumentException("An integration's name has 1 to 64 letters, digits, '-' and '_'.", nameof(name));
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    [GeneratedRegex("^[a-z0-9_-]{1,64}\\z")]
    private static partial Regex Pattern();
}
