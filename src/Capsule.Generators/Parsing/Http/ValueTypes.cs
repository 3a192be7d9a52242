using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads parameters whose value is text of the request.</summary>
internal static class ValueTypes
{
    /// <summary>Null for a type that no text can become.</summary>
    public static ValueParameter? Parse(BindingTarget target, ValueSource source, string name)
    {
        var type = target.Type;
        var (shape, valueType) = ShapeOf(type);
        var parser = shape == ValueShape.StringValues ? Parser.Text : ParserChoice.For(valueType);
        // An object made of many values of a form is what a type is there unless it is seen to read text.
        if (parser is null && source != ValueSource.Form && PartialType.MayGrow(valueType))
            parser = Parser.Undecided;
        if (parser is null)
            return null;
        return new ValueParameter
        {
            Source = source,
            Name = name,
            Type = type.ToCode(),
            ValueType = valueType.ToCodeWithoutNull(),
            DisplayType = DisplayNames.Of(type),
            DisplayName = target.Name,
            Shape = shape,
            IsOfStructs = valueType.IsValueType,
            Parser = parser.Value,
            IsOptional = target.IsOptional,
            Default = target.Default,
        };
    }

    public static bool IsStringValues(ITypeSymbol type) => type.Is("Microsoft.Extensions.Primitives.StringValues");

    private static (ValueShape Shape, ITypeSymbol ValueType) ShapeOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } array)
            return (IsText(array.ElementType) || !array.ElementType.AcceptsNull() ? ValueShape.Array : ValueShape.ArrayOfNullable, array.ElementType.WithoutNullable());
        var value = type.WithoutNullable();
        if (IsStringValues(value))
            return (ValueShape.StringValues, value);
        return (type.IsNullableStruct() ? ValueShape.NullableStruct : ValueShape.Single, value);
    }

    private static bool IsText(ITypeSymbol type) => type.SpecialType == SpecialType.System_String;
}
