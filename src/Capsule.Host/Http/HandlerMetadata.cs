using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Capsule.Hosting;

/// <summary>What an endpoint says of its handler: to authorization, to OpenAPI and to every other reader of metadata.</summary>
internal static class HandlerMetadata
{
    /// <summary>What conventions of a group may already look at.</summary>
    public static void AddIntrinsic(EndpointBuilder builder, HttpHandler handler)
    {
        builder.Metadata.Add(handler.Method);
        builder.Metadata.Add(new HttpMethodMetadata([handler.HttpMethod]));
        builder.Metadata.Add(handler);
    }

    /// <summary>The rest. The author's attributes come last, so that they win over what was inferred; those of the method over those of the class.</summary>
    public static void AddDescription(EndpointBuilder builder, HttpHandler handler, HttpHandlerContext context)
    {
        AddParameters(builder, handler, context);
        AddResponse(builder, handler);
        if (handler.Documentation is { } documentation)
            builder.Metadata.Add(documentation);
        if (handler.RequiresAuthentication || handler.Policy is not null)
            builder.Metadata.Add(new AuthorizeAttribute { Policy = handler.Policy });
        foreach (var attribute in handler.Method.DeclaringType!.GetCustomAttributes(inherit: true))
            builder.Metadata.Add(attribute);
        foreach (var attribute in handler.Method.GetCustomAttributes(inherit: true))
            builder.Metadata.Add(attribute);
    }

    private static void AddParameters(EndpointBuilder builder, HttpHandler handler, HttpHandlerContext context)
    {
        var parameters = handler.Method.GetParameters();
        foreach (var parameter in handler.Parameters)
        {
            var info = parameters[parameter.Position];
            if (parameter.Kind == HttpParameterKind.BodyOrService && context.IsService(info.ParameterType))
                continue;
            var isBody = parameter.Kind != HttpParameterKind.Value;
            if (isBody)
                builder.Metadata.Add(new AcceptsMetadata(["application/json"], info.ParameterType, parameter.IsOptional));
            builder.Metadata.Add(new ParameterMetadata(parameter.Name, info, HasTryParse: !isBody, parameter.IsOptional));
        }
    }

    private static void AddResponse(EndpointBuilder builder, HttpHandler handler)
    {
        if (handler.PopulateMetadata is { } populate)
            populate(handler.Method, builder);
        else if (handler.ResponseType is not { } type)
            AddEmptyResponse(builder, handler.Method);
        else if (type != typeof(object))
        {
            var contentType = type == typeof(string) ? "text/plain" : "application/json";
            builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, type, [contentType]));
        }
    }

    /// <summary>A bare <see cref="IResult"/> says nothing of itself; no result at all is an empty 200.</summary>
    private static void AddEmptyResponse(EndpointBuilder builder, MethodInfo method)
    {
        if (method.ReturnType == typeof(void) || method.ReturnType == typeof(Task) || method.ReturnType == typeof(ValueTask))
            builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(void)));
    }

    private sealed record ParameterMetadata(string Name, ParameterInfo ParameterInfo, bool HasTryParse, bool IsOptional) : IParameterBindingMetadata
    {
        public bool HasBindAsync => false;
    }
}
