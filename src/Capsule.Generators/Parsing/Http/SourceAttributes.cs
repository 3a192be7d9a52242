using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>What the attributes of a parameter say about where its value comes from.</summary>
internal enum ExplicitSource
{
    None,
    Route,
    Query,
    Header,
    Body,
    Form,
    Service,
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
        (ServiceParser.FromKeyedServices, ExplicitSource.Service),
        ("Microsoft.AspNetCore.Http.AsParametersAttribute", ExplicitSource.AsParameters),
    ];

    public static (ExplicitSource Source, AttributeData? Attribute) On(IParameterSymbol parameter)
    {
        var found = (Source: ExplicitSource.None, Attribute: (AttributeData?)null);
        foreach (var attribute in parameter.GetAttributes())
        {
            foreach (var (type, source) in Known)
            {
                if (attribute.AttributeClass?.Implements(type) != true)
                    continue;
                if (found.Source != ExplicitSource.None && found.Source != source)
                    return (ExplicitSource.Several, attribute);
                found = (source, attribute);
            }
        }
        return found;
    }
}
