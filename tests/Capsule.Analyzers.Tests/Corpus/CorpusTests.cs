using System.Text.RegularExpressions;
using Capsule.Analyzers.Tests.Declarations;
using Capsule.Analyzers.Tests.Harness;
using Capsule.Generators;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers.Tests.Corpus;

/// <summary>No rule reports anything about correct programs, and the generator emits exactly what no declaration rule reports, also of programs that are changed.</summary>
public class CorpusTests
{
    /// <summary>What turns correct declarations into others, most of them wrong.</summary>
    private static readonly (string Pattern, string Replacement)[] Mutations =
    [
        ("public static", "private static"), ("public static", "protected internal static"), ("public (sealed )?class", "public abstract class"),
        ("public (static |sealed )?class (\\w+)", "file $1class $2"), ("public (static |sealed )?class (\\w+)", "public $1class $2<T>"),
        ("public static (\\w+) (\\w+)\\(", "public static $1 $2<T>("), ("static (async )?(Task|void) ", "static async void "),
        ("\\(Session session", "(ref Session session"), ("Session session", "RequestContext session"), ("Session session", "HttpContext session"),
        ("Session session", "Message session"), ("Session session", "Span<int> session"), ("Session session", "TaskProgress session"),
        ("\\[Message\\]", "[Message, Boot]"), ("\\[Message\\]", "[Boot]"), ("\\[Message\\]", "[Task]"), ("\\[Message\\]", "[Data(\"m\")]"), ("\\[Message\\]", "[Schedule(\"0 * * * *\")]"),
        ("\\[Data\\(\"[^\"]*\"", "[Data(\"a/b\""), ("\\[Data\\(\"[^\"]*\"", "[Data(\"\""), ("\\[Data\\(\"[^\"]*\"\\)", "[Endpoint(\"POST\", \"/x/{id}\")"), ("\\[Data\\(\"[^\"]*\"\\)", "[Endpoint(\"GET\", \"/health\")"),
        ("\\[Task", "[Boot, Task"), ("\\[Task", "[Message, Task"), ("\\[Endpoint\\(\"\\w+\", \"", "[Endpoint(\"GET\", \"/{"), ("\\}\"", "\""), ("\"/", "\"/data/"), ("\"/", "\"//"),
        ("\"0 ", "\"61 "), ("\\* \\* \\*", "* * FOO"), ("\\{mailbox\\}", "{mail}"), ("Lock = \"", "Lock = \"{nothing}"),
        ("string Id", "int Id"), ("string Id", "string Key"), ("\\[Document\\(\"", "[Document(\"1"), ("\\bint (\\w+)(?=[,)])", "out int $1"), ("\\bint (\\w+)(?=[,)])", "[FromRoute] int $1"),
        ("\\bint (\\w+)(?=[,)])", "ReadOnlySpan<char> $1"), ("\\bint (\\w+)(?=[,)])", "[AsParameters] int $1"), ("\\bint (\\w+)(?=[,)])", "[FromQuery, FromHeader] int $1"), ("\\bint (\\w+)(?=[,)])", "Action $1"),
        ("\\[From(Query|Route|Header|Form)", "[FromBody, From$1"), ("\\[From(Query|Header|Form)", "[FromRoute"), ("public (\\w+)\\(TimeProvider", "private $1(TimeProvider"),
        ("static Task Handle", "static Task<int> Handle"), ("static int (\\w+)", "static Span<int> $1"), ("static string (\\w+)", "static ref string $1"),
        ("(\\[\\w+.*\\n?.* )(\\w+)(\\(.*\\) (=>.*;|\\{.*\\}))", "$1$2$3 $1Second$3"), ("\\(\\)", "(TaskProgress progress, ScheduleRun run)"),
    ];

    public static TheoryData<string> Names => [.. CorpusProgram.All.Select(program => program.Name)];

    [Fact]
    public void There_are_many_programs()
    {
        Assert.True(CorpusProgram.All.Count >= 200);
        Assert.Distinct(CorpusProgram.All.Select(program => program.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_correct_program_is_not_reported(string name)
    {
        var bare = CorpusProgram.All.Single(program => program.Name == name).Compile();
        var run = GeneratorSession.RunOnce(new CapsuleGenerator(), bare);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        Assert.Empty(await Analysis.RunAsync(run.Output));
        Assert.Empty(await Analysis.RunAsync(bare));
        Agreement.Verify(bare, run, []);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_is_emitted_and_what_is_reported_agree(int seed)
    {
        var random = new Random(seed);
        var (compiled, reported) = (0, 0);
        foreach (var program in CorpusProgram.All.Where(program => program.Text is not null))
        {
            var changed = program.With(Mutate("using Microsoft.AspNetCore.Mvc;\n" + program.Text!, random));
            var bare = changed.Compile();
            var run = GeneratorSession.RunOnce(new CapsuleGenerator(), bare);
            Assert.Empty(run.Diagnostics);
            // What the compiler refuses is left to it.
            if (run.Output.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
                continue;
            compiled++;
            var errors = (await Analysis.RunAsync(bare)).Where(diagnostic => DeclarationRules.All.Contains(diagnostic.Descriptor)).ToList();
            reported += Math.Min(errors.Count, 1);
            Agreement.Verify(bare, run, errors);
        }
        Assert.True(compiled > 80 && reported > 30, $"Of the changed programs {compiled} compile and {reported} are reported.");
    }

    /// <summary>Changes one place, by a mutation that finds one.</summary>
    private static string Mutate(string text, Random random)
    {
        foreach (var (pattern, replacement) in Mutations.OrderBy(_ => random.Next()))
        {
            var places = Regex.Matches(text, pattern);
            if (places.Count == 0)
                continue;
            var place = places[random.Next(places.Count)];
            return text[..place.Index] + place.Result(replacement) + text[(place.Index + place.Length)..];
        }
        return text;
    }
}
