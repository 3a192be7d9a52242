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
        var form = new List<HttpParameter>();
        var bodies = 0;
        foreach (var parameter in handler.Parameters)
        {
            var info = parameter.Member ?? context.Parameter(parameter.Position);
            if (parameter.Kind == HttpParameterKind.BodyOrService && context.IsService(info.ParameterType))
                continue;
            switch (parameter.Kind)
            {
                case HttpParameterKind.Body or HttpParameterKind.BodyOrService:
                    bodies++;
                    builder.Metadata.Add(new AcceptsMetadata(["application/json"], info.ParameterType, parameter.IsOptional));
                    break;
                case HttpParameterKind.Form or HttpParameterKind.FormFile:
                    form.Add(parameter);
                    break;
            }
            builder.Metadata.Add(new ParameterMetadata(parameter, info));
        }
        if (bodies + Math.Min(form.Count, 1) > 1)
            throw new InvalidOperationException($"{handler.Id} takes more than one body. Mark what is a service with [FromServices], and register it.");
        if (form.Count > 0)
            builder.Metadata.Add(FormOf(form, context));
    }

    /// <summary>With files a form is <c>multipart/form-data</c>.</summary>
    private static AcceptsMetadata FormOf(List<HttpParameter> form, HttpHandlerContext context) => new(
        form.Exists(parameter => parameter.Kind == HttpParameterKind.FormFile)
            ? ["multipart/form-data"]
            : ["multipart/form-data", "application/x-www-form-urlencoded"],
        (form[0].Member ?? context.Parameter(form[0].Position)).ParameterType,
        isOptional: false);

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

    private sealed class ParameterMetadata(HttpParameter parameter, ParameterInfo info) : IParameterBindingMetadata
    {
        public string Name => parameter.Name;

        public ParameterInfo ParameterInfo => info;

        public bool HasTryParse =>
            parameter.Kind is HttpParameterKind.Value || (parameter.Kind is HttpParameterKind.Form && info.ParameterType != typeof(IFormCollection));

        public bool HasBindAsync => parameter.Kind is HttpParameterKind.Custom;

        public bool IsOptional => parameter.IsOptional;
    }
}
