using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Capsule;

/// <summary>
/// A session's own values, by name, stored as JSON. Changes are found by comparison when the turn ends, so changing in place what was obtained
/// from here counts. What others have saved meanwhile under other names stays.
/// </summary>
public sealed class SessionData
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> saved;
    private readonly JsonSerializerOptions options;
    private readonly Func<IReadOnlyDictionary<string, string?>, CancellationToken, Task> save;

    /// <param name="saved">What is stored: JSON by name.</param>
    /// <param name="options">How values are written.</param>
    /// <param name="save">Stores changes: JSON by name, null for a name that is gone.</param>
    internal SessionData(
        IReadOnlyDictionary<string, string> saved,
        JsonSerializerOptions options,
        Func<IReadOnlyDictionary<string, string?>, CancellationToken, Task> save)
    {
        this.saved = new Dictionary<string, string>(saved, StringComparer.Ordinal);
        this.options = options;
        this.save = save;
        foreach (var (name, json) in saved)
            entries[name] = Entry.Stored(json);
    }

    /// <summary>The value of a name as JSON; null when there is none. Setting null removes it. A value that is set is copied if it is part of another one.</summary>
    public JsonNode? this[string name]
    {
        get
        {
            lock (gate)
                return entries.TryGetValue(name, out var entry) ? entry.AsNode() : null;
        }
        set
        {
            lock (gate)
            {
                if (value is null)
                    entries.Remove(name);
                else if (!entries.TryGetValue(name, out var present) || !present.Holds(value))
                    entries[name] = Entry.Of(value.Parent is null && !entries.Values.Any(entry => entry.Holds(value)) ? value : value.DeepClone());
            }
        }
    }

    /// <summary>The names that have a value.</summary>
    public IReadOnlyCollection<string> Names
    {
        get
        {
            lock (gate)
                return [.. entries.Keys];
        }
    }

    /// <summary>The value of a name; the default of <typeparamref name="T"/> when there is none. The same object each time, so changing it in place counts.</summary>
    /// <exception cref="JsonException">What is stored is not a <typeparamref name="T"/>.</exception>
    public T? Get<T>(string name) => Get(name, TypeInfo<T>());

    /// <inheritdoc cref="Get{T}(string)"/>
    /// <param name="name">The value's name.</param>
    /// <param name="type">How it is read and written.</param>
    public T? Get<T>(string name, JsonTypeInfo<T> type)
    {
        lock (gate)
            return entries.TryGetValue(name, out var entry) ? entry.As(type) : default;
    }

    /// <summary>Sets the value of a name.</summary>
    public void Set<T>(string name, T value) => Set(name, value, TypeInfo<T>());

    /// <inheritdoc cref="Set{T}(string, T)"/>
    /// <param name="name">The value's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">How it is read and written.</param>
    public void Set<T>(string name, T value, JsonTypeInfo<T> type)
    {
        lock (gate)
            entries[name] = Entry.Of(value, type);
    }

    /// <summary>The value of a name, made and set when there is none.</summary>
    public T GetOrAdd<T>(string name, Func<T> create) => GetOrAdd(name, create, TypeInfo<T>());

    /// <inheritdoc cref="GetOrAdd{T}(string, Func{T})"/>
    /// <param name="name">The value's name.</param>
    /// <param name="create">Makes the value.</param>
    /// <param name="type">How it is read and written.</param>
    public T GetOrAdd<T>(string name, Func<T> create, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(create);
        lock (gate)
        {
            if (!entries.TryGetValue(name, out var entry))
                entries[name] = entry = Entry.Of(create(), type);
            return entry.As(type)!;
        }
    }

    /// <summary>Removes a name. False when it had no value.</summary>
    public bool Remove(string name)
    {
        lock (gate)
            return entries.Remove(name);
    }

    /// <summary>Saves what has changed now, rather than at the end of the turn. Without changes it does nothing.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        var changes = Changes();
        if (changes.Count == 0)
            return;
        await save(changes, cancellationToken).ConfigureAwait(false);
        MarkSaved(changes);
    }

    /// <summary>What differs from what is stored: JSON by name, null for a name that is gone.</summary>
    internal IReadOnlyDictionary<string, string?> Changes()
    {
        lock (gate)
        {
            var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var (name, entry) in entries)
            {
                if (entry.ChangedJson() is { } json && saved.GetValueOrDefault(name) != json)
                    changes[name] = json;
            }
            foreach (var name in saved.Keys.Where(name => !entries.ContainsKey(name)))
                changes[name] = null;
            return changes;
        }
    }

    /// <summary>Takes note that changes are stored.</summary>
    internal void MarkSaved(IReadOnlyDictionary<string, string?> changes)
    {
        lock (gate)
        {
            foreach (var (name, json) in changes)
            {
                if (json is null)
                    saved.Remove(name);
                else
                    saved[name] = json;
                if (json is not null && entries.TryGetValue(name, out var entry))
                    entry.MarkSaved(json);
            }
        }
    }

    private JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

    /// <summary>
    /// A value: stored text until it is looked at, then JSON until it is asked for as a type, then the object itself, so that changes in place are seen.
    /// </summary>
    private sealed class Entry
    {
        private string? text;
        private JsonNode? node;
        private object? value;
        private Func<JsonNode?>? write;

        /// <summary>How what is stored reads in the value's present form, which can differ from the stored text; null when the value is new.</summary>
        private string? unchanged;

        public static Entry Stored(string json) => new() { text = json };

        public static Entry Of(JsonNode node) => new() { node = node };

        public static Entry Of<T>(T value, JsonTypeInfo<T> type) =>
            new() { value = value, write = () => JsonSerializer.SerializeToNode(value, type) };

        public bool Holds(JsonNode other) => ReferenceEquals(node, other);

        public JsonNode? AsNode()
        {
            if (text is not null)
            {
                node = JsonNode.Parse(text);
                text = null;
                unchanged = ToJson();
            }
            else if (write is not null)
            {
                node = write();
                value = null;
                write = null;
            }
            return node;
        }

        public T? As<T>(JsonTypeInfo<T> type)
        {
            if (write is not null && value is T same)
                return same;
            var isChanged = AsNode() is var before && ToJson() != unchanged;
            var read = before.Deserialize(type);
            value = read;
            write = () => JsonSerializer.SerializeToNode(read!, type);
            node = null;
            if (!isChanged)
                unchanged = ToJson();
            return read;
        }

        /// <summary>The value as JSON; null when it is as stored.</summary>
        public string? ChangedJson() => text is null && ToJson() is var json && json != unchanged ? json : null;

        public void MarkSaved(string json) => unchanged = json;

        private string ToJson() => (write is null ? node : write())?.ToJsonString() ?? "null";
    }
}
