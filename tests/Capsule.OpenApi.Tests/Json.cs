using System.Text.Json;

namespace Capsule.OpenApi.Tests;

/// <summary>Short ways through a document.</summary>
internal static class Json
{
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Assert.True(element.TryGetProperty(name, out var next), $"There is no '{name}' in {element}");
            element = next;
        }
        return element;
    }

    public static bool Has(this JsonElement element, string name) => element.TryGetProperty(name, out _);

    public static string? Text(this JsonElement element, params ReadOnlySpan<string> names) => element.At(names).GetString();

    public static IEnumerable<string> Names(this JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    public static IEnumerable<string?> Texts(this JsonElement element) => element.EnumerateArray().Select(item => item.GetString());

    /// <summary>An operation's parameter.</summary>
    public static JsonElement Parameter(this JsonElement operation, string name) =>
        operation.At("parameters").EnumerateArray().Single(parameter => parameter.Text("name") == name);

    public static bool IsRequired(this JsonElement parameter) => parameter.TryGetProperty("required", out var required) && required.GetBoolean();

    /// <summary>What a response holds, of its only media type.</summary>
    public static JsonElement Schema(this JsonElement operation, string status) =>
        Assert.Single(operation.At("responses", status, "content").EnumerateObject()).Value.At("schema");

    /// <summary>Compares with JSON that is easy to read.</summary>
    public static void IsJson(this JsonElement element, string expected) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), element), $"Expected {expected}\nbut it is {element}");
}
