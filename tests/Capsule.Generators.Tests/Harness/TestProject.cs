using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Capsule.Generators.Tests.Harness;

/// <summary>A C# project in memory: its files and the settings of its csproj. Change it with <c>with</c>.</summary>
internal sealed record TestProject
{
    public string AssemblyName { get; init; } = "TestApp";

    /// <summary>Path and text of each file, in the compiler's order.</summary>
    public ImmutableArray<(string Path, string Text)> Files { get; init; } = [];

    public ImmutableArray<MetadataReference> References { get; init; } = Harness.References.Capsule;

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    public OutputKind OutputKind { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    /// <summary>Preview is C# 14 in the Roslyn that the generator is built against.</summary>
    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.Preview;

    public DocumentationMode DocumentationMode { get; init; } = DocumentationMode.Diagnose;

    public ImmutableArray<string> Symbols { get; init; } = [];

    public bool AllowUnsafe { get; init; }

    /// <summary>The usings that <c>ImplicitUsings</c> of the web SDK gives, as a file of global usings.</summary>
    public bool ImplicitUsings { get; init; } = true;

    public CSharpParseOptions ParseOptions => new(LanguageVersion, DocumentationMode, SourceCodeKind.Regular, Symbols);

    /// <summary>A project of one file.</summary>
    public static TestProject Of(string source) => Of(("Program.cs", source));

    public static TestProject Of(params ReadOnlySpan<(string Path, string Text)> files) => new() { Files = [.. files] };

    /// <summary>The same project with one file's text replaced, or added when there is none of that path.</summary>
    public TestProject WithFile(string path, string text)
    {
        var index = Files.IndexOf(Files.FirstOrDefault(file => file.Path == path));
        return this with { Files = index < 0 ? Files.Add((path, text)) : Files.SetItem(index, (path, text)) };
    }

    public CSharpCompilation Compile()
    {
        var files = ImplicitUsings ? Files.Insert(0, ("GlobalUsings.g.cs", WebUsings)) : Files;
        var options = new CSharpCompilationOptions(OutputKind, nullableContextOptions: Nullable, allowUnsafe: AllowUnsafe)
            .WithSpecificDiagnosticOptions(MissingXmlComments.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress)));
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Path));
        // Compilations that stem from one share what they know of its references, which is most of the work for a small program.
        return References == Harness.References.Capsule && AssemblyName == "TestApp"
            ? Empty.Value.WithOptions(options).AddSyntaxTrees(trees)
            : CSharpCompilation.Create(AssemblyName, trees, References, options);
    }

    private static readonly Lazy<CSharpCompilation> Empty = new(() => CSharpCompilation.Create("TestApp", references: Harness.References.Capsule));

    /// <summary>Off, as Capsule's package sets it: it turns on documentation files for the sake of OpenAPI texts only.</summary>
    private static readonly string[] MissingXmlComments = ["CS1591", "CS1573"];

    private const string WebUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;
}
