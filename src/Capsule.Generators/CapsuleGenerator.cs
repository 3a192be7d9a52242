using Capsule.Generators.Emit;
using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators;

/// <summary>
/// Writes the code by which the host calls annotated methods. Declarations are read into plain values; each type's file and the index
/// are written again only when their own values change.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class CapsuleGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var assembly = context
            .ParseDeclarations(static (compilation, cancellation) => AssemblyParser.Parse(compilation, new ProblemList(), cancellation))
            .WithTrackingName(TrackingNames.Assembly);

        var types = assembly
            .SelectMany(static (assembly, _) => assembly.Types)
            .WithTrackingName(TrackingNames.Types);
        context.RegisterSourceOutput(types, WriteType);

        var index = assembly
            .Select(static (assembly, _) => IndexModel.Of(assembly))
            .WithTrackingName(TrackingNames.Index);
        context.RegisterSourceOutput(index, WriteIndex);

        var typeTexts = assembly
            .Select(static (assembly, _) => assembly.TypeTexts)
            .Combine(context.AdditionalTextsProvider.Where(ReferencedTexts.IsXml).Collect())
            .Select(static (input, cancellation) => ReferencedTexts.Resolve(input.Left, input.Right, cancellation))
            .WithTrackingName(TrackingNames.TypeTexts);
        context.RegisterSourceOutput(typeTexts, WriteTypeTexts);

        var failures = assembly
            .Select(static (assembly, _) => assembly.Failures)
            .WithTrackingName(TrackingNames.Failures);
        context.RegisterSourceOutput(failures, static (output, failures) => output.Report(failures));
    }

    private static void WriteType(SourceProductionContext output, TypeModel type)
    {
        var failures = new List<Failure>();
        output.AddSource(type.HintName, FileEmitter.Emit(type, failures).ToSourceText());
        output.Report(failures);
    }

    private static void WriteTypeTexts(SourceProductionContext output, ResolvedTexts? texts)
    {
        if (texts is not null)
            output.AddSource("Capsule.TypeDocumentation.g.cs", FileEmitter.Emit(texts).ToSourceText());
    }

    private static void WriteIndex(SourceProductionContext output, IndexModel? index)
    {
        if (index is not null)
            output.AddSource("Capsule.Manifest.g.cs", FileEmitter.Emit(index).ToSourceText());
    }
}
