using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Capsule.Generators.Tests;

/// <summary>What an edit writes again, in both directions: nothing where generated code can't differ, the right file where it does.</summary>
public class IncrementalityTests
{
    private const string Support = "Support.g.cs";
    private const string Index = "Capsule.Manifest.g.cs";

    private readonly CSharpCompilation app = TestProject.Of(
        ("Support.cs", """
            using Capsule;
            using Microsoft.Extensions.DependencyInjection;

            namespace App;

            public static class Support
            {
                /// <summary>Lists threads.</summary>
                [Data("threads", Access = Access.Authenticated)]
                public static string Threads(int page = 1) => "page " + page;

                [Endpoint("GET", "/reports/{id}")]
                public static string Report(int id)
                {
                    var text = "report";
                    return text + id;
                }
            }
            """),
        ("Other.cs", """
            using Capsule;

            namespace App;

            public static class Other
            {
                [Task(Retries = 1)]
                public static void Work(string argument) { }
            }
            """),
        ("Plain.cs", "namespace App; public class Plain { public int Number() => 1; }")).Compile();

    public static TheoryData<string, string, string> NothingChanges => new()
    {
        { "Support.cs", "var text = \"report\";", "var text = \"report\"; // said" },
        { "Support.cs", "return text + id;", "return text + id + 1;" },
        { "Support.cs", "=> \"page \" + page", "=> \"pages \" + page" },
        { "Support.cs", "namespace App;", "// A comment.\nnamespace App;" },
        { "Plain.cs", "=> 1", "=> 2" },
        { "Plain.cs", "public int Number() => 1;", "public int Number() => 1; public int More() => 2;" },
        { "Plain.cs", "public class Plain", "/// <summary>Plain.</summary>\npublic class Plain" },
        { "Support.cs", "public static class Support\n{", "public static class Support\n{\n    private static int Helper() => 1;" },
        { "Support.cs", "using Capsule;", "using Capsule;\nusing System.Text;" },
    };

    [Theory]
    [MemberData(nameof(NothingChanges))]
    public void Nothing_is_written_again_when_no_handler_changes(string path, string old, string replacement)
    {
        var session = new GeneratorSession(new CapsuleGenerator());
        session.Run(app);

        Assert.Empty(session.Run(app.Replace(path, old, replacement)).Emitted);
    }

    public static TheoryData<string, string> OneHandlerChanges => new()
    {
        { "/reports/{id}", "/report/{id}" },
        { "int page = 1", "int page = 2" },
        { "Lists threads.", "Lists all threads." },
        { "Access = Access.Authenticated", "Access = Access.Public" },
        { "[Data(\"threads\"", "[Data(\"all-threads\"" },
        { "(int id)", "(long id)" },
        { "Report(int id)", "Report(int id, [FromKeyedServices(\"k\")] IDisposable service)" },
    };

    [Theory]
    [MemberData(nameof(OneHandlerChanges))]
    public void A_changed_handler_writes_the_file_of_its_type(string old, string replacement)
    {
        var session = new GeneratorSession(new CapsuleGenerator());
        var before = session.Run(app).Sources["App." + Support];

        var run = session.Run(app.Replace("Support.cs", old, replacement));

        Assert.Equal(["App." + Support], run.Emitted);
        Assert.NotEqual(before, run.Sources["App." + Support]);
    }

    [Fact]
    public void A_handler_added_to_a_type_writes_the_file_of_its_type()
    {
        var session = new GeneratorSession(new CapsuleGenerator());
        session.Run(app);

        var run = session.Run(app.Replace("Support.cs", "public static class Support\n{",
            "public static class Support\n{\n    [Boot] public static void Start() { }\n"));

        Assert.Equal(["App." + Support], run.Emitted);
    }

    [Fact]
    public void The_first_handler_of_a_type_writes_its_file_and_the_index()
    {
        var session = new GeneratorSession(new CapsuleGenerator());
        session.Run(app);

        var run = session.Run(app.Replace("Plain.cs", "public class Plain {", "public class Plain { [Capsule.Boot] public static void Start() { }"));

        Assert.Equal(["App.Plain.g.cs", Index], run.Emitted.Where(file => file != "App." + Support));
    }

    [Fact]
    public void A_body_edit_does_not_reach_the_parser()
    {
        var session = new GeneratorSession(new CapsuleGenerator());
        session.Run(app);

        var run = session.Run(app.Replace("Support.cs", "var text = \"report\";", "var text = \"a report\";"));

        Assert.Equal([IncrementalStepRunReason.Unchanged], run.Reasons(TrackingNames.Declarations));
        Assert.All(run.Reasons(TrackingNames.Assembly), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void Every_step_has_a_name_and_takes_part()
    {
        var run = new GeneratorSession(new CapsuleGenerator()).Run(app);

        var names = typeof(TrackingNames).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.All(names, name => Assert.Contains(name, run.Steps));
    }
}
