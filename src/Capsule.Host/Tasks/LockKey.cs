using System.Text;
using System.Text.Json;

namespace Capsule.Hosting;

/// <summary>A task's lock with its <c>{argument}</c> places filled.</summary>
internal static class LockKey
{
    /// <summary>Fills the places of a template: text as it is, other values as JSON.</summary>
    /// <exception cref="InvalidOperationException">It names an argument that the submission does not have.</exception>
    public static string Fill(string template, string argumentsJson)
    {
        if (!template.Contains('{', StringComparison.Ordinal))
            return template;
        using var arguments = JsonDocument.Parse(argumentsJson);
        var filled = new StringBuilder();
        for (var position = 0; position < template.Length;)
        {
            var open = template.IndexOf('{', position);
            var close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
            {
                filled.Append(template, position, template.Length - position);
                break;
            }
            var name = template[(open + 1)..close];
            if (!arguments.RootElement.TryGetProperty(name, out var value))
                throw new InvalidOperationException($"The lock '{template}' names the argument '{name}', which the task does not have.");
            filled.Append(template, position, open - position);
            filled.Append(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText());
            position = close + 1;
        }
        return filled.ToString();
    }
}
