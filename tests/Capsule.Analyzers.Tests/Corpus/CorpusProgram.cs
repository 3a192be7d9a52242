using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Capsule.Analyzers.Tests.Harness;
using Capsule.Analyzers.Tests.Rules;
using Capsule.Generators.Tests;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Capsule.Analyzers.Tests.Corpus;

/// <summary>A correct program, with the libraries that it references.</summary>
internal sealed record CorpusProgram(string Name, TestProject Project, ImmutableArray<TestProject> Libraries)
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(TestEnvironment.ProjectDirectory, "..", ".."));

    public static IReadOnlyList<CorpusProgram> All { get; } = [.. FromTexts(), .. FromSamples(), .. FromPages()];

    /// <summary>The program as one text, for changing it; null when it is made of several files or projects.</summary>
    public string? Text => Libraries.IsEmpty && Project.Files is [(_, var text)] ? text : null;

    public CSharpCompilation Compile() => Project.References == References.Capsule && !Libraries.IsEmpty
        ? (Project with { References = Project.References.AddRange(Libraries.Select(library => Analysis.Generate(library.Compile()).ToMetadataReference())) }).Compile()
        : Project.Compile();

    public CorpusProgram With(string text) => this with { Project = Project with { Files = [(Project.Files[0].Path, text)] } };

    public override string ToString() => Name;

    /// <summary>
    /// The programs of this folder's text files. A line <c>//// Name</c> begins one; settings stand in brackets after it. Inside, <c>//// file: path</c>
    /// begins another file, <c>//// library: name</c> and <c>//// project</c> another project. Unless it is <c>[bare]</c>, it uses Capsule.
    /// </summary>
    private static IEnumerable<CorpusProgram> FromTexts() =>
        from path in Directory.GetFiles(Path.Combine(TestEnvironment.ProjectDirectory, "Corpus"), "*.txt").Order(StringComparer.Ordinal)
        from part in Regex.Split(File.ReadAllText(path), @"^//// (?!file: |library: |project$)", RegexOptions.Multiline)
        where part.Length > 0
        select Parse(Path.GetFileNameWithoutExtension(path), part);

    private static CorpusProgram Parse(string file, string part)
    {
        var end = part.IndexOf('\n', StringComparison.Ordinal);
        var header = Regex.Match(part[..end], @"^(.*?)( \[(\w+)\])?$");
        var setting = header.Groups[3].Value;
        var template = new TestProject
        {
            Nullable = setting == "nullable" ? NullableContextOptions.Disable : NullableContextOptions.Enable,
            OutputKind = setting == "exe" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            AllowUnsafe = setting == "unsafe",
        };

        var projects = new List<TestProject>();
        var current = template;
        foreach (var section in Regex.Split(part[(end + 1)..], "^//// ", RegexOptions.Multiline))
        {
            var (head, text) = Regex.Match(section, @"^(file: |library: |project\n)") is { Success: true, Value: var kind }
                ? (kind.Trim(), section[(section.IndexOf('\n', StringComparison.Ordinal) + 1)..])
                : ("", section);
            var name = head is "file:" or "library:" ? section[(section.IndexOf(' ', StringComparison.Ordinal) + 1)..section.IndexOf('\n', StringComparison.Ordinal)] : "Program.cs";
            if (head == "library:")
                current = template with { AssemblyName = name };
            else if (head == "project")
            {
                projects.Add(current);
                current = template;
            }
            if (head is not "library:" && (text.Trim().Length > 0 || head.Length > 0 || setting == "bare"))
                current = current with { Files = current.Files.Add((name, UsesCapsule(text) || setting == "bare" ? text : "using Capsule;\n" + text)) };
        }
        return new CorpusProgram($"{file}: {header.Groups[1].Value}", current, [.. projects]);
    }

    private static bool UsesCapsule(string text) => text.Contains("using Capsule;", StringComparison.Ordinal);

    private static IEnumerable<CorpusProgram> FromSamples()
    {
        var folder = Path.Combine(Root, "samples");
        yield return Of("samples: Hello", OutputKind.ConsoleApplication, Path.Combine(folder, "Hello", "Program.cs"));
        // What needs the package of another model is not compiled here.
        yield return Of("samples: SupportOps", OutputKind.DynamicallyLinkedLibrary, [
            .. Directory.GetFiles(Path.Combine(folder, "SupportOps"), "*.cs").Where(file => !File.ReadAllText(file).Contains("OpenAI", StringComparison.Ordinal) && Path.GetFileName(file) != "Program.cs"),
        ]);
        yield return new("The API contract", TestProject.Of(Sources.Support), []);
        var readme = Regex.Match(File.ReadAllText(Path.Combine(Root, "README.md")), "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        yield return new("README", TestProject.Of(readme) with { OutputKind = OutputKind.ConsoleApplication }, []);

        static CorpusProgram Of(string name, OutputKind kind, params string[] files) =>
            new(name, new TestProject { OutputKind = kind, Files = [.. files.Select(file => (Path.GetFileName(file), File.ReadAllText(file)))] }, []);
    }

    private static IEnumerable<CorpusProgram> FromPages() =>
        RulePage.Descriptors.Keys.Select(id => new CorpusProgram($"page: {id}", TestProject.Of(RulePage.Read(id).Example("Good")), []));
}
