using System.Reflection;
using Capsule.Generators.Tests.Harness;
using Capsule.Hosting;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Tests;

/// <summary>Handlers of referenced libraries run as the app's own do, and apps in one process don't see each other.</summary>
public class SeveralProjectsTests
{
    private static readonly Compilation Base = Build("Base", """
        using Capsule;
        namespace Base;
        public static class BaseHandlers
        {
            [Data("base")] public static string Data() => "base";
            [Task] public static int BaseWork(string argument) => argument.Length;
            [Boot] internal static void Start() { }
        }
        [Document("base-rows")] public sealed record BaseRow(string Id, int Count);
        [Document("hidden-rows")] internal sealed record HiddenRow(string Id);
        """);

    private static readonly Compilation Middle = Build("Middle.Library", """
        using Capsule;
        namespace Middle;
        internal static class MiddleHandlers
        {
            [Data("middle")] public static string Data() => "middle";
            [Task] public static Task MiddleWork(TaskClient tasks) => tasks.BaseWork.SubmitAsync("a");
        }
        """, Base);

    private const string App = """
        using Capsule;
        public static class AppHandlers
        {
            [Data("app")] public static async Task<string> Data(TaskClient tasks, Collection<Base.BaseRow> rows)
            {
                await tasks.BaseWork.SubmitAsync("a");
                await tasks.AppWork.SubmitAsync();
                await rows.FindAsync(row => row.Count > 1, sort: row => row.Count.Ascending());
                return "app";
            }
            [Task] public static void AppWork() { }
        }
        """;

    [Fact]
    public void An_app_includes_the_manifests_of_direct_and_indirect_references()
    {
        var app = Build("App", App, Base, Middle);

        var handlers = app.Load(assembly => HandlersOf(assembly), Base, Middle);

        Assert.Equal(["AppHandlers.Data", "Base.BaseHandlers.Data", "Middle.MiddleHandlers.Data"], handlers.Http.Select(handler => handler.Id).Order());
        Assert.Equal(["AppWork", "BaseWork", "MiddleWork"], handlers.Tasks.Select(task => task.Name).Order());
        Assert.Equal(["base-rows", "hidden-rows"], handlers.Documents.Select(document => document.Name).Order());
        Assert.Equal("Base.BaseHandlers.Start", Assert.Single(handlers.AppEvents).Id);
    }

    [Fact]
    public void An_app_without_handlers_still_runs_those_of_its_libraries()
    {
        var app = Build("Empty", "public static class Nothing { }", Middle, Base);

        Assert.Equal(2, app.Load(assembly => HandlersOf(assembly), Base, Middle).Http.Count);
    }

    [Fact]
    public void Internal_facades_stay_in_their_library()
    {
        var app = TestProject.Of("using Capsule; public static class X { public static object Get(TaskClient tasks) => tasks.MiddleWork; }");
        var compilation = (app with { References = [.. app.References, Base.ToMetadataReference(), Middle.ToMetadataReference()] }).Compile();

        Assert.Contains(compilation.Problems(), problem => problem.Id is "CS1061" or "CS0122");
    }

    [Fact]
    public void Two_apps_in_one_process_have_their_own_handlers()
    {
        var first = Build("First", "using Capsule; public static class One { [Data(\"x\")] public static string Data() => \"first\"; }");
        var second = Build("Second", "using Capsule; public static class One { [Data(\"x\")] public static string Data() => \"second\"; [Boot] public static void Start() { } }");

        var (firstHttp, firstEvents) = first.Load(assembly => (HandlersOf(assembly).Http.Count, HandlersOf(assembly).AppEvents.Count));
        var (secondHttp, secondEvents) = second.Load(assembly => (HandlersOf(assembly).Http.Count, HandlersOf(assembly).AppEvents.Count));

        Assert.Equal((1, 0, 1, 1), (firstHttp, firstEvents, secondHttp, secondEvents));
    }

    private static HandlerRegistry HandlersOf(Assembly assembly)
    {
        var registry = new HandlerRegistry();
        registry.Include(assembly.GetCustomAttributes().OfType<CapsuleManifestAttribute>().Single().Create());
        return registry;
    }

    private static Compilation Build(string name, string source, params Compilation[] references)
    {
        var project = TestProject.Of(source);
        var compilation = (project with
        {
            AssemblyName = name,
            References = [.. project.References, .. references.Select(reference => reference.ToMetadataReference())],
        }).Compile();
        var run = GeneratorSession.RunOnce(new CapsuleGenerator(), compilation);
        Assert.Empty(run.Diagnostics);
        run.Output.AssertClean();
        return run.Output;
    }
}
