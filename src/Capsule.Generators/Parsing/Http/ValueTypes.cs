using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads parameters whose value is text of the request.</summary>
internal static class ValueTypes
{
    /// <summary>Null for a type that no text can become.</summary>
    public static ValueParameter? Parse(IParameterSymbol parameter, ValueSource source, string name)
    {
        var type = parameter.Type;
        var (shape, valueType) = ShapeOf(type);
        var parser = shape == ValueShape.StringValues ? Parser.Text : ParserChoice.For(valueType);
        if (parser is null)
            return null;
        return new ValueParameter
        {
            Source = source,
            Name = name,
            Type = type.ToCode(),
            ValueType = valueType.ToCodeWithoutNull(),
            DisplayType = DisplayNames.Of(type),
            DisplayName = parameter.Name,
            Shape = shape,
            Parser = parser.Value,
            IsOptional = parameter.HasExplicitDefaultValue || type.AcceptsNull(),
            Default = Constants.DefaultOf(parameter),
        };
    }

    public static bool IsStringValues(ITypeSymbol type) => type.Is("Microsoft.Extensions.Primitives.StringValues");

    private static (ValueShape Shape, ITypeSymbol ValueType) ShapeOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } array)
            return (ValueShape.Array, array.ElementType);
        var value = type.WithoutNullable();
        if (IsStringValues(value))
            return (ValueShape.StringValues, value);
        return (type.IsNullableStruct() ? ValueShape.NullableStruct : ValueShape.Single, value);
    }
}
