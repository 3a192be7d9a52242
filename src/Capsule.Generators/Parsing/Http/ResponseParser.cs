using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Decides how an HTTP handler's result is written.</summary>
internal static class ResponseParser
{
    /// <param name="result">The result without the task around it; null for none.</param>
    public static ResponseModel Parse(ITypeSymbol? result)
    {
        if (result is null)
            return new(ResponseKind.Empty, null, DescribesItself: false);
        return new(KindOf(result), result.ToCodeWithoutNull(), result.TypeKind != TypeKind.Interface && result.Implements(MetadataProviderParser.OfEndpoint));
    }

    private static ResponseKind KindOf(ITypeSymbol result)
    {
        if (result.Implements("Microsoft.AspNetCore.Http.IResult"))
            return ResponseKind.Result;
        return result.SpecialType switch
        {
            SpecialType.System_String => ResponseKind.Text,
            SpecialType.System_Object => ResponseKind.Any,
            _ => result.TypeKind == TypeKind.Dynamic ? ResponseKind.Any : ResponseKind.Json,
        };
    }
}
