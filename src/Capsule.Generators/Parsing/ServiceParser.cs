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

    /// <summary>A parameter that no HTTP request fills: without a word on nullability it is required.</summary>
    public static ServiceParameter Parse(IParameterSymbol parameter) =>
        Parse(BindingTarget.Of(parameter), parameter.FindAttribute(FromKeyedServices)) with
        {
            IsOptional = parameter.HasExplicitDefaultValue || parameter.Type.NullableAnnotation == NullableAnnotation.Annotated,
        };

    /// <summary>A parameter of an HTTP handler: optional under the same terms as any other.</summary>
    /// <param name="target">What takes the service.</param>
    /// <param name="attribute">What says that it is one; null where that is inferred.</param>
    public static ServiceParameter Parse(BindingTarget target, AttributeData? attribute)
    {
        var isKeyed = attribute?.AttributeClass.Is(FromKeyedServices) == true;
        return new ServiceParameter(
            target.Type.ToCodeWithoutNull(),
            target.IsOptional,
            isKeyed && attribute is { ConstructorArguments: [var argument] } ? Constants.Of(argument) : null,
            target.Default == "default" ? null : target.Default);
    }
}
