using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Contract.Testing;

/// <summary>Makes requests from an OpenAPI document: as it describes them, and then with something wrong.</summary>
/// <param name="document">The document.</param>
/// <param name="known">Ids that exist, by the name of their parameter.</param>
/// <param name="random">Where chance comes from.</param>
internal sealed class RandomRequests(JsonElement document, IReadOnlyDictionary<string, string> known, Random random)
{
    private const int DeepestValue = 5;

    private static readonly string[] garbage =
    [
        "", " ", "0", "-1", "1e400", "99999999999999999999", "NaN", "true", "null", "undefined", "[]", "{}", "[1", "\"", "'", ";", "a b", "%00", "%2e%2e%2f", "../..",
        "\u0000", "\r\nX-Bad: 1", "ä€😀", "\u202Etxt.exe", "2030-02-30", "' OR 1=1 --", "<script>alert(1)</script>", "${7*7}", "*", "application/json", new string('x', 3000),
    ];

    private static readonly string[] mediaTypes =
        ["application/json", "application/json; charset=utf-16", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "nonsense", ""];

    public HttpRequestMessage Next(string path, string method, JsonElement operation)
    {
        var query = new List<string>();
        var headers = new List<(string Name, string Value)>();
        var parameters = operation.Has("parameters") ? operation.GetProperty("parameters").EnumerateArray() : default;
        foreach (var parameter in parameters)
        {
            var name = parameter.Text("name");
            switch (parameter.Text("in"))
            {
                case "path":
                    path = path.Replace($"{{{name}}}", Uri.EscapeDataString(PathValue(name, parameter)), StringComparison.Ordinal);
                    break;
                case "query":
                    for (var count = random.Next(3); count > 0; count--)
                        query.Add($"{name}={Uri.EscapeDataString(Text(parameter))}");
                    break;
                case "header" when random.Next(2) == 0:
                    headers.Add((name, Text(parameter)));
                    break;
            }
        }
        var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), query.Count == 0 ? path : $"{path}?{string.Join('&', query)}");
        // What a client can send at all.
        foreach (var (name, value) in headers.Where(header => header.Value.All(character => character is >= ' ' and <= '~')))
            request.Headers.TryAddWithoutValidation(name, value);
        if (operation.Has("requestBody"))
            request.Content = Body(operation.GetProperty("requestBody").GetProperty("content").EnumerateObject().First());
        return request;
    }

    private string PathValue(string name, JsonElement parameter) =>
        known.TryGetValue(name, out var id) && random.Next(3) > 0 ? id
        // Kestrel refuses an address with a NUL by itself.
        : Text(parameter).Replace("\0", "", StringComparison.Ordinal) is { Length: > 0 } text ? text
        : "-";

    private string Text(JsonElement parameter) =>
        random.Next(2) == 0 ? garbage[random.Next(garbage.Length)] : Value(parameter.GetProperty("schema"), 0) is { } value ? value.ToString() : "";

    private HttpContent? Body(JsonProperty described)
    {
        if (random.Next(12) == 0)
            return null;
        var value = described.Value.Has("schema") ? Value(described.Value.GetProperty("schema"), 0) : null;
        if (described.Name.StartsWith("multipart/", StringComparison.Ordinal) && random.Next(4) > 0)
            return Form(value);
        for (var count = random.Next(3); count > 0; count--)
            value = Spoil(value);
        var bytes = Encoding.UTF8.GetBytes(value?.ToJsonString() ?? "null").AsSpan();
        bytes = random.Next(8) switch
        {
            0 => bytes[..random.Next(bytes.Length + 1)],
            1 => (byte[])[.. bytes, 0xff, 0xfe],
            2 => (byte[])[0xef, 0xbb, 0xbf, .. bytes],
            _ => bytes,
        };
        var content = new ByteArrayContent(bytes.ToArray());
        var type = random.Next(5) == 0 ? mediaTypes[random.Next(mediaTypes.Length)] : described.Name;
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private MultipartFormDataContent Form(JsonNode? value)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, field) in value as JsonObject ?? [])
        {
            var part = new StringContent(random.Next(3) == 0 ? garbage[random.Next(garbage.Length)] : field?.ToString() ?? "");
            if (random.Next(2) == 0)
                part.Headers.ContentType = MediaTypeHeaderValue.Parse("application/octet-stream");
            if (random.Next(2) == 0)
                form.Add(part, name, "a.txt");
            else
                form.Add(part, name);
        }
        return form;
    }

    /// <summary>A value that a schema allows, more or less.</summary>
    private JsonNode? Value(JsonElement schema, int depth)
    {
        if (schema.Has("$ref"))
            return Value(Resolve(schema.Text("$ref")), depth);
        foreach (var choice in (string[])["oneOf", "anyOf", "allOf"])
        {
            if (schema.Has(choice))
                return Value(schema.GetProperty(choice)[random.Next(schema.GetProperty(choice).GetArrayLength())], depth);
        }
        if (schema.Has("enum"))
            return JsonNode.Parse(schema.GetProperty("enum")[random.Next(schema.GetProperty("enum").GetArrayLength())].GetRawText());
        return TypeOf(schema) switch
        {
            "object" when depth < DeepestValue => Object(schema, depth),
            "array" when depth < DeepestValue => new JsonArray(
                [.. Enumerable.Range(0, random.Next(4)).Select(_ => schema.Has("items") ? Value(schema.GetProperty("items"), depth + 1) : 1)]),
            "integer" => random.Next(-2, 100),
            "number" => random.NextDouble() * 100,
            "boolean" => random.Next(2) == 0,
            "string" => garbage[random.Next(garbage.Length)],
            _ => null,
        };
    }

    private JsonObject Object(JsonElement schema, int depth)
    {
        var value = new JsonObject();
        if (schema.Has("properties"))
        {
            foreach (var property in schema.GetProperty("properties").EnumerateObject())
            {
                if (random.Next(4) > 0)
                    value[property.Name] = Value(property.Value, depth + 1);
            }
        }
        return value;
    }

    private string? TypeOf(JsonElement schema) =>
        !schema.Has("type") ? null
        : schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } types ? types[random.Next(types.GetArrayLength())].GetString()
        : schema.Text("type");

    /// <summary>Puts something wrong into a value.</summary>
    private JsonNode? Spoil(JsonNode? value)
    {
        if (value is JsonObject { Count: > 0 } parent && random.Next(5) > 0)
        {
            var (name, child) = parent.ElementAt(random.Next(parent.Count));
            parent[random.Next(6) == 0 ? name.ToUpper(CultureInfo.InvariantCulture) + "!" : name] = Spoil(child?.DeepClone());
            return parent;
        }
        return random.Next(7) switch
        {
            0 => null,
            1 => garbage[random.Next(garbage.Length)],
            2 => new JsonArray(),
            3 => new JsonObject { ["$type"] = "System.Object", ["__proto__"] = 1 },
            4 => JsonNode.Parse(new string('[', 60) + new string(']', 60)),
            5 => 1e300,
            _ => false,
        };
    }

    private JsonElement Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(document, (element, part) => element.GetProperty(part));
}
