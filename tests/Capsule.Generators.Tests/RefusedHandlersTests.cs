using Capsule.Generators.Model;
using Capsule.Generators.Parsing;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Capsule.Generators.Tests;

/// <summary>A declaration that can't be a handler gives no output, says which rule it breaks and where, and takes no other with it.</summary>
public class RefusedHandlersTests
{
    public static TheoryData<string, string> Refused => new()
    {
        { "CAP0001", "[Boot] private static void {|Bad|}() { }" },
        { "CAP0001", "private static class Hidden { [Boot] public static void {|Bad|}() { } }" },
        { "CAP0001", "[Task(RetryFor = new[] { typeof(Hidden) })] public static void {|Bad|}() { } private sealed class Hidden : Exception;" },
        { "CAP0002", "[Boot] public static void {|Bad|}<T>() { }" },
        { "CAP0002", "public static class Generic<T> { public static class Inner { [Boot] public static void {|Bad|}() { } } }" },
        { "CAP0003", "[Boot] public static async void {|Bad|}() => await Task.Yield();" },
        { "CAP0003", "[Boot] public static void {|Bad|}(ref int x) { }" },
        { "CAP0003", "public abstract class Abstract { [Boot] public abstract void {|Bad|}(); }" },
        { "CAP0003", "public interface IAbstract { [Boot] void {|Bad|}(); }" },
        { "CAP0004", "[Boot, Shutdown] public static void {|Bad|}() { }" },
        { "CAP0005", "[Message] public static string {|Bad|}() => \"\";" },
        { "CAP0005", "[Data(\"x\")] public static Span<int> {|Bad|}() => default;" },
        { "CAP0006", "public sealed class {|Several|} { public Several() { } public Several(int x) { } [Boot] public void Bad() { } }" },
        { "CAP0006", "public sealed class {|Needs|} { public required int X { get; set; } [Boot] public void Bad() { } }" },
        { "CAP0008", "[Message] public static void Bad(RequestContext {|request|}) { }" },
        { "CAP0008", "[Endpoint(\"GET\", \"/\")] public static void Bad(Session {|session|}) { }" },
        { "CAP0310", "[Schedule(\"0 * * * *\")] public static void Bad(RequestContext {|request|}) { }" },
        { "CAP0101", "[Endpoint(\"GET\", \"/\")] public static void Bad(Span<int> {|span|}) { }" },
        { "CAP0102", "[Endpoint(\"POST\", \"/\")] public static void Bad([FromBody] Uri a, [FromBody] Uri {|b|}) { }" },
        { "CAP0104", "[Endpoint(\"GET\", \"/\")] public static void Bad([FromQuery, FromHeader] int {|x|}) { }" },
        { "CAP0104", "[Endpoint(\"GET\", \"/\")] public static void Bad([FromQuery] RequestContext {|x|}) { }" },
        { "CAP0102", "[Endpoint(\"POST\", \"/\")] public static void Bad([FromForm] string a, [FromBody] Uri {|b|}) { }" },
        { "CAP0102", "[Endpoint(\"POST\", \"/\")] public static void Bad([FromBody] Uri a, IFormFile {|b|}) { }" },
        { "CAP0104", "[Endpoint(\"GET\", \"/\")] public static void Bad([FromServices, FromKeyedServices(\"a\")] IServiceProvider {|x|}) { }" },
        { "CAP0106", "[Endpoint(\"GET\", \"/\")] public static void Bad([AsParameters] Values? {|x|}) { } public class Values { public int A { get; set; } }" },
        { "CAP0106", "[Endpoint(\"GET\", \"/\")] public static void Bad([AsParameters] Values {|x|}) { } public abstract class Values { public int A { get; set; } }" },
        { "CAP0106", "[Endpoint(\"GET\", \"/\")] public static void Bad([AsParameters] int[] {|x|}) { }" },
        { "CAP0106", "[Endpoint(\"GET\", \"/\")] public static void Bad([AsParameters] Values {|x|}) { } public class Values(int a) { public int B => a; }" },
        { "CAP0106", "[Endpoint(\"GET\", \"/\")] public static void Bad([AsParameters] Values {|x|}) { } public class Values { public Values(int a) { } public Values(long b) { } }" },
        { "CAP0106", "[Endpoint(\"GET\", \"/\")] public static void Bad([AsParameters] Values x) { } public class Values { [AsParameters] public Uri {|A|} { get; set; } = null!; }" },
        { "CAP0107", "[Endpoint(\"POST\", \"/\")] public static void Bad([FromForm] Values {|x|}) { } public class Values { public Values() { } public Values(int a) { } }" },
        { "CAP0107", "[Endpoint(\"POST\", \"/\")] public static void Bad([FromForm] Values {|x|}) { } public class Values { public System.Collections.IList? A { get; set; } }" },
        { "CAP0107", "[Endpoint(\"POST\", \"/\")] public static void Bad([FromForm(Name = \"a\")] IFormCollection {|x|}) { }" },
        { "CAP0107", "[Endpoint(\"GET\", \"/\")] public static void Bad([Utc] IServiceProvider {|x|}) { } public sealed class UtcAttribute() : FromKeyedServicesAttribute(\"utc\");" },
        { "CAP0203", "[Endpoint(\"GET\", \"/{a}\")] public static void Bad([FromRoute] int {|b|}) { }" },
        { "CAP0204", "[Task] public static void Twice() { } public static class Other { [Task] public static void {|Twice|}() { } }" },
        { "CAP0206", "[Message] public static void A() { } [Message] public static void {|B|}() { }" },
        { "CAP0205", "[Task] public static void {|Get|}() { }" },
        { "CAP0205", "[Task] public static void Bad(int {|options|}) { }" },
        { "CAP0205", "[Data(\"{|a/b|}\")] public static string Bad() => \"\";" },
        { "CAP0205", "[Document(\"1\")] public record {|Row|}(string Id);" },
        { "CAP0207", "[Document(\"rows\")] public record {|Row|}(int Id);" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_rule_that_is_broken(string rule, string member)
    {
        var (source, start, length) = Unmark("using Capsule; using Microsoft.AspNetCore.Mvc;\npublic static class Handlers\n{\n"
            + "    [Exit] public static void Good() { }\n    " + member + "\n}\n");
        var compilation = TestProject.Of(source).Compile();

        var problems = new ProblemList();

        AssemblyParser.Parse(compilation, problems, default);

        var problem = Assert.Single(problems.Findings);
        Assert.Equal((rule, "Program.cs", new TextSpan(start, length)), (problem.Rule, problem.Location.SourceTree!.FilePath, problem.Location.SourceSpan));
        var run = GeneratorSession.RunOnce(new CapsuleGenerator(), compilation);
        Assert.Empty(run.Diagnostics);
        Assert.Contains("Handlers.Good", run.Sources["Handlers.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_local_type_is_not_accessible()
    {
        var problems = new ProblemList();
        var assembly = AssemblyParser.Parse(TestProject.Of("using Capsule; file static class Hidden { [Boot] public static void Start() { } }").Compile(), problems, default);

        Assert.Equal("CAP0001", Assert.Single(problems.Findings).Rule);
        Assert.Empty(assembly.Types);
    }

    [Fact]
    public void An_unknown_type_is_left_to_the_compiler()
    {
        var run = GeneratorSession.RunOnce(
            new CapsuleGenerator(), TestProject.Of("using Capsule; public static class X { [Boot] public static void Start(Missing missing) { } }").Compile());

        Assert.Equal("CS0246", Assert.Single(run.Output.Problems()).Id);
    }

    [Fact]
    public void An_old_language_version_is_reported_once()
    {
        var project = TestProject.Of("using Capsule; public static class X { [Boot] public static void Start() { } [Boot] public static void Again() { } }");
        var run = GeneratorSession.RunOnce(new CapsuleGenerator(), (project with { LanguageVersion = LanguageVersion.CSharp12 }).Compile());

        Assert.Equal("CAP0901", Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.Sources);
    }

    [Fact]
    public void Handlers_without_the_host_are_reported_once()
    {
        var project = TestProject.Of("using Capsule; public static class X { [Boot] public static void Start() { } }");
        var withoutHost = project with { References = [.. References.Capsule.Where(reference => !reference.Display!.EndsWith("Capsule.Host.dll", StringComparison.Ordinal))] };

        Assert.Equal("CAP0901", Assert.Single(GeneratorSession.RunOnce(new CapsuleGenerator(), withoutHost.Compile()).Diagnostics).Id);
    }

    [Fact]
    public void A_handler_that_the_parser_fails_on_takes_no_other_with_it()
    {
        var compilation = TestProject.Of("using Capsule; public static class X { [Boot] public static void Start() { } [Message] public static void Handle() { } }").Compile();
        var type = compilation.GetTypeByMetadataName("X")!;
        var candidate = new Candidate(type);
        candidate.Methods.UnionWith(type.GetMembers().OfType<IMethodSymbol>());
        var failures = new List<Failure>();

        // Names are needed for messages only: the parser can't do without.
        var model = new TypeParser(compilation, type, names: null!, new ProblemList(), failures, default).Parse(candidate, "TestApp");

        Assert.Equal(("CAP0902", "X.Handle"), (Assert.Single(failures).Rule, failures[0].Arguments[0]));
        Assert.Equal("X.Start", Assert.Single(model!.Handlers).Method.Id);
    }

    private static (string Source, int Start, int Length) Unmark(string text)
    {
        var start = text.IndexOf("{|", StringComparison.Ordinal);
        var end = text.IndexOf("|}", StringComparison.Ordinal) - 2;
        return (text.Replace("{|", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal), start, end - start);
    }
}
