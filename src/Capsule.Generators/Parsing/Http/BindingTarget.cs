using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>What a value of the request is bound to: a parameter, or a member of an object that stands for several.</summary>
internal sealed class BindingTarget
{
    private readonly IParameterSymbol? _parameter;

    private BindingTarget(ISymbol symbol, string name, ITypeSymbol type, ImmutableArray<AttributeData> attributes, IParameterSymbol? parameter)
    {
        Symbol = symbol;
        Name = name;
        Type = type;
        Attributes = attributes;
        _parameter = parameter;
    }

    /// <summary>Where problems are reported.</summary>
    public ISymbol Symbol { get; }

    public string Name { get; }

    public ITypeSymbol Type { get; }

    public ImmutableArray<AttributeData> Attributes { get; }

    /// <summary>The default value as C#; null for none.</summary>
    public string? Default => _parameter is null ? null : Constants.DefaultOf(_parameter);

    /// <summary>Whether a request may leave it out.</summary>
    public bool IsOptional => _parameter is { HasExplicitDefaultValue: true } || Type.AcceptsNull();

    public static BindingTarget Of(IParameterSymbol parameter) =>
        new(parameter, parameter.Name, parameter.Type, parameter.GetAttributes(), parameter);

    public static BindingTarget Of(IPropertySymbol property) =>
        new(property, property.Name, property.Type, property.GetAttributes(), null);

    /// <summary>A property that a constructor sets: its name, with what the constructor's parameter says before what it says itself.</summary>
    public static BindingTarget Of(IPropertySymbol property, IParameterSymbol parameter) =>
        new(parameter, property.Name, parameter.Type, [.. parameter.GetAttributes(), .. property.GetAttributes()], parameter);
}
