using System.Text.Json;
using System.Text.Json.Serialization;

namespace Capsule.Benchmarks;

/// <summary>What all contestants read and write.</summary>
public sealed record Report(int Id, string Status, int Page);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Report))]
public sealed partial class ReportJson : JsonSerializerContext;
