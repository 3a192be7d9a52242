using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.OpenApi.Tests;

/// <summary>
/// What the document says that a JSON body may leave out, or may have null, against what is accepted. Each member of each body is left out, and made null.
/// </summary>
public class BodyTests
{
    /// <summary>Whole bodies.</summary>
    private static readonly Dictionary<string, string> good = new()
    {
        ["/bodies/plain"] = """{ "text": "a", "maybe": "b", "number": 1, "maybeNumber": 2, "otherwise": "c", "otherNumber": 3, "otherMaybe": "d" }""",
        ["/bodies/set"] = """
            {
              "text": "a", "maybe": "b", "number": 1, "at": "2026-01-02T03:04:05Z", "words": ["c"], "urgency": "low", "maybeUrgency": "high",
              "part": { "text": "a", "maybe": "b", "number": 1, "maybeNumber": 2 }
            }
            """,
        ["/bodies/wanted"] = """{ "text": "a", "maybe": "b", "number": 1, "wanted": "c", "other-name": 2 }""",
        ["/bodies/mixed"] = """{ "text": "a", "number": 1, "urgency": "low", "more": "b" }""",
        ["/bodies/struct"] = """{ "text": "a", "number": 1 }""",
    };

    /// <summary>With the options by which System.Text.Json keeps to what C# declares, document and binding say the same of every member.</summary>
    [Fact]
    public async Task A_body_that_is_kept_to_its_declaration_is_described_exactly()
    {
        var members = await SendAsync(builder => builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
        }));

        Assert.All(members, member => Assert.True(member.IsRequired != member.MayBeMissing && member.IsNullable == member.MayBeNull, member.ToString()));
    }

    /// <summary>Without them it overlooks what is missing of a constructor, and nulls; the document is what C# declares, and never allows what is refused.</summary>
    [Fact]
    public async Task What_the_document_allows_is_accepted()
    {
        var members = await SendAsync(null);

        Assert.All(members, member =>
        {
            Assert.True(member.IsRequired || member.MayBeMissing, member.ToString());
            Assert.True(!member.IsNullable || member.MayBeNull, member.ToString());
        });
        Assert.Equal(
            ["/bodies/mixed text", "/bodies/plain maybe", "/bodies/plain maybeNumber", "/bodies/plain number", "/bodies/plain text"],
            members.Where(member => member.IsRequired && member.MayBeMissing).Select(member => $"{member.Path} {member.Name}").Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                "/bodies/mixed text", "/bodies/plain otherwise", "/bodies/plain text", "/bodies/set text", "/bodies/set words", "/bodies/struct text",
                "/bodies/wanted text", "/bodies/wanted wanted",
            ],
            members.Where(member => !member.IsNullable && member.MayBeNull).Select(member => $"{member.Path} {member.Name}").Order(StringComparer.Ordinal));
    }

    private static async Task<List<Member>> SendAsync(Action<WebApplicationBuilder>? setUp)
    {
        var app = new DescribedApp(setUp);
        await app.InitializeAsync();
        var members = new List<Member>();
        foreach (var (path, whole) in good)
        {
            Assert.True(await IsAcceptedAsync(app, path, whole));
            var schema = Resolve(app, app.Operation("post", path).At("requestBody", "content", "application/json", "schema"));
            var required = schema.TryGetProperty("required", out var names) ? names.Texts().ToList() : [];
            var properties = schema.At("properties").EnumerateObject().Where(property => !IsReadOnly(property.Name)).ToList();
            Assert.Equal(JsonNode.Parse(whole)!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal), properties.Select(property => property.Name).Order(StringComparer.Ordinal));
            foreach (var property in properties)
            {
                var without = JsonNode.Parse(whole)!.AsObject();
                without.Remove(property.Name);
                var withNull = JsonNode.Parse(whole)!.AsObject();
                withNull[property.Name] = null;
                members.Add(new Member(
                    path, property.Name, required.Contains(property.Name), IsNullable(property.Value),
                    await IsAcceptedAsync(app, path, without.ToJsonString()), await IsAcceptedAsync(app, path, withNull.ToJsonString())));
            }
        }
        await app.DisposeAsync();
        return members;
    }

    /// <summary>What a body has, but no request sets.</summary>
    private static bool IsReadOnly(string name) => name == "length";

    private static async Task<bool> IsAcceptedAsync(DescribedApp app, string path, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await app.Client.PostAsync(path, content);
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, response.StatusCode.ToString());
        return response.StatusCode == HttpStatusCode.OK;
    }

    private static JsonElement Resolve(DescribedApp app, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? app.Schemas.At(reference.GetString()!.Split('/')[^1]) : schema;

    private static bool IsNullable(JsonElement schema)
    {
        if (schema.TryGetProperty("oneOf", out var choices))
            return choices.EnumerateArray().Any(IsNullable);
        return schema.TryGetProperty("type", out var type) && (type.ValueKind == JsonValueKind.Array ? type.Texts().Contains("null") : type.GetString() == "null");
    }

    private sealed record Member(string Path, string Name, bool IsRequired, bool IsNullable, bool MayBeMissing, bool MayBeNull);
}
