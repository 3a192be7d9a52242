using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Capsule.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Capsule.Generators.Tests.Http;

/// <summary>Where JSON takes the short way and where it must not: no answer over HTTP tells them apart but under load.</summary>
public class JsonBodyTests
{
    private static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    [Fact]
    public async Task A_body_of_which_only_a_part_has_come_is_waited_for()
    {
        var pipe = new Pipe();
        var http = new DefaultHttpContext();
        http.Features.Set<IRequestBodyPipeFeature>(new Body(pipe.Reader));
        http.Request.ContentType = "application/json";
        await pipe.Writer.WriteAsync("""{"title":"a","""u8.ToArray());

        var reading = JsonRequest.ReadPlainAsync(http.Request, (JsonTypeInfo<Todo>)options.GetTypeInfo(typeof(Todo))).AsTask();
        Assert.False(reading.IsCompleted);
        await pipe.Writer.WriteAsync("""  "priority":2}"""u8.ToArray());
        await pipe.Writer.CompleteAsync();

        Assert.Equal(new Todo("a", 2), await reading);
    }

    /// <summary>An answer that may go on without end, or be of any type, is not made as a whole before it is sent.</summary>
    [Theory]
    [InlineData(typeof(Todo), true)]
    [InlineData(typeof(Holder<Todo>), true)]
    [InlineData(typeof(Holder<int?>), true)]
    [InlineData(typeof(Holder<object>), false)]
    [InlineData(typeof(Holder<List<int>>), false)]
    [InlineData(typeof(Holder<IAsyncEnumerable<int>>), false)]
    [InlineData(typeof(Holder<Dictionary<string, int>>), false)]
    [InlineData(typeof(Holder<Holder<object>>), false)]
    [InlineData(typeof(Polymorphic), false)]
    [InlineData(typeof(Endless), false)]
    public void An_answer_is_made_as_a_whole_where_its_type_has_an_end(Type type, bool isWhole) =>
        Assert.Equal(isWhole, JsonWriters.IsWhole(options.GetTypeInfo(type)));

    public sealed record Holder<T>(T Held);

    [JsonDerivedType(typeof(Derived), "derived")]
    public record Polymorphic(int Number);

    public sealed record Derived(List<int> Numbers) : Polymorphic(1);

    public sealed class Endless
    {
        public Endless? Next { get; set; }
    }

    private sealed class Body(PipeReader reader) : IRequestBodyPipeFeature
    {
        public PipeReader Reader => reader;
    }
}
