using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>
/// Lets bodies have members such as <c>Guid Id = default</c>. To reflection such a default is null, which System.Text.Json can't write into a schema: the
/// whole document fails (https://github.com/dotnet/runtime/issues/133178, mended in .NET 11). The document is made from JSON options of its own, in which
/// such a parameter says its value; what requests are read with is left alone.
/// </summary>
internal static class StructDefaults
{
    /// <summary>Gives the document's schemas JSON options of their own. Does nothing when the framework makes schemas in another way than today.</summary>
    public static void AllowStructDefaults(this IServiceCollection services, string documentName)
    {
        var schemas = services.FirstOrDefault(service =>
            service.IsKeyedService && documentName.Equals(service.ServiceKey) && service.KeyedImplementationType is { Name: "OpenApiSchemaService" });
        if (schemas is null)
            return;
        services.Remove(schemas);
        services.Add(new ServiceDescriptor(
            schemas.ServiceType,
            documentName,
            (provider, _) => ActivatorUtilities.CreateInstance(provider, schemas.KeyedImplementationType!, documentName, OptionsOf(provider)),
            schemas.Lifetime));
    }

    private static IOptions<JsonOptions> OptionsOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptionsFactory<JsonOptions>>().Create(Options.DefaultName);
        options.SerializerOptions.TypeInfoResolver = options.SerializerOptions.TypeInfoResolver?.WithAddedModifier(SayDefaults);
        return Options.Create(options);
    }

    private static void SayDefaults(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property is { PropertyType.IsValueType: true, AssociatedParameter: { HasDefaultValue: true, DefaultValue: null } parameter })
                DefaultValue(parameter) = EffectiveDefaultValue(parameter);
            // Taken out of the schema again.
            else if (property.AssociatedParameter is { HasDefaultValue: true, DefaultValue: var value } odd && WritableDefaults.IsNoNumber(value))
                DefaultValue(odd) = value is double ? 0.0 : 0.0f;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<DefaultValue>k__BackingField")]
    private static extern ref object? DefaultValue(JsonParameterInfo parameter);

    /// <summary>Null for a nullable struct, else the struct that is all zero.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_EffectiveDefaultValue")]
    private static extern object? EffectiveDefaultValue(JsonParameterInfo parameter);
}
