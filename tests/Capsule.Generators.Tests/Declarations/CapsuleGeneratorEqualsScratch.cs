using Capsule.Generators.Tests.Harness;
using Xunit.Abstractions;

namespace Capsule.Generators.Tests.Declarations;

/// <summary>The real generator through random edits. Random declarations are seldom handlers, so each program begins with some that depend on its names.</summary>
public sealed class CapsuleGeneratorEqualsScratch(ITestOutputHelper output) : IncrementalEqualsScratch<CapsuleGenerator>(output)
{
    internal override TestProject App { get; } = new() { Files = [("Handlers.cs", Handlers)] };

    internal override TestProject Library { get; } = new() { AssemblyName = "Library" };

    protected override int Programs => 20;

    private const string Handlers = """
        using Capsule;
        using static Names;

        public static class Seed
        {
            /// <summary>Words.</summary>
            [Message("a")] public static void Answer(Session session, Message message) { }
            [Data("b", Access = Access.Authenticated)] public static string Read(int page = N0, string? text = S0) { return S0; }
            [Endpoint("GET", "/x/" + S0)] public static int Get(int id = Image.Version, Kind kind = Kind.B) => id;
            [Endpoint("POST", "/y")] public static void Post(Body body, string? name = Shared.Prefix) { }
            [Schedule("0 * * * *", TimeZone = "UTC")] public static void Hourly(ScheduleRun run) { }
            [Task(Retries = N1, Lock = S1)] public static string? Work(int amount = Shared.Limit, string? title = Image.Name) => title;
            [Boot] public static void Start() { }
        }

        [Document("rows", Scope = Scope.Owner)]
        public sealed record Row(string Id, int Number, Kind Kind, string? Text);

        public sealed record Body(string Title);
        """;
}
