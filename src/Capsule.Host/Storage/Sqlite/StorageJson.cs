using System.Text.Json.Serialization;

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>How values and lists travel into statements and out of stored JSON.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class StorageJson : JsonSerializerContext;
