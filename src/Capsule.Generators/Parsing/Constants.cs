using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Capsule.Generators.Parsing;

/// <summary>Constants as C#.</summary>
internal static class Constants
{
    /// <summary>A parameter's default value; null when it has none.</summary>
    public static string? DefaultOf(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue)
            return null;
        return parameter.ExplicitDefaultValue is { } value ? Of(value, parameter.Type.WithoutNullable()) : "default";
    }

    /// <summary>An attribute's argument.</summary>
    public static string Of(TypedConstant constant) => constant switch
    {
        { IsNull: true } => "null",
        { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } => $"typeof({type.ToCodeWithoutNull()})",
        { Kind: TypedConstantKind.Array } => $"new object?[] {{ {string.Join(", ", constant.Values.Select(Of))} }}",
        _ => Of(constant.Value!, constant.Type!),
    };

    /// <summary>An enum's value by its name, or by its number when it has none.</summary>
    public static string EnumMember(TypedConstant constant)
    {
        var member = constant.Type!.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, constant.Value));
        return member is null ? Of(constant.Value!, constant.Type) : $"{constant.Type.ToCodeWithoutNull()}.{member.Name}";
    }

    private static string Of(object value, ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum ? $"({type.ToCodeWithoutNull()})({Number(value)})" : value switch
        {
            string text => SymbolDisplay.FormatLiteral(text, quote: true),
            char c => SymbolDisplay.FormatLiteral(c, quote: true),
            bool b => b ? "true" : "false",
            double.NaN => "double.NaN",
            double.PositiveInfinity => "double.PositiveInfinity",
            double.NegativeInfinity => "double.NegativeInfinity",
            double d => d.ToString("R", CultureInfo.InvariantCulture) + "d",
            float.NaN => "float.NaN",
            float.PositiveInfinity => "float.PositiveInfinity",
            float.NegativeInfinity => "float.NegativeInfinity",
            float f => f.ToString("R", CultureInfo.InvariantCulture) + "f",
            decimal m => m.ToString(CultureInfo.InvariantCulture) + "m",
            _ => Number(value),
        };

    private static string Number(object value)
    {
        var digits = ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture);
        return value switch
        {
            long => digits + "L",
            ulong => digits + "UL",
            uint => digits + "U",
            byte or sbyte or short or ushort => $"({SpecialName(value)})({digits})",
            _ => digits,
        };
    }

    private static string SpecialName(object value) => value switch
    {
        byte => "byte",
        sbyte => "sbyte",
        short => "short",
        _ => "ushort",
    };
}
