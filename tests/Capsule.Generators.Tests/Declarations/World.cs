using System.Collections.Immutable;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Capsule.Generators.Tests.Declarations;

/// <summary>A program of two projects, as plain values: an app, the library it references, and a compiled file that may be rebuilt.</summary>
internal sealed record World(TestProject App, TestProject Library, bool ReferencesLibrary, int ImageVersion)
{
    /// <summary>Two builds of one assembly, under one name.</summary>
    private static readonly ImmutableArray<MetadataReference> Images = [Image(0), Image(1)];

    /// <summary>
    /// The app's compilation. With an earlier one it is made as an editor makes it: unchanged trees are kept, changed ones are parsed
    /// incrementally.
    /// </summary>
    public Compiled Compile(Compiled? previous = null)
    {
        var library = Compile(Library, previous?.Library, Library.References);
        var references = App.References.Add(Images[ImageVersion]);
        if (ReferencesLibrary)
            references = references.Add(Same(library, previous) ?? library.ToMetadataReference());
        return new Compiled(Compile(App, previous?.App, references), library);
    }

    public override string ToString()
    {
        return Describe(App) + Describe(Library) + $"==== references library: {ReferencesLibrary}, image {ImageVersion}\n";

        static string Describe(TestProject project) =>
            $"==== {project.AssemblyName} {project.Nullable} {project.OutputKind} C# {project.LanguageVersion} "
            + $"docs {project.DocumentationMode} symbols [{string.Join(' ', project.Symbols)}]\n"
            + string.Concat(project.Files.Select(file => $"---- {file.Path}\n{file.Text}\n"));
    }

    private static CompilationReference? Same(CSharpCompilation library, Compiled? previous) =>
        previous?.App.References.OfType<CompilationReference>().FirstOrDefault(reference => ReferenceEquals(reference.Compilation, library));

    private static CSharpCompilation Compile(
        TestProject project, CSharpCompilation? previous, ImmutableArray<MetadataReference> references)
    {
        if (previous is null)
            return (project with { References = references }).Compile();

        var options = previous.Options.WithNullableContextOptions(project.Nullable).WithOutputKind(project.OutputKind);
        var compilation = previous.AssemblyName == project.AssemblyName ? previous : previous.WithAssemblyName(project.AssemblyName);
        if (!options.Equals(previous.Options))
            compilation = compilation.WithOptions(options);
        if (!references.SequenceEqual(previous.References))
            compilation = compilation.WithReferences(references);
        var known = previous.SyntaxTrees.ToLookup(tree => tree.FilePath);
        var trees = project.Files.Select(file => Parse(file, project.ParseOptions, known[file.Path].FirstOrDefault())).ToArray();
        return trees.SequenceEqual(previous.SyntaxTrees)
            ? compilation
            : compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
    }

    private static SyntaxTree Parse((string Path, string Text) file, CSharpParseOptions options, SyntaxTree? known)
    {
        if (known is null || !known.Options.Equals(options))
            return CSharpSyntaxTree.ParseText(file.Text, options, file.Path);
        var before = known.GetText();
        var after = SourceText.From(file.Text);
        return before.ContentEquals(after) ? known : known.WithChangedText(before.WithChanges(after.GetTextChanges(before)));
    }

    private static PortableExecutableReference Image(int version)
    {
        var project = TestProject.Of($"public static class Image {{ public const int Version = {version}; public const string Name = \"v{version}\"; }}");
        using var stream = new MemoryStream();
        Assert.True((project with { AssemblyName = "Image" }).Compile().Emit(stream).Success);
        stream.Position = 0;
        return MetadataReference.CreateFromStream(stream);
    }
}

/// <summary>The two compilations of a <see cref="World"/>.</summary>
internal sealed record Compiled(CSharpCompilation App, CSharpCompilation Library);
