using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Finds the types of parameters that add metadata to the endpoint, in the order of ASP.NET Core: of all parameters, then of members.</summary>
internal static class MetadataProviderParser
{
    public const string OfEndpoint = "Microsoft.AspNetCore.Http.Metadata.IEndpointMetadataProvider";
    private const string OfParameter = "Microsoft.AspNetCore.Http.Metadata.IEndpointParameterMetadataProvider";

    /// <param name="method">The handler.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="values">What they are bound to: each parameter, or in place of an object its members.</param>
    public static EquatableArray<MetadataProviderModel> Parse(IMethodSymbol method, EquatableArray<ParameterModel> parameters, IReadOnlyList<BindingTarget> values)
    {
        var ofParameters = method.Parameters.Select((parameter, position) => Provider(position, member: null, parameter.Type));
        var ofMembers = new List<MetadataProviderModel?>();
        var value = 0;
        for (var position = 0; position < parameters.Count; position++)
        {
            if (parameters[position] is not ObjectParameter composed)
            {
                value++;
                continue;
            }
            for (var member = 0; member < composed.Members.Count; member++)
                ofMembers.Add(Provider(position, member, values[value++].Type));
        }
        return ofParameters.Concat(ofMembers).OfType<MetadataProviderModel>().ToEquatableArray();
    }

    /// <summary>An interface can't be asked: its methods are those of the types that implement it.</summary>
    private static MetadataProviderModel? Provider(int position, int? member, ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface)
            return null;
        var (ofParameter, ofEndpoint) = (type.Implements(OfParameter), type.Implements(OfEndpoint));
        return ofParameter || ofEndpoint ? new(position, member, type.ToCodeWithoutNull(), ofParameter, ofEndpoint) : null;
    }
}
