using System.Text.Json.Serialization;

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>How lists travel into statements.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class StorageJson : JsonSerializerContext;
