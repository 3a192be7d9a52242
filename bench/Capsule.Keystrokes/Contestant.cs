using System.Collections.Immutable;
using Capsule.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Keystrokes;

/// <summary>A generator and the programs it is measured on.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Create">Makes a new one.</param>
/// <param name="Source">Writes the file of a number with so many handlers.</param>
internal sealed record Contestant(string Name, Func<IIncrementalGenerator> Create, Func<int, int, string> Source)
{
    private static readonly ImmutableArray<MetadataReference> references =
    [
        .. SdkCompiler.ReferenceAssemblies()
            .Append(typeof(Session).Assembly.Location)
            .Append(typeof(Hosting.HandlerManifest).Assembly.Location)
            .Append(Path.Combine(AppContext.BaseDirectory, "Microsoft.Extensions.AI.Abstractions.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly CSharpParseOptions parsing = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Parse)
        .WithFeatures([KeyValuePair.Create("InterceptorsNamespaces", "Microsoft.AspNetCore.Http.Generated")]);

    public static IReadOnlyList<Contestant> All { get; } =
    [
        new("Capsule", static () => new CapsuleGenerator(), Programs.Capsule),
        new(
            "RequestDelegateGenerator",
            static () => (IIncrementalGenerator)SdkCompiler.Generator(
                "Microsoft.AspNetCore.App.Ref",
                "Microsoft.AspNetCore.Http.RequestDelegateGenerator",
                "Microsoft.AspNetCore.Http.RequestDelegateGenerator.RequestDelegateGenerator"),
            Programs.Minimal),
        new(
            "LoggerMessage generator",
            static () => (IIncrementalGenerator)SdkCompiler.Generator(
                "Microsoft.AspNetCore.App.Ref", "Microsoft.Extensions.Logging.Generators", "Microsoft.Extensions.Logging.Generators.LoggerMessageGenerator"),
            Programs.Logging),
    ];

    /// <summary>A program of so many handlers, spread over files.</summary>
    public CSharpCompilation Program(int handlers, int handlersInFile)
    {
        var files = Enumerable.Range(0, (handlers + handlersInFile - 1) / handlersInFile)
            .Select(file => Tree(Source(file, Math.Min(handlersInFile, handlers - (file * handlersInFile))), $"/app/Handlers{file}.cs"));
        return CSharpCompilation.Create(
            "App",
            [Tree(Programs.Usings, "/app/Usings.cs"), Tree(Programs.Foreign, "/app/Elsewhere.cs"), .. files],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    public GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [Create().AsSourceGenerator()], parseOptions: parsing, optionsProvider: new Properties());

    private static SyntaxTree Tree(string text, string path) => CSharpSyntaxTree.ParseText(text, parsing, path);

    /// <summary>The request delegate generator works only where its property says so.</summary>
    private sealed class Properties : AnalyzerConfigOptionsProvider
    {
        private static readonly AnalyzerConfigOptions options = new Options();

        public override AnalyzerConfigOptions GlobalOptions => options;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => options;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => options;

        private sealed class Options : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = key == "build_property.EnableRequestDelegateGenerator" ? "true" : null;
                return value is not null;
            }
        }
    }
}
