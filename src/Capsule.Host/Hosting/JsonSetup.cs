using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Hosting;

internal static class JsonSetup
{
    /// <summary>JSON as every wire speaks it: camelCase, enum members by name, numbers that are numbers.</summary>
    public static void AddJson(this IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(static options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            // Without run-time code (native AOT) this converter can't be made; there an author's JsonSerializerContext says how enums are written.
            if (RuntimeFeature.IsDynamicCodeSupported)
                options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, HostJsonContext.Default);
        });
}

/// <summary>How the host's own answers are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(UploadedFile))]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HostJsonContext : JsonSerializerContext;
