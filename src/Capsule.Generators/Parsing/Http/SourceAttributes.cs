using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>What attributes say about where a value comes from.</summary>
internal enum ExplicitSource
{
    None,
    Route,
    Query,
    Header,
    Body,
    Form,
    Service,
    KeyedService,
    AsParameters,
    Several,
}

internal static class SourceAttributes
{
    private const string Metadata = "Microsoft.AspNetCore.Http.Metadata.";

    private static readonly (string Type, ExplicitSource Source)[] Known =
    [
        (Metadata + "IFromRouteMetadata", ExplicitSource.Route),
        (Metadata + "IFromQueryMetadata", ExplicitSource.Query),
        (Metadata + "IFromHeaderMetadata", ExplicitSource.Header),
        (Metadata + "IFromFormMetadata", ExplicitSource.Form),
        (Metadata + "IFromBodyMetadata", ExplicitSource.Body),
        (ServiceParser.FromServices, ExplicitSource.Service),
        (ServiceParser.FromKeyedServices, ExplicitSource.KeyedService),
        ("Microsoft.AspNetCore.Http.AsParametersAttribute", ExplicitSource.AsParameters),
    ];

    public static (ExplicitSource Source, AttributeData? Attribute) On(BindingTarget target)
    {
        var found = (Source: ExplicitSource.None, Attribute: (AttributeData?)null);
        foreach (var attribute in target.Attributes)
        {
            foreach (var source in attribute.AttributeClass is { } type ? SourcesOf(type) : [])
            {
                if (found.Source != ExplicitSource.None && found.Source != source)
                    return (ExplicitSource.Several, attribute);
                // Of two that say the same, ASP.NET Core takes the first.
                found = found.Attribute is null ? (source, attribute) : found;
            }
        }
        return found;
    }

    /// <summary>What an attribute says; an author's own may say several things.</summary>
    public static IEnumerable<ExplicitSource> SourcesOf(INamedTypeSymbol attribute) =>
        Known.Where(known => attribute.DerivesFrom(known.Type) || attribute.Implements(known.Type)).Select(known => known.Source);
}
