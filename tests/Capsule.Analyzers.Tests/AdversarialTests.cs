using System.Globalization;
using System.Text;
using Capsule.Analyzers.Tests.Corpus;
using Capsule.Analyzers.Tests.Declarations;
using Capsule.Analyzers.Tests.Harness;
using Capsule.Generators;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers.Tests;

/// <summary>Whatever somebody types, no analyzer fails and none hangs.</summary>
public class AdversarialTests
{
    private const int Limit = 240_000;

    private static readonly BuildProperties AheadOfTime = new(("PublishAot", "true"));

    [Theory(Timeout = Limit)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Programs_that_end_anywhere(int part)
    {
        foreach (var program in CorpusProgram.All.Where(program => program.Text is not null))
            await SurvivesAsync(program.With(program.Text![..(program.Text!.Length * part / 4)]).Project);
    }

    [Theory(Timeout = Limit)]
    [InlineData('(')]
    [InlineData(')')]
    [InlineData('}')]
    [InlineData('"')]
    [InlineData('<')]
    public async Task Programs_that_lack_a_character(char missing)
    {
        var random = new Random(missing);
        foreach (var program in CorpusProgram.All.Where((program, index) => program.Text is not null && index % 4 == missing % 4))
        {
            var text = program.Text!;
            var places = Enumerable.Range(0, text.Length).Where(place => text[place] == missing).ToList();
            if (places.Count > 0)
                await SurvivesAsync(program.With(text.Remove(places[random.Next(places.Count)], 1)).Project);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Programs_without_references()
    {
        foreach (var program in CorpusProgram.All.Where((_, index) => index % 9 == 0))
        {
            await SurvivesAsync(program.Project with { References = References.NetCore });
            await SurvivesAsync(program.Project with { References = References.AspNetCore });
            await SurvivesAsync(program.Project with { References = [.. References.Capsule.Where(reference => !reference.Display!.EndsWith("Capsule.Host.dll", StringComparison.Ordinal))] });
            await SurvivesAsync(program.Project with { References = [.. References.Capsule.Where(reference => !reference.Display!.Contains("Microsoft.AspNetCore.", StringComparison.Ordinal))] });
        }
    }

    [Theory(Timeout = Limit)]
    [InlineData("[Data(\"d\"), Data(\"d\"), Data(\"e\")] public static int Handle([FromQuery, FromQuery, FromBody, FromBody] int x, int x) => 1;")]
    [InlineData("[Message, Message, Message(\"a\")] public static void Handle() { } [Message, Message] public static void Handle() { }")]
    [InlineData("[Document(\"d\"), Document(\"d\")] public record Row(string Id, string Id);")]
    [InlineData("[Endpoint(\"GET\", \"/{id}/{id?}/{id=1}/{*id}\")] public static int Handle(int id, int? id) => 1;")]
    [InlineData("[ProducesResponseType, ProducesResponseType<>(200), EndpointName, EndpointName(1), Data(\"d\")] public static IResult Handle() => null!;")]
    [InlineData("[JsonSerializable, JsonSerializable(1), JsonSerializable(typeof())] public class C : JsonSerializerContext; [Data(\"d\")] public static C Handle() => null!;")]
    public Task Attributes_given_twice_or_wrongly(string members) => SurvivesAsync(TestProject.Of("using System.Text.Json.Serialization;\n" + DeclarationProgram.Members(members)));

    [Fact(Timeout = Limit)]
    public async Task Huge_texts()
    {
        var text = new string('x', 200_000);
        var braces = string.Concat(Enumerable.Repeat("{a}/", 20_000));
        await SurvivesAsync(TestProject.Of(DeclarationProgram.Members($$"""
            [Data("{{text}}"), EndpointName("{{text}}")] public static int A([FromQuery(Name = "{{text}}")] int a) => a;
            [Endpoint("{{text}}", "/{{braces}}")] public static int B([FromRoute(Name = "{{text}}")] int a) => a;
            [Endpoint("GET", "/{{{text}}}")] public static int C() => 1;
            [Task(Lock = "{{braces}}")] public static void D(int a) { }
            [Schedule("{{text}}", Name = "{{text}}", TimeZone = "{{text}}")] public static void E() { }
            public static void {{text}}() => Console.WriteLine("{{text}}");
            """)));
    }

    [Theory(Timeout = Limit)]
    [InlineData("public class Node<T> { public Node<Node<T>>? Next { get; set; } public T? Value { get; set; } }", "Node<int>")]
    [InlineData("public record Left(Right Right); public record Right(Left Left, List<Right[]> All);", "Left")]
    [InlineData("public interface IPart : IComparable<IPart> { IPart Part { get; } }", "IPart")]
    [InlineData("public class Part : Part { public Part Inner => this; }", "Part")]
    [InlineData("public struct Part { public Part Inner { get; set; } public Part? Other { get; set; } }", "Part")]
    public Task Types_that_contain_themselves(string types, string type) => SurvivesAsync(TestProject.Of(DeclarationProgram.Types($$"""
        using System.Text.Json.Serialization;
        {{types}}
        [JsonSerializable(typeof({{type}}))] public partial class Context : JsonSerializerContext;
        public static class App
        {
            [Data("d")] public static {{type}} Get() => default!;
            [Task] public static {{type}} Run({{type}} part) => part;
            [Endpoint("POST", "/")] public static void Post([FromBody] {{type}} part, [AsParameters] {{type}} other) { }
            [Endpoint("GET", "/x")] public static void Read({{type}} part, {{type}}[] parts) { }
        }
        """)));

    [Fact(Timeout = Limit)]
    public async Task Calls_that_go_round_through_five_thousand_methods()
    {
        const int count = 5_000;
        var program = new StringBuilder("using Capsule;\npublic static class App\n{\n    [Schedule(\"0 * * * *\")] public static Task Start(Session session) => M0(session);\n");
        for (var i = 0; i < count; i++)
            program.AppendLine(CultureInfo.InvariantCulture, $"    private static async Task M{i}(Session session) {{ await M{(i + 1) % count}(session); await M{i * 7 % count}(session); }}");
        program.AppendLine("}");

        Assert.Empty(await Analysis.RunAsync(TestProject.Of(program.ToString()).Compile()));
    }

    [Fact(Timeout = Limit)]
    public async Task Five_thousand_handlers()
    {
        var program = new StringBuilder("using Capsule;\npublic static class App\n{\n");
        for (var i = 0; i < 5_000; i++)
            program.AppendLine(CultureInfo.InvariantCulture, $"    [Endpoint(\"GET\", \"/path{i}/{{id}}\")] public static int Handler{i}(int id, string? text) => id;");
        program.AppendLine("}");

        Assert.Empty(await Analysis.RunAsync(TestProject.Of(program.ToString()).Compile()));
    }

    /// <summary>Neither the generator nor an analyzer throws; what they say is of no interest here.</summary>
    private static async Task SurvivesAsync(TestProject project)
    {
        var compilation = project.Compile();
        var run = GeneratorSession.RunOnce(new CapsuleGenerator(), compilation);
        Assert.Empty(run.Diagnostics.Where(diagnostic => diagnostic.Id is "CAP0902" or "CS8785"));
        await Analysis.RunAsync(compilation, AheadOfTime);
    }
}
