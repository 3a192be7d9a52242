using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>
/// Describes a form as one object with a property for each name that is read, as it is bound. The framework makes an object for each parameter, and shows
/// objects that are made of a form as they are in JSON.
/// </summary>
internal sealed class HandlerForms(CommentedTypes comments) : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<HttpHandler>().LastOrDefault() is not { } handler || operation.RequestBody is not OpenApiRequestBody { Content: { } content } body)
            return;
        var texts = metadata.OfType<HandlerDocumentation>().LastOrDefault();
        var form = new OpenApiSchema { Type = JsonSchemaType.Object };
        var parts = context.Description.ParameterDescriptions
            .Select(description => (Description: description, Parameter: HandlerParameters.Find(handler, description)))
            .Where(part => part.Parameter?.Kind is HttpParameterKind.Form or HttpParameterKind.FormObject or HttpParameterKind.FormFile)
            .ToList();
        foreach (var (description, found) in parts)
        {
            var parameter = found!;
            var text = HandlerParameters.TextOf(parameter, handler, texts);
            if (description.Type == typeof(IFormCollection))
            {
                form.AdditionalProperties = new OpenApiSchema();
                form.Description ??= text?.Text;
            }
            else if (parameter.DescribeForm is { } describe)
            {
                body.Description ??= text?.Text;
                if (parts.Count == 1)
                    form.Description = comments.Find(description.Type)?.Text;
                var fields = new FormDescription();
                describe(fields);
                foreach (var field in fields.Fields)
                    Add(form, field, await OfFieldAsync(field, description, context, cancellationToken));
                Require(form, fields.Fields, parameter.IsOptional);
            }
            else
            {
                var schema = await SchemaAsync(description.Type, description, context, cancellationToken);
                Describe(schema, text);
                Add(form, description.Name, schema, !HandlerParameters.MayBeLeftOut(parameter, description));
            }
        }
        if (parts.Count == 0)
            return;
        foreach (var mediaType in content.Values)
            mediaType.Schema = form;
    }

    private static void Add(OpenApiSchema form, FormField field, OpenApiSchema schema)
    {
        if (field.IsPattern)
            (form.PatternProperties ??= new Dictionary<string, IOpenApiSchema>())[$"^{field.Name}$"] = schema;
        else
            Add(form, field.Name, schema, isRequired: false);
    }

    /// <summary>What an object must have is required where the object is; of one that may be left out, as soon as the form has another part of it.</summary>
    private static void Require(OpenApiSchema form, IReadOnlyList<FormField> fields, bool isOptional)
    {
        foreach (var field in fields.Where(field => !field.IsPattern))
        {
            if (field.Within.Length == 0 && !isOptional)
                (form.Required ??= new HashSet<string>()).Add(field.Name);
            else if (field.Within != field.Name)
                RequireBeside(form, fields.Where(other => !other.IsPattern && other.Name != field.Name && other.IsIn(field.Within)), field.Name);
        }
    }

    private static void RequireBeside(OpenApiSchema form, IEnumerable<FormField> others, string name)
    {
        form.DependentRequired ??= new Dictionary<string, HashSet<string>>();
        foreach (var other in others)
        {
            if (!form.DependentRequired.TryGetValue(other.Name, out var required))
                form.DependentRequired[other.Name] = required = [];
            required.Add(name);
        }
    }

    private static void Add(OpenApiSchema form, string name, OpenApiSchema schema, bool isRequired)
    {
        (form.Properties ??= new Dictionary<string, IOpenApiSchema>())[name] = schema;
        if (isRequired)
            (form.Required ??= new HashSet<string>()).Add(name);
    }

    /// <summary>A member is described as a parameter of its own would be.</summary>
    private async Task<OpenApiSchema> OfFieldAsync(
        FormField field, ApiParameterDescription parent, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var description = new ApiParameterDescription
        {
            Name = field.Name,
            Type = field.Type,
            Source = parent.Source,
            ModelMetadata = parent.ModelMetadata,
            ParameterDescriptor = field.Member is { } member ? new InfoDescriptor(new WithoutDefault(member)) : null!,
        };
        var schema = await SchemaAsync(field.Type, description, context, cancellationToken);
        // What the constructor has when it is called without, a form does not leave to it.
        schema.Default = null;
        if (field.Member is { } described)
            Describe(schema, comments.OfMember(described));
        return schema;
    }

    private async Task<OpenApiSchema> SchemaAsync(
        Type type, ApiParameterDescription description, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (FileOf(type) is { } file)
            return file;
        if (TextParameters.SchemaOf(type, description.DefaultValue, comments) is { } constants)
            return constants;
        var schema = await context.GetOrCreateSchemaAsync(type, description, cancellationToken);
        // Of a type that reads itself from text, JSON may have anything.
        return schema.IsComponent() || schema.Type is null || schema.Type.Value.HasFlag(JsonSchemaType.Object)
            ? await context.GetOrCreateSchemaAsync(typeof(string), null, cancellationToken)
            : schema;
    }

    private static void Describe(OpenApiSchema schema, MemberDocumentation? text)
    {
        if (text?.Text is not null)
            schema.Description = schema.Description is { } known ? $"{text.Text}\n\n{known}" : text.Text;
        if (text?.Example is { } example)
            schema.Examples ??= [Examples.Parse(example, schema.Type)];
    }

    private static OpenApiSchema? FileOf(Type type)
    {
        var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        if (type == typeof(IFormFile))
            return file;
        return typeof(IEnumerable<IFormFile>).IsAssignableFrom(type) ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = file } : null;
    }
}
