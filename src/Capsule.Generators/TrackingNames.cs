namespace Capsule.Generators;

/// <summary>The names of the pipeline's steps, by which tests ask what was computed anew.</summary>
internal static class TrackingNames
{
    public const string Declarations = Infrastructure.DeclarationPipeline.DeclarationsStep;
    public const string Assembly = nameof(Assembly);
    public const string Types = nameof(Types);
    public const string Index = nameof(Index);
    public const string TypeTexts = nameof(TypeTexts);
    public const string Failures = nameof(Failures);
}
