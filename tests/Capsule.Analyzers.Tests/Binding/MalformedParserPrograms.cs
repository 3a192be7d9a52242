using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Binding;

/// <summary>CAP0105.</summary>
internal static class MalformedParserPrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Point("bool TryParse(string text, out Point point) { point = new(1); return true; }"),
        Point("internal static bool TryParse(string text, out Point point) { point = new(1); return true; }"),
        Point("public static void TryParse(string text, out Point point) => point = new(1);"),
        Point("public static bool TryParse(ReadOnlySpan<char> text, out Point point) { point = new(1); return true; }"),
        Point("public static bool TryParse(string text, ref Point point) => true;"),
        Point("public static bool TryParse(string text, out Point? point) { point = null; return true; }", "record struct"),
        Point("public static Task<Point> BindAsync(HttpContext context) => Task.FromResult(new Point(1));"),
        Point("public ValueTask<Point> BindAsync(HttpContext context) => new(this);"),
        Point("private static ValueTask<Point> BindAsync(HttpContext context) => default;", "record struct"),
        Types("public record Point(int X) { public static Point BindAsync(HttpContext context) => new(1); } public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle(Point {|CAP0105:at|}) => 1; }"),
        Types("public record Point(int X) { public static bool TryParse(string text, System.Globalization.CultureInfo culture, out Point point) { point = new(1); return true; } } public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle(Point {|CAP0105:at|}) => 1; }"),
        Types("public record Point(int X) { public static bool TryParse(ReadOnlySpan<char> text, out Point point) { point = new(1); return true; } } public static class App { [Endpoint(\"POST\", \"/{at}\")] public static int Handle(Point {|CAP0105:at|}, HttpContext context) => 1; }"),
        Point("private static bool TryParse(string text, out Point point) { point = new(1); return true; }", "partial record"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Get("public partial record Point(int X) { private static bool TryParse(ReadOnlySpan<char> text, out Point point) { point = new(1); return true; } } public partial record Point { public static bool TryParse(string text, out Point point) => TryParse(text.AsSpan(), out point); }"),
        Types("public partial record Point(int X) { private static bool TryParse(string line, out Point point) { point = new(1); return true; } public static Point? Read(string line) => TryParse(line, out var point) ? point : null; } public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle(Point at) => 1; }"),
        Get("public record Point(int X) { public static bool TryParse(string text, out Point point) { point = new(1); return true; } }"),
        Get("public record Point(int X) { public static bool TryParse(string text, IFormatProvider? provider, out Point point) { point = new(1); return true; } internal static bool TryParse(string text, int numberBase, out Point point) { point = new(1); return true; } }"),
        Get("public record Point(int X) { public static ValueTask<Point?> BindAsync(HttpContext context) => default; public static Task<Point> BindAsync(string text) => Task.FromResult(new Point(1)); }"),
        Get("public class Point { public bool TryParse(string text, out int number) => int.TryParse(text, out number); }"),
        Get("public class Point { public Task<int> BindAsync(HttpContext context) => Task.FromResult(1); }"),
        Types("public record Point(int X) { public static bool TryParse(ReadOnlySpan<char> line, out Point point) { point = new(1); return true; } } public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle(Point at) => 1; }"),
        Types("public record Point(int X) { private static bool TryParse(string line, out Point point) { point = new(1); return true; } public static Point? Read(string line) => TryParse(line, out var point) ? point : null; } public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle(Point at) => 1; }"),
        Types("public record Point(int X) { public static bool TryParse(string text, Point other) => text.Length > other.X; } public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle(Point at) => 1; }"),
        Types("public record Point(int X) { private static Task<Point> BindAsync(HttpContext context) => Task.FromResult(new Point(1)); public static Task<Point> Of(HttpContext context) => BindAsync(context); } public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle(Point at) => 1; }"),
        Types("public record Point(int X) { public static Point? TryParse(string line) => null; } public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle(Point at) => 1; }"),
        Types("public record Point(int X) { internal static bool TryParse(string text, out Point point) { point = new(1); return true; } } public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle([FromBody] Point at) => 1; }"),
        Types("public record Point(int X) { private static bool TryParse(string text, out Point point) { point = new(1); return true; } } public static class App { [Endpoint(\"GET\", \"/\")] public static int Handle([FromServices] Point at) => 1; }"),
        Types("public record Point(int X) { internal static bool TryParse(string text, out Point point) { point = new(1); return true; } } public static class App { [Task] public static int Handle(Point at) => 1; }"),
    ];

    private static string Point(string member, string kind = "record") =>
        Types($"public {kind} Point(int X) {{ {member} }} public static class App {{ [Endpoint(\"GET\", \"/\")] public static int Handle(Point {{|CAP0105:at|}}) => 1; }}");

    private static string Get(string type) => Types($"{type} public static class App {{ [Endpoint(\"GET\", \"/\")] public static int Handle(Point at) => 1; }}");
}
