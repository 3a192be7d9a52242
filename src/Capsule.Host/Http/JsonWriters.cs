using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;

namespace Capsule.Hosting;

/// <summary>
/// Writes whole values as JSON: those that hold no lists, so that what waits in the response's buffer is no larger than the value itself.
/// ASP.NET Core's own way flushes between the parts of a value and goes on later, for which it has to keep more.
/// </summary>
internal sealed class JsonWriters(JsonSerializerOptions options)
{
    private readonly ObjectPool<Utf8JsonWriter> pool = new DefaultObjectPool<Utf8JsonWriter>(new Policy(options));

    /// <summary>The host's JSON options.</summary>
    public JsonSerializerOptions Options => options;

    /// <summary>Whether values of a type are whole ones. What may turn out to be anything, or part of itself, is none.</summary>
    public static bool IsWhole(JsonTypeInfo type) => IsWhole(type, []);

    /// <summary>Writes a value. As with <c>WriteAsJsonAsync</c>, being cancelled is no error: once the client is gone nobody waits for the rest.</summary>
    public Task WriteAsync<T>(HttpResponse response, T value, JsonTypeInfo<T> type)
    {
        response.ContentType = "application/json; charset=utf-8";
        try
        {
            var body = response.BodyWriter;
            Write(body, value, type);
            var flushing = ResponseTasks.FlushAsync(body, response.HttpContext.RequestAborted);
            return flushing.IsCompletedSuccessfully ? flushing : IgnoreCancellationAsync(flushing);
        }
        catch (OperationCanceledException)
        {
            return Task.CompletedTask;
        }
    }

    private static bool IsWhole(JsonTypeInfo type, HashSet<Type> within)
    {
        if (type.Kind == JsonTypeInfoKind.None)
            return type.Type != typeof(object);
        if (type.Kind != JsonTypeInfoKind.Object || type.PolymorphismOptions is not null || !within.Add(type.Type))
            return false;
        foreach (var property in type.Properties)
        {
            if (property.Get is not null && !(type.Options.TryGetTypeInfo(property.PropertyType, out var part) && IsWhole(part, within)))
                return false;
        }
        within.Remove(type.Type);
        return true;
    }

    private void Write<T>(PipeWriter body, T value, JsonTypeInfo<T> type)
    {
        var writer = pool.Get();
        writer.Reset(body);
        JsonSerializer.Serialize(writer, value, type);
        // One that failed is left to the garbage collector: it holds half a value.
        pool.Return(writer);
    }

    private static async Task IgnoreCancellationAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
        }
    }

    private sealed class Policy(JsonSerializerOptions options) : PooledObjectPolicy<Utf8JsonWriter>
    {
        private readonly JsonWriterOptions options = new()
        {
            Encoder = options.Encoder,
            Indented = options.WriteIndented,
            IndentCharacter = options.IndentCharacter,
            IndentSize = options.IndentSize,
            MaxDepth = options.MaxDepth,
            NewLine = options.NewLine,
            SkipValidation = true,
        };

        public override Utf8JsonWriter Create() => new(Nowhere.Instance, options);

        public override bool Return(Utf8JsonWriter writer)
        {
            writer.Reset(Nowhere.Instance);
            return true;
        }
    }

    /// <summary>Where a writer in the pool writes, so that it holds no connection.</summary>
    private sealed class Nowhere : IBufferWriter<byte>
    {
        public static readonly Nowhere Instance = new();

        public void Advance(int count) => throw new NotSupportedException();

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();

        public Span<byte> GetSpan(int sizeHint = 0) => throw new NotSupportedException();
    }
}
