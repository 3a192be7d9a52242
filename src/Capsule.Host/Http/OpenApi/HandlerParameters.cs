using System.ComponentModel.DataAnnotations;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Describes what a handler takes as it is bound: what may be left out, what each value means, and what only Capsule's handlers take.</summary>
internal sealed class HandlerParameters : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<HttpHandler>().LastOrDefault() is not { } handler)
            return Task.CompletedTask;

        var texts = metadata.OfType<HandlerDocumentation>().LastOrDefault();
        foreach (var description in context.Description.ParameterDescriptions)
        {
            if (Find(handler, description) is not { } parameter)
                continue;
            var text = TextOf(parameter, handler, texts);
            if (operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(candidate => candidate.Name == description.Name) is { } described)
                Describe(described, parameter, description, text);
            else if (operation.RequestBody is OpenApiRequestBody body)
                Describe(body, parameter, description, text);
        }
        AddRawBody(operation, handler, context.Description);
        AddSession(operation, handler);
        return Task.CompletedTask;
    }

    public static HttpParameter? Find(HttpHandler handler, ApiParameterDescription description)
    {
        if (InfoDescriptor.ParameterOf(description) is not { } info)
            return null;
        return handler.Parameters.FirstOrDefault(parameter =>
            parameter.Member is { } member ? ReferenceEquals(member, info) : info is not MemberParameter && parameter.Position == info.Position);
    }

    public static MemberDocumentation? TextOf(HttpParameter parameter, HttpHandler handler, HandlerDocumentation? texts)
    {
        var name = handler.Method.GetParameters()[parameter.Position].Name;
        if (parameter.Member is { } member)
            name = $"{name}.{member.Name}";
        return texts?.Parameters.FirstOrDefault(text => text.Name == name);
    }

    private static void Describe(OpenApiParameter described, HttpParameter parameter, ApiParameterDescription description, MemberDocumentation? text)
    {
        described.Description ??= text?.Text;
        described.Required = described.In == ParameterLocation.Path || !MayBeLeftOut(parameter, description);
        if (text?.Example is { } example)
            described.Example ??= Examples.Parse(example, described.Schema?.Type);
    }

    private static void Describe(OpenApiRequestBody body, HttpParameter parameter, ApiParameterDescription description, MemberDocumentation? text)
    {
        if (parameter.Kind is not (HttpParameterKind.Body or HttpParameterKind.BodyOrService))
            return;
        body.Description ??= text?.Text;
        body.Required = !MayBeLeftOut(parameter, description);
    }

    public static bool MayBeLeftOut(HttpParameter parameter, ApiParameterDescription description)
    {
        // A list that is not given is empty, unless it is the body.
        var isList = description.Type.IsArray && parameter.Kind is not (HttpParameterKind.Body or HttpParameterKind.BodyOrService);
        return (isList || parameter.IsOptional) && !IsAskedFor(description, isList);
    }

    /// <summary>Whether validation refuses what binding takes for a value that is not given: an empty list, the default, or null.</summary>
    private static bool IsAskedFor(ApiParameterDescription description, bool isList)
    {
        if (InfoDescriptor.ParameterOf(description) is not { } info)
            return false;
        var absent = isList ? Array.Empty<object>() : info.HasDefaultValue ? info.DefaultValue : null;
        return info.GetCustomAttributes(inherit: true).Any(attribute => attribute switch
        {
            RequiredAttribute or AllowedValuesAttribute or DeniedValuesAttribute => !((ValidationAttribute)attribute).IsValid(absent),
            MinLengthAttribute or LengthAttribute when absent is Array or string => !((ValidationAttribute)attribute).IsValid(absent),
            StringLengthAttribute length when absent is string => !length.IsValid(absent),
            _ => false,
        });
    }

    private static void AddRawBody(OpenApiOperation operation, HttpHandler handler, ApiDescription description)
    {
        if (operation.RequestBody is not null
            || !handler.Method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Stream) || parameter.ParameterType == typeof(PipeReader)))
        {
            return;
        }
        var mediaTypes = description.SupportedRequestFormats.Select(format => format.MediaType).DefaultIfEmpty("application/octet-stream");
        operation.RequestBody = new OpenApiRequestBody
        {
            Description = "The body, as it is.",
            Content = mediaTypes.ToDictionary(
                mediaType => mediaType,
                _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } }),
        };
    }

    private static void AddSession(OpenApiOperation operation, HttpHandler handler)
    {
        if (handler.RequiresSession is not { } required)
            return;
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = SessionParameter.Header,
            In = ParameterLocation.Header,
            Required = required,
            Description = "The id of the caller's session that the handler works with.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
        (operation.Responses ??= []).TryAdd("404", new OpenApiResponse { Description = "There is no such session, or it belongs to somebody else." });
    }
}
