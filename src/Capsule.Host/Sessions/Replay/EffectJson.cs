using System.Text.Json.Serialization;

namespace Capsule.Hosting.Sessions;

/// <summary>What is recorded of a reply that grew, once it has ended.</summary>
/// <param name="Text">All of its text.</param>
/// <param name="At">When it began.</param>
/// <param name="Partial">Whether it was cut off.</param>
/// <param name="Result">What the handler got together with the text, as JSON.</param>
internal sealed record EndedReply(string Text, DateTimeOffset At, bool Partial, string? Result);

/// <summary>How results of effects are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EndedReply))]
[JsonSerializable(typeof(PromptReply))]
[JsonSerializable(typeof(TaskSnapshot))]
[JsonSerializable(typeof(DateTimeOffset))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(bool))]
internal sealed partial class EffectJson : JsonSerializerContext;
