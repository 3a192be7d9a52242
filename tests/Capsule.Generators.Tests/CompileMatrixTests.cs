using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Tests;

/// <summary>Generated code compiles without a warning whatever the author's names and settings are.</summary>
public class CompileMatrixTests
{
    private const string Handlers = """
        /// <summary>All kinds, with names that could get in the way.</summary>
        public static class Handlers
        {
            [Message] public static void OnMessage(Session session, Message message, IServiceProvider services) { }
            [Message("a \"quoted\" \\ name")] public static global::System.Threading.Tasks.ValueTask Named(Message message, Session session) => default;
            [Data("da\"ta\\")] public static string Data(string @class = "a\"b\\c\n", int @event = 1, char quote = '\'', decimal money = 1.5m) => @class + @event;
            [Data("session")] public static string WithSession(Session session, RequestContext request) => session.Id;
            [Data("optional")] public static string WithOptionalSession(Session? session, CancellationToken cancellationToken) => "x";
            [Endpoint("GET", "/quote\"s/{id:regex(^\\d{{3}}$)}/{**rest}")] public static Wrapper Route(string id, string rest) => new(id, null);
            [Endpoint("POST", "/body")] public static global::System.Threading.Tasks.Task<Wrapper?> Body(Wrapper? body, int? page, DayOfWeek day, string[]? tags) => global::System.Threading.Tasks.Task.FromResult(body);
            [Endpoint("POST", "/both")] public static async global::System.Threading.Tasks.Task Both(IFormatProvider? service, [FromServices] IServiceProvider services) => await global::System.Threading.Tasks.Task.Yield();
            [Endpoint("GET", "/values")] public static IResult Values(int[] numbers, Guid? id, DateTime at, Uri? link, [FromHeader(Name = "X-\"y\"")] string? header, Microsoft.Extensions.Primitives.StringValues all) => Results.Ok();
            [Endpoint("GET", "/parts")] public static object Parts(HttpContext context, HttpRequest request, HttpResponse response, global::System.Security.Claims.ClaimsPrincipal user, global::System.IO.Stream stream) => "x";
            [Schedule("0 * * * *", TimeZone = "Europe/Berlin", Missed = Missed.RunAll)] public static void Hourly(ScheduleRun run, Session session, TaskClient tasks) { }
            [Task(RetryFor = new[] { typeof(TimeoutException) }, Lock = "a\"{@class}", Backoff = Backoff.Fixed)] public static Wrapper Work(Session? session, string @class, Wrapper @event, TaskProgress progress, int SubmitAsync = 1, string? tasks = null) => @event;
            [Task] public static async global::System.Threading.Tasks.Task PlainAsync(IServiceProvider services, DayOfWeek day = DayOfWeek.Friday) => await global::System.Threading.Tasks.Task.Yield();
            [Boot] public static void Start(CancellationToken cancellationToken) { }
            [Shutdown] public static global::System.Threading.Tasks.Task Stop() => global::System.Threading.Tasks.Task.CompletedTask;
            [Enter] public static void Enter(Session session) { }
            [Exit] public static void Exit(Session session) { }

            public static partial class Nested
            {
                [Endpoint("GET", "/nested")] internal static int Route(int id = -1) => id;
            }
        }

        public sealed class Instance(IServiceProvider services) : IAsyncDisposable
        {
            [Endpoint("GET", "/instance")] public string @return() => services.GetType().Name;
            [Message("instance")] public void OnMessage(Message message) { }
            [Task] public int InstanceWork(string @class) => 1;
            public global::System.Threading.Tasks.ValueTask DisposeAsync() => default;
        }

        public record Wrapper(string Text, Wrapper? Inner);

        [Document("wrapped-rows", Scope = Scope.User)]
        public record Row(string Id, string? @event, int? Number, DateTimeOffset At, DayOfWeek Day, Wrapper Inner, string RowFields);
        """;

    private const string Usings = """
        using System;
        using System.Threading;
        using Capsule;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;

        """;

    public static TheoryData<string, NullableContextOptions> Matrix
    {
        get
        {
            var data = new TheoryData<string, NullableContextOptions>();
            foreach (var space in new[] { "", "System", "Task", "Capsule.Generated", "Microsoft", "App.Capsule", "App.System.Task", "@class.@event", "Capsule" })
            {
                foreach (var nullable in new[] { NullableContextOptions.Enable, NullableContextOptions.Disable, NullableContextOptions.Annotations })
                    data.Add(space, nullable);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Any_namespace_and_nullability(string space, NullableContextOptions nullable)
    {
        var code = nullable == NullableContextOptions.Disable ? Oblivious(Handlers) : Handlers;
        var source = space.Length == 0 ? Usings + code : $"{Usings}namespace {space}\n{{\n{code}\n}}\n";
        AssertCompiles(TestProject.Of(source) with { Nullable = nullable, ImplicitUsings = false }, files: 4);
    }

    [Theory]
    [InlineData("My.App")]
    [InlineData("My_App")]
    [InlineData("1-app ü")]
    [InlineData("Capsule")]
    public void Any_assembly_name(string name) =>
        AssertCompiles(TestProject.Of(Usings + Handlers) with { AssemblyName = name, ImplicitUsings = false }, files: 4);

    [Fact]
    public void Types_and_handlers_of_the_same_names()
    {
        var project = TestProject.Of("""
            using Capsule;
            namespace A { public static class Support { [Boot] public static void Run() { } [Endpoint("GET", "/a")] public static int Get() => 1; [Endpoint("GET", "/b")] public static int Get(int id) => 1; } }
            namespace B { public static class Support { [Boot] public static void Run() { } [Task] public static void TaskOfB(int id) { } [Document("a")] public record Row(string Id); } }
            namespace C { public static class Support { [Boot] public static void Run() { } public static class support { [Boot] public static void Run() { } } [Document("b")] public record Row(string Id); } }
            namespace c { public static class Support { [Boot] public static void Run() { } } }
            public partial class Parts { [Boot] public static partial void First(); }
            public partial class Parts { [Shutdown] public static void Last() { } public static partial void First() { } }
            """);
        AssertCompiles(project, files: 8);
    }

    private static void AssertCompiles(TestProject project, int files)
    {
        var run = GeneratorSession.RunOnce(new CapsuleGenerator(), project.Compile());

        Assert.Empty(run.Diagnostics);
        Assert.Equal(files + 1, run.Sources.Count);
        run.Output.AssertClean();
    }

    private static string Oblivious(string code) =>
        code.Replace("int?", "int", StringComparison.Ordinal).Replace("Guid?", "Guid", StringComparison.Ordinal)
            .Replace("? ", " ", StringComparison.Ordinal)
            .Replace("?>", ">", StringComparison.Ordinal);
}
