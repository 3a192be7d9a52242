using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads parameters that come from the service provider.</summary>
internal static class ServiceParser
{
    public const string FromServices = "Microsoft.AspNetCore.Http.Metadata.IFromServiceMetadata";
    public const string FromKeyedServices = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";

    /// <summary>Whether an attribute says that the parameter is a service.</summary>
    public static bool IsMarked(IParameterSymbol parameter) => parameter.GetAttributes().Any(IsServiceAttribute);

    public static bool IsServiceAttribute(AttributeData attribute) =>
        attribute.AttributeClass is { } type && (type.Is(FromKeyedServices) || type.Implements(FromServices));

    public static ServiceParameter Parse(IParameterSymbol parameter)
    {
        var key = parameter.FindAttribute(FromKeyedServices) is { ConstructorArguments: [var argument] } ? Constants.Of(argument) : null;
        return new ServiceParameter(
            parameter.Type.ToCodeWithoutNull(),
            IsOptional: parameter.HasExplicitDefaultValue || parameter.Type.NullableAnnotation == NullableAnnotation.Annotated,
            key,
            parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: not null } ? Constants.DefaultOf(parameter) : null);
    }
}
