#if NET10_0_OR_GREATER
#pragma warning disable ASP0029 // Its base classes are for generators as ours, and are still called experimental.
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Validation;

namespace Capsule.Hosting;

/// <summary>Gives the framework's validation the types that the generator has found: attributes are read once for each type, when it is first met.</summary>
internal sealed class ValidatedTypeResolver(HandlerRegistry handlers) : IValidatableInfoResolver
{
    private readonly ConcurrentDictionary<ValidatedType, TypeInfo> known = new();

    public bool TryGetValidatableTypeInfo(Type type, [NotNullWhen(true)] out IValidatableInfo? validatableInfo)
    {
        validatableInfo = handlers.ValidatedTypes.TryGetValue(type, out var validated) ? known.GetOrAdd(validated, static validated => new TypeInfo(validated)) : null;
        return validatableInfo is not null;
    }

    public bool TryGetValidatableParameterInfo(ParameterInfo parameterInfo, [NotNullWhen(true)] out IValidatableInfo? validatableInfo)
    {
        validatableInfo = null;
        return false;
    }

    private sealed class TypeInfo(ValidatedType type) : ValidatableTypeInfo(type.Type, [.. type.Members.Select(member => new Property(type.Type, type.Type.GetProperty(member)!))])
    {
        private readonly ValidationAttribute[] rules = GuardedRule.Of(type.Type.GetCustomAttributes<ValidationAttribute>(inherit: true));

        protected override ValidationAttribute[] GetValidationAttributes() => rules;
    }

    private sealed class Property : ValidatablePropertyInfo
    {
        private readonly ValidationAttribute[] rules;

        public Property([DynamicallyAccessedMembers(ValidatedType.Needed)] Type declaringType, PropertyInfo property)
            : this(declaringType, property, ParameterOf(declaringType, property))
        {
        }

        private Property([DynamicallyAccessedMembers(ValidatedType.Needed)] Type declaringType, PropertyInfo property, ParameterInfo? parameter)
            : base(declaringType, property.PropertyType, property.Name, DisplayName(parameter) ?? DisplayName(property) ?? property.Name) =>
            rules = GuardedRule.Of([.. property.GetCustomAttributes<ValidationAttribute>(), .. parameter?.GetCustomAttributes<ValidationAttribute>() ?? []]);

        protected override ValidationAttribute[] GetValidationAttributes() => rules;

        /// <summary>The parameter of a constructor that sets the property, as in a record: its attributes count as the property's.</summary>
        private static ParameterInfo? ParameterOf([DynamicallyAccessedMembers(ValidatedType.Needed)] Type type, PropertyInfo property) =>
            type.GetConstructors().SelectMany(constructor => constructor.GetParameters())
                .FirstOrDefault(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase));

        private static string? DisplayName(ICustomAttributeProvider? described) =>
            described?.GetCustomAttributes(typeof(DisplayAttribute), inherit: true) is [DisplayAttribute { Name: { } name }, ..] ? name : null;
    }
}

/// <summary>A handler's parameter with its own attributes; its type's are found when it is checked.</summary>
internal sealed class ValidatedParameter(ParameterInfo parameter)
    : ValidatableParameterInfo(parameter.ParameterType, parameter.Name!, parameter.GetCustomAttribute<DisplayAttribute>()?.Name ?? parameter.Name!)
{
    private readonly ValidationAttribute[] rules = GuardedRule.Of(parameter.GetCustomAttributes<ValidationAttribute>());

    public bool HasRules => rules.Length > 0;

    protected override ValidationAttribute[] GetValidationAttributes() => rules;
}
#endif
