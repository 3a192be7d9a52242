using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Hosting;

/// <summary>What is known once, at start, when a handler's delegate is built.</summary>
public sealed class HttpHandlerContext
{
    private readonly IServiceProviderIsService? services;
    private readonly JsonSerializerOptions serializerOptions;

    internal HttpHandlerContext(IServiceProviderIsService? services, JsonSerializerOptions serializerOptions)
    {
        this.services = services;
        this.serializerOptions = serializerOptions;
    }

    /// <summary>Whether a type comes from the service provider; otherwise it is a request's body.</summary>
    public bool IsService(Type type) => services?.IsService(type) == true;

    /// <summary>How a type is read and written as JSON.</summary>
    public JsonTypeInfo<T> JsonTypeInfo<T>() => (JsonTypeInfo<T>)serializerOptions.GetTypeInfo(typeof(T));
}
