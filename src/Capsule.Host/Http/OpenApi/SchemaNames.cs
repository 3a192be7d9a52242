using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>
/// Names schemas after their types. Types that share a name get the name of what is around them in front, class or namespace, all of them: which one
/// comes first in the document must not decide what it is called. Names of the host's own schemas are taken.
/// </summary>
internal sealed class SchemaNames(EndpointDataSource endpoints, IOptions<JsonOptions> json)
{
    private readonly JsonSerializerOptions serializerOptions = json.Value.SerializerOptions;
    private volatile KnownNames? known;

    /// <summary>Null for a type whose schema stands where it is used.</summary>
    public string? Of(JsonTypeInfo typeInfo)
    {
        var type = Nullable.GetUnderlyingType(typeInfo.Type) ?? typeInfo.Type;
        // What means a piece of JSON or of a body in .NET means nothing to other languages.
        if (type == typeof(JsonObject) || type == typeof(JsonNode) || type == typeof(JsonElement) || type == typeof(Stream) || typeof(IFormFile).IsAssignableFrom(type))
            return null;
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(typeInfo) is not { } standard)
            return null;
        return IsOfHost(type) || type.Namespace == typeof(Microsoft.AspNetCore.Mvc.ProblemDetails).Namespace ? standard : Composed(type, Names());
    }

    private Dictionary<Type, string> Names()
    {
        // The list is another one when endpoints have changed.
        var current = endpoints.Endpoints;
        if (known is { } names && ReferenceEquals(names.Endpoints, current))
            return names.Names;
        var (definitions, hosts) = TypesOf(current);
        var distinct = Distinct(definitions, [ProblemTransformer.SchemaName, .. EventSchemas.Names, .. hosts.Select(type => type.Name)]);
        known = new KnownNames(current, distinct);
        return distinct;
    }

    private static string Composed(Type type, Dictionary<Type, string> names)
    {
        if (type.IsArray)
            return "ArrayOf" + Composed(type.GetElementType()!, names);
        var name = names.GetValueOrDefault(Definition(type)) ?? ShortName(type);
        return type.IsGenericType ? $"{name}Of{string.Join("And", type.GetGenericArguments().Select(argument => Composed(argument, names)))}" : name;
    }

    private static Dictionary<Type, string> Distinct(HashSet<Type> definitions, IEnumerable<string> hostNames)
    {
        var names = new Dictionary<Type, string>();
        var taken = new HashSet<string>(hostNames, StringComparer.OrdinalIgnoreCase);
        var open = definitions.OrderBy(type => type.FullName, StringComparer.Ordinal).ToList();
        for (var parts = 1; open.Count > 0; parts++)
        {
            var remaining = new List<Type>();
            var longest = open.Max(type => Path(type).Count);
            foreach (var group in open.GroupBy(type => string.Concat(Path(type).TakeLast(parts)), StringComparer.OrdinalIgnoreCase).ToList())
            {
                if (group.Count() == 1 && taken.Add(group.Key))
                    names[group.First()] = group.Key;
                else
                    remaining.AddRange(group);
            }
            // Of different assemblies, or generic and not: no name tells them apart.
            if (parts > longest)
                remaining.RemoveAll(type => names.TryAdd(type, Numbered(ShortName(type), taken)));
            open = remaining;
        }
        return names;
    }

    private static string Numbered(string name, HashSet<string> taken)
    {
        var number = 2;
        while (!taken.Add(name + number))
            number++;
        return name + number;
    }

    private (HashSet<Type> Definitions, HashSet<Type> OfHost) TypesOf(IReadOnlyList<Endpoint> current)
    {
        var seen = new HashSet<Type>();
        var definitions = new HashSet<Type>();
        var ofHost = new HashSet<Type>();
        foreach (var endpoint in current)
        {
            foreach (var metadata in endpoint.Metadata)
                Visit(HeldBy(metadata));
        }
        return (definitions, ofHost);

        void Visit(Type? type)
        {
            if (type is null || type == typeof(void) || !seen.Add(type))
                return;
            if (type.HasElementType)
                Visit(type.GetElementType());
            foreach (var argument in type.GetGenericArguments())
                Visit(argument);
            if (type.IsPrimitive || !serializerOptions.TryGetTypeInfo(type, out var typeInfo))
                return;
            if (!type.IsArray && Nullable.GetUnderlyingType(type) is null)
                (IsOfHost(type) ? ofHost : definitions).Add(Definition(type));
            Visit(typeInfo.ElementType);
            foreach (var derived in typeInfo.PolymorphismOptions?.DerivedTypes ?? [])
                Visit(derived.DerivedType);
            foreach (var property in typeInfo.Properties)
                Visit(property.PropertyType);
        }
    }

    private static Type? HeldBy(object metadata) => metadata switch
    {
        IAcceptsMetadata accepts => accepts.RequestType,
        IProducesResponseTypeMetadata produces => produces.Type,
        // Other values of the query string are text.
        IParameterBindingMetadata { ParameterInfo.ParameterType: var type } when (Nullable.GetUnderlyingType(type) ?? type.GetElementType() ?? type).IsEnum => type,
        _ => null,
    };

    private static bool IsOfHost(Type type) => type.Assembly == typeof(SchemaNames).Assembly;

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    /// <summary>Namespaces, types around it, the type.</summary>
    private static List<string> Path(Type type)
    {
        var path = new List<string>();
        for (var part = type; part is not null; part = part.DeclaringType)
            path.Insert(0, ShortName(part));
        path.InsertRange(0, (type.Namespace ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries));
        return path;
    }

    private static string ShortName(Type type)
    {
        if (type.Name.StartsWith('<'))
            return "AnonymousType";
        var name = type.Name.Split('`')[0];
        return type.IsPrimitive || type == typeof(string) ? Keyword(type) : name;
    }

    private static string Keyword(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => "Int",
        TypeCode.Int64 => "Long",
        TypeCode.Int16 => "Short",
        TypeCode.Single => "Float",
        _ => type.Name,
    };

    private sealed record KnownNames(IReadOnlyList<Endpoint> Endpoints, Dictionary<Type, string> Names);
}
