using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Capsule.Hosting;

/// <summary>A property that is bound like a parameter, described as one; what the parameter of a constructor says of it comes first.</summary>
public sealed class MemberParameter : ParameterInfo
{
    private readonly PropertyInfo property;
    private readonly ParameterInfo? parameter;

    /// <summary>Describes a property.</summary>
    /// <param name="property">It.</param>
    /// <param name="parameter">The constructor's parameter that sets it; null where it is set itself.</param>
    public MemberParameter(PropertyInfo property, ParameterInfo? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(property);
        this.property = property;
        this.parameter = parameter;
        ClassImpl = property.PropertyType;
        NameImpl = property.Name;
        MemberImpl = property;
        AttrsImpl = parameter?.Attributes ?? ParameterAttributes.None;
        PositionImpl = parameter?.Position ?? -1;
    }

    /// <inheritdoc />
    public override bool HasDefaultValue => parameter?.HasDefaultValue == true;

    /// <inheritdoc />
    public override object? DefaultValue => parameter?.DefaultValue;

    /// <inheritdoc />
    public override object? RawDefaultValue => parameter?.RawDefaultValue;

    /// <inheritdoc />
    public override object[] GetCustomAttributes(bool inherit) =>
        [.. parameter?.GetCustomAttributes(inherit) ?? [], .. property.GetCustomAttributes(inherit)];

    /// <inheritdoc />
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Attributes are classes: arrays of classes need no code of their own.")]
    public override object[] GetCustomAttributes(Type attributeType, bool inherit)
    {
        var ofParameter = parameter?.GetCustomAttributes(attributeType, inherit) ?? [];
        var ofProperty = property.GetCustomAttributes(attributeType, inherit);
        // Readers cast the array to one of the attribute's type.
        var all = (object[])Array.CreateInstance(attributeType, ofParameter.Length + ofProperty.Length);
        ofParameter.CopyTo(all, 0);
        ofProperty.CopyTo(all, ofParameter.Length);
        return all;
    }

    /// <inheritdoc />
    public override IList<CustomAttributeData> GetCustomAttributesData() =>
        [.. parameter?.GetCustomAttributesData() ?? [], .. property.GetCustomAttributesData()];

    /// <inheritdoc />
    public override bool IsDefined(Type attributeType, bool inherit) =>
        parameter?.IsDefined(attributeType, inherit) == true || property.IsDefined(attributeType, inherit);
}
