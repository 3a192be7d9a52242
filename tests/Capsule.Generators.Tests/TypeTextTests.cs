using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Capsule.Generators.Tests;

/// <summary>Comments of the types that handlers take and return: found wherever the types are, and written again only when they change.</summary>
public class TypeTextTests
{
    private const string Texts = "Capsule.TypeDocumentation.g.cs";

    private readonly CSharpCompilation app = TestProject.Of(
        ("Support.cs", """
            using Capsule;

            namespace App;

            public static class Support
            {
                [Data("reports")]
                public static Task<List<Report>> Reports() => Task.FromResult(new List<Report>());
            }
            """),
        ("Report.cs", """
            namespace App;

            /// <summary>A report of a year.</summary>
            /// <param name="Year">Which.</param>
            public sealed record Report(int Year)
            {
                /// <summary>Who wrote it.</summary>
                /// <example>Ada</example>
                public Author? Author { get; init; }

                public int Number() => 1;
            }

            /// <summary>A person.</summary>
            public class Author;

            /// <summary>In no request and no response.</summary>
            public class Hidden;
            """)).Compile();

    [Fact]
    public void Types_within_types_are_found_and_no_others()
    {
        var text = new GeneratorSession(new CapsuleGenerator()).Run(app).Sources[Texts];

        Assert.Contains("""yield return new("App.Author", "A person.", null, []);""", text, StringComparison.Ordinal);
        Assert.Contains(
            """yield return new("App.Report", "A report of a year.", null, [new("Year", "Which."), new("Author", "Who wrote it.", "Ada")]);""", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A person.", "A human being.")]
    [InlineData("Which.", "Which one.")]
    public void A_comment_that_changes_writes_the_texts_and_nothing_else(string old, string replacement)
    {
        var session = new GeneratorSession(new CapsuleGenerator());
        session.Run(app);

        Assert.Equal([Texts], session.Run(app.Replace("Report.cs", old, replacement)).Emitted);
    }

    [Theory]
    [InlineData("=> 1", "=> 2")]
    [InlineData("In no request and no response.", "Still in none.")]
    public void Another_edit_writes_nothing(string old, string replacement)
    {
        var session = new GeneratorSession(new CapsuleGenerator());
        session.Run(app);

        Assert.Empty(session.Run(app.Replace("Report.cs", old, replacement)).Emitted);
    }

    [Fact]
    public void Comments_of_other_assemblies_come_from_the_files_beside_them_and_only_those_asked_for_are_read()
    {
        var contracts = Library("Contracts", """
            namespace Contracts;
            public sealed record Order(int Number) { public string? Payer { get; init; } }
            """);
        var compilation = (TestProject.Of("""
            using Capsule;
            public static class Handlers { [Data("orders")] public static Contracts.Order[] Orders() => []; }
            """) with { References = [.. References.Capsule, contracts] }).Compile();
        AdditionalText[] files =
        [
            new XmlFile("/lib/Contracts.xml", """
                <doc><members>
                  <member name="T:Contracts.Order"><summary>What was bought.</summary><param name="Number">Which.</param></member>
                  <member name="P:Contracts.Order.Payer"><summary>Who <b>pays</b>.</summary></member>
                </members></doc>
                """),
            new XmlFile("/lib/Other.xml", null),
        ];

        var run = new GeneratorSession(new CapsuleGenerator(), additionalTexts: files).Run(compilation);

        Assert.Contains(
            """yield return new("Contracts.Order", "What was bought.", null, [new("Number", "Which."), new("Payer", "Who **pays**.")]);""",
            run.Sources[Texts],
            StringComparison.Ordinal);
        run.Output.AssertClean();
    }

    [Fact]
    public void Files_that_are_no_xml_and_comments_that_are_broken_do_no_harm()
    {
        var contracts = Library("Contracts", "namespace Contracts; public sealed record Order(int Number);");
        var compilation = (TestProject.Of("""
            using Capsule;
            /// <summary>Unclosed.
            public sealed record Broken(int Number);
            public static class Handlers
            {
                [Data("orders")] public static Contracts.Order Order() => new(1);
                [Data("broken")] public static Broken Broken() => new(1);
            }
            """) with { References = [.. References.Capsule, contracts] }).Compile();

        var run = new GeneratorSession(new CapsuleGenerator(), additionalTexts: [new XmlFile("Contracts.xml", "not xml")]).Run(compilation);

        Assert.Empty(run.Diagnostics);
        Assert.DoesNotContain("yield return", run.Sources[Texts], StringComparison.Ordinal);
    }

    private static MetadataReference Library(string name, string source)
    {
        using var image = new MemoryStream();
        Assert.True((TestProject.Of(source) with { AssemblyName = name }).Compile().Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>A file of the build; without a text, one that must not be opened.</summary>
    private sealed class XmlFile(string path, string? text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) =>
            SourceText.From(text ?? throw new InvalidOperationException($"{path} was opened."));
    }
}
