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
    public static void AddDescription(EndpointBuilder builder, HttpHandler handler, HttpHandlerContext context, HandlerFaults faults)
    {
        AddParameters(builder, handler, context, faults);
        AddResponse(builder, handler);
        handler.PopulateParameterMetadata?.Invoke(handler.Method, builder);
        handler.PopulateMetadata?.Invoke(handler.Method, builder);
        if (handler.Documentation is { } documentation)
            builder.Metadata.Add(documentation);
        if (handler.RequiresAuthentication || handler.Policy is not null)
            builder.Metadata.Add(new AuthorizeAttribute { Policy = handler.Policy });
        foreach (var attribute in handler.Method.DeclaringType!.GetCustomAttributes(inherit: true))
            builder.Metadata.Add(attribute);
        foreach (var attribute in handler.Method.GetCustomAttributes(inherit: true))
            builder.Metadata.Add(attribute);
    }

    private static void AddParameters(EndpointBuilder builder, HttpHandler handler, HttpHandlerContext context, HandlerFaults faults)
    {
        var form = new List<HttpParameter>();
        var bodies = 0;
        foreach (var parameter in handler.Parameters)
        {
            var info = parameter.Member ?? context.Parameter(parameter.Position);
            if (parameter.Kind is HttpParameterKind.BodyOrService or HttpParameterKind.Service && context.IsService(info.ParameterType))
                continue;
            switch (parameter.Kind)
            {
                case HttpParameterKind.Service:
                    faults.AddUnfilled(handler, NameOf(parameter, context), info.ParameterType);
                    continue;
                case HttpParameterKind.Body or HttpParameterKind.BodyOrService:
                    bodies++;
                    builder.Metadata.Add(new AcceptsMetadata(["application/json"], info.ParameterType, parameter.IsOptional));
                    break;
                case HttpParameterKind.Form or HttpParameterKind.FormObject or HttpParameterKind.FormFile:
                    form.Add(parameter);
                    break;
            }
            builder.Metadata.Add(new ParameterMetadata(parameter, info));
        }
        if (bodies + Math.Min(form.Count, 1) > 1)
            faults.AddSeveralBodies(handler);
        if (form.Count > 0)
            builder.Metadata.Add(FormOf(form, context));
    }

    private static string NameOf(HttpParameter parameter, HttpHandlerContext context) =>
        parameter.Member is null ? parameter.Name : $"{context.Parameter(parameter.Position).Name}.{parameter.Name}";

    /// <summary>With files a form is <c>multipart/form-data</c>.</summary>
    private static AcceptsMetadata FormOf(List<HttpParameter> form, HttpHandlerContext context) => new(
        form.Exists(parameter => parameter.Kind == HttpParameterKind.FormFile)
            ? ["multipart/form-data"]
            : ["multipart/form-data", "application/x-www-form-urlencoded"],
        (form[0].Member ?? context.Parameter(form[0].Position)).ParameterType,
        isOptional: false);

    /// <summary>An <see cref="IResult"/> describes itself, or not at all; no result is an empty 200 without a word.</summary>
    private static void AddResponse(EndpointBuilder builder, HttpHandler handler)
    {
        if (handler.ResponseType is { } type)
            builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, type, [type == typeof(string) ? "text/plain" : "application/json"]));
    }

    private sealed class ParameterMetadata(HttpParameter parameter, ParameterInfo info) : IParameterBindingMetadata
    {
        public string Name => info.Name!;

        public ParameterInfo ParameterInfo => info;

        /// <summary>As ASP.NET Core has it: not of a value whose place in the request an attribute names, unless it is the form.</summary>
        public bool HasTryParse => parameter.Kind switch
        {
            HttpParameterKind.Value => !info.GetCustomAttributes().Any(attribute => attribute is IFromRouteMetadata or IFromQueryMetadata or IFromHeaderMetadata),
            HttpParameterKind.Form => info.ParameterType != typeof(IFormCollection),
            _ => false,
        };

        public bool HasBindAsync => parameter.Kind is HttpParameterKind.Custom;

        public bool IsOptional => parameter is { IsOptional: true, IsEmptyAllowed: false };
    }
}
