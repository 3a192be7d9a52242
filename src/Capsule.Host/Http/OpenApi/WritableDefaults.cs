using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>
/// Lets parameters have defaults that JSON can't hold, such as <c>double.PositiveInfinity</c>, of which the document then says nothing: the framework would write
/// each default, and one that can't be written fails the whole document.
/// </summary>
internal sealed class WritableDefaults(IOptions<JsonOptions> json) : IApiDescriptionProvider
{
    /// <summary>After the framework's own.</summary>
    public int Order => 0;

    /// <summary>Whether a default is of those that no JSON has a number for.</summary>
    public static bool IsNoNumber(object? value) => value switch
    {
        double number => !double.IsFinite(number),
        float number => !float.IsFinite(number),
        _ => false,
    };

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        foreach (var parameter in context.Results.SelectMany(description => description.ParameterDescriptions))
        {
            if (parameter.ParameterDescriptor is IParameterInfoParameterDescriptor { ParameterInfo: { HasDefaultValue: true, DefaultValue: { } value } info }
                && !CanBeWritten(value, info.ParameterType))
            {
                parameter.ParameterDescriptor = new InfoDescriptor(new WithoutDefault(info));
                parameter.DefaultValue = null;
            }
        }
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
    }

    private bool CanBeWritten(object value, Type type)
    {
        if (type.IsEnum || Nullable.GetUnderlyingType(type)?.IsEnum == true || !json.Value.SerializerOptions.TryGetTypeInfo(type, out var known))
            return true;
        try
        {
            JsonSerializer.SerializeToNode(value, known);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidCastException or NotSupportedException)
        {
            return false;
        }
    }
}

/// <summary>A parameter without its default.</summary>
internal sealed class WithoutDefault : ParameterInfo
{
    public WithoutDefault(ParameterInfo parameter)
    {
        Parameter = parameter;
        ClassImpl = parameter.ParameterType;
        NameImpl = parameter.Name;
        MemberImpl = parameter.Member;
        PositionImpl = parameter.Position;
    }

    /// <summary>The parameter itself.</summary>
    public ParameterInfo Parameter { get; }

    public override bool HasDefaultValue => false;

    public override object? DefaultValue => DBNull.Value;

    public override object? RawDefaultValue => DBNull.Value;

    public override object[] GetCustomAttributes(bool inherit) => Parameter.GetCustomAttributes(inherit);

    public override object[] GetCustomAttributes(Type attributeType, bool inherit) => Parameter.GetCustomAttributes(attributeType, inherit);

    public override IList<CustomAttributeData> GetCustomAttributesData() => Parameter.GetCustomAttributesData();

    public override bool IsDefined(Type attributeType, bool inherit) => Parameter.IsDefined(attributeType, inherit);
}
