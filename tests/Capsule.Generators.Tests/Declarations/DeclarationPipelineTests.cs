using System.Runtime.CompilerServices;
using Capsule.Generators.Infrastructure;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Capsule.Generators.Tests.Declarations;

/// <summary>The first steps of the pipeline: when they parse, what they keep, and what they let go.</summary>
public class DeclarationPipelineTests
{
    private const string Path = "Program.cs";

    [Fact]
    public void A_body_edit_parses_and_writes_nothing()
    {
        var generator = new CountingGenerator();
        var session = new GeneratorSession(generator);
        var compilation = Program().Compile();
        session.Run(compilation);

        var run = session.Run(compilation.Replace(Path, "return 1;", "return 2;"));

        Assert.Equal(1, generator.Parses);
        Assert.Empty(run.Emitted);
        Assert.Equal([IncrementalStepRunReason.Unchanged], run.Reasons(DeclarationPipeline.DeclarationsStep));
        Assert.Equal([IncrementalStepRunReason.Cached], run.Reasons("Model"));
    }

    [Fact]
    public void A_declaration_edit_parses_the_new_compilation()
    {
        var generator = new CountingGenerator();
        var session = new GeneratorSession(generator);
        var compilation = Program().Compile();
        session.Run(compilation);

        var run = session.Run(compilation.Replace(Path, "class A", "class B"));

        Assert.Equal(2, generator.Parses);
        Assert.Equal("// B", run.Sources["Names.cs"]);
        Assert.Equal([IncrementalStepRunReason.Modified], run.Reasons(DeclarationPipeline.DeclarationsStep));
    }

    [Fact]
    public void A_parse_that_gives_an_equal_model_writes_nothing()
    {
        var generator = new CountingGenerator();
        var session = new GeneratorSession(generator);
        var compilation = Program().Compile();
        session.Run(compilation);

        var run = session.Run(compilation.Replace(Path, "int M", "long M"));

        Assert.Equal(2, generator.Parses);
        Assert.Empty(run.Emitted);
        Assert.Equal([IncrementalStepRunReason.Unchanged], run.Reasons("Model"));
    }

    [Fact]
    public void A_setting_that_the_parser_reads_is_part_of_the_key()
    {
        var generator = new CountingGenerator();
        var session = new GeneratorSession(generator, options: new BuildProperties(("Setting", "one")));
        var compilation = Program().Compile();
        session.Run(compilation);
        session.SetOptions(new BuildProperties(("Setting", "one")));
        session.Run(compilation);
        Assert.Equal(1, generator.Parses);

        session.SetOptions(new BuildProperties(("Setting", "two")));
        session.Run(compilation.Replace(Path, "return 1;", "return 2;"));

        Assert.Equal(2, generator.Parses);
    }

    [Fact]
    public void A_cancelled_or_failed_parse_is_made_up_for_by_the_next_run()
    {
        var generator = new CountingGenerator();
        var compilation = Program().Compile();
        GeneratorDriver driver = CSharpGeneratorDriver.Create(generator);
        driver = driver.RunGenerators(compilation);

        generator.OnParse = () => throw new InvalidOperationException();
        driver = driver.RunGenerators(compilation.Replace(Path, "class A", "class B"));
        Assert.NotNull(driver.GetRunResult().Results.Single().Exception);

        generator.OnParse = () => throw new OperationCanceledException(new CancellationToken(canceled: true));
        Assert.ThrowsAny<OperationCanceledException>(
            () => driver.RunGenerators(compilation.Replace(Path, "class A", "class B"), new CancellationToken(canceled: true)));

        generator.OnParse = null;
        driver = driver.RunGenerators(compilation.Replace(Path, "class A { int M() { return 1; } }", "class B { int M() { return 2; } }"));
        Assert.Equal("// B", driver.GetRunResult().GeneratedTrees.Single().ToString());
    }

    [Fact]
    public void A_driver_may_run_twice_from_the_same_state()
    {
        var compilation = Program().Compile();
        var first = CSharpGeneratorDriver.Create(new CountingGenerator()).RunGenerators(compilation);

        var left = first.RunGenerators(compilation.Replace(Path, "class A", "class B"));
        var right = first.RunGenerators(compilation.Replace(Path, "return 1;", "return 2;"));

        Assert.Equal("// B", left.GetRunResult().GeneratedTrees.Single().ToString());
        Assert.Equal("// A", right.GetRunResult().GeneratedTrees.Single().ToString());
    }

    [Theory]
    [InlineData("return {0};")]
    [InlineData("return 0; }} int M{0}() {{ return 0;")]
    public void No_old_compilation_stays_alive(string edit)
    {
        var (session, current, old) = EditRepeatedly(edit);

        for (var i = 0; i < 10 && old.Any(reference => reference.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, old.Count(reference => reference.IsAlive));
        GC.KeepAlive(session);
        GC.KeepAlive(current);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, Compilation Current, List<WeakReference> Old) EditRepeatedly(string edit)
    {
        var compilation = Program().Compile();
        var statement = "return 1;";
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new CountingGenerator());
        var old = new List<WeakReference>();
        for (var i = 0; i < 20; i++)
        {
            driver = driver.RunGenerators(compilation);
            old.Add(new WeakReference(compilation));
            var next = string.Format(System.Globalization.CultureInfo.InvariantCulture, edit, i);
            compilation = compilation.Replace(Path, statement, next);
            statement = next;
        }
        driver = driver.RunGenerators(compilation);
        return (driver, compilation, old);
    }

    private static TestProject Program() =>
        TestProject.Of((Path, "class A { int M() { return 1; } }")) with { References = References.NetCore, ImplicitUsings = false };

    /// <summary>Writes the names of all types, and counts how often it reads them.</summary>
    private sealed class CountingGenerator : IIncrementalGenerator
    {
        public int Parses { get; private set; }

        public Action? OnParse { get; set; }

        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            var setting = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
                options.GlobalOptions.TryGetValue("build_property.Setting", out var value) ? value : "");
            var model = context.ParseDeclarations(setting, (compilation, _, _) => Parse(compilation)).WithTrackingName("Model");
            context.RegisterSourceOutput(model, static (output, names) => output.AddSource("Names.cs", $"// {names}"));
        }

        private string Parse(Compilation compilation)
        {
            Parses++;
            OnParse?.Invoke();
            return string.Join(' ', compilation.Assembly.GlobalNamespace.GetTypeMembers().Select(type => type.Name));
        }
    }
}
