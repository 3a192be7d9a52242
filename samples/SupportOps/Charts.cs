namespace SupportOps;

/// <summary>A picture to show, drawn as text so that the sample needs no file.</summary>
internal static class Charts
{
    private const string Svg = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 120" font-family="sans-serif" font-size="14">
          <rect width="320" height="120" rx="8" fill="#f4f4f5"/>
          <text x="16" y="44" fill="#27272a">open</text><rect x="80" y="30" width="210" height="18" rx="4" fill="#2563eb"/>
          <text x="16" y="84" fill="#27272a">closed</text><rect x="80" y="70" width="70" height="18" rx="4" fill="#a1a1aa"/>
        </svg>
        """;

    public static string ThreadsByStatus { get; } = "data:image/svg+xml;base64," + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Svg));
}
