using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads parameters that are a form or its files. Single values of a form are <see cref="ValueTypes"/>.</summary>
internal static class FormParser
{
    /// <summary>Null for any other type.</summary>
    public static FormParameter? Parse(BindingTarget target, string? name) => PartOf(target.Type) is not { } part ? null : new FormParameter
    {
        Part = part,
        Name = name ?? target.Name,
        DisplayType = DisplayNames.Of(target.Type),
        DisplayName = target.Name,
        IsOptional = target.IsOptional,
    };

    private static FormPart? PartOf(ITypeSymbol type) => type.Name switch
    {
        "IFormCollection" when type.Is("Microsoft.AspNetCore.Http.IFormCollection") => FormPart.Form,
        "IFormFileCollection" when type.Is("Microsoft.AspNetCore.Http.IFormFileCollection") => FormPart.Files,
        "IFormFile" when type.Is("Microsoft.AspNetCore.Http.IFormFile") => FormPart.File,
        _ => null,
    };
}
