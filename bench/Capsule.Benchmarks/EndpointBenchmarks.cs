using System.IO.Pipelines;
using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Capsule.Benchmarks;

/// <summary>
/// What an endpoint costs beyond the server: one request context is used again and again, as Kestrel does, and the response goes nowhere.
/// </summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class EndpointBenchmarks
{
    private static readonly byte[] Json = Encoding.UTF8.GetBytes("""{"id":7,"status":"open","page":2}""");

    private readonly Contestants contestants = new();
    private readonly RequestDelegate[] get;
    private readonly RequestDelegate[] post;
    private readonly RequestDelegate[] text;
    private readonly RepeatedRequest request;

    public EndpointBenchmarks()
    {
        get = [HandWritten.GetReport, contestants.Generated("GET /reports/{id:int}"), contestants.Minimal("GET /reports/{id:int}")];
        post = [HandWritten.PostReport, contestants.Generated("POST /reports"), contestants.Minimal("POST /reports")];
        text = [HandWritten.Text, contestants.Generated("GET /text"), contestants.Minimal("GET /text")];
        request = new RepeatedRequest(contestants.Services);
    }

    [BenchmarkCategory("GET route+query, JSON"), Benchmark(Baseline = true, Description = "hand-written")]
    public Task GetHandWritten() => Get(0);

    [BenchmarkCategory("GET route+query, JSON"), Benchmark(Description = "Capsule")]
    public Task GetCapsule() => Get(1);

    [BenchmarkCategory("GET route+query, JSON"), Benchmark(Description = "minimal API")]
    public Task GetMinimal() => Get(2);

    [BenchmarkCategory("JSON in and out"), Benchmark(Baseline = true, Description = "hand-written")]
    public Task PostHandWritten() => Post(0);

    [BenchmarkCategory("JSON in and out"), Benchmark(Description = "Capsule")]
    public Task PostCapsule() => Post(1);

    [BenchmarkCategory("JSON in and out"), Benchmark(Description = "minimal API")]
    public Task PostMinimal() => Post(2);

    [BenchmarkCategory("text"), Benchmark(Baseline = true, Description = "hand-written")]
    public Task TextHandWritten() => Text(0);

    [BenchmarkCategory("text"), Benchmark(Description = "Capsule")]
    public Task TextCapsule() => Text(1);

    [BenchmarkCategory("text"), Benchmark(Description = "minimal API")]
    public Task TextMinimal() => Text(2);

    /// <summary>Runs each once, and fails when they do not answer the same: a benchmark of something broken says nothing.</summary>
    [GlobalSetup]
    public async Task Check()
    {
        foreach (var run in new Func<int, Task>[] { Get, Post, Text })
        {
            var answers = new List<(int, string?, string)>();
            for (var contestant = 0; contestant < 3; contestant++)
            {
                await run(contestant);
                answers.Add((request.Http.Response.StatusCode, request.Http.Response.ContentType, request.Written()));
            }
            if (answers.Distinct().Count() != 1 || answers[0].Item1 != StatusCodes.Status200OK || answers[0].Item3.Length == 0)
                throw new InvalidOperationException(string.Join('\n', answers));
        }
    }

    private Task Get(int contestant)
    {
        var http = request.Reset("GET", "?status=open&page=2", null);
        http.Request.RouteValues["id"] = "7";
        return get[contestant](http);
    }

    private Task Post(int contestant) => post[contestant](request.Reset("POST", "", Json));

    private Task Text(int contestant) => text[contestant](request.Reset("GET", "", null));
}

/// <summary>A request context that is used for one request after the other.</summary>
internal sealed class RepeatedRequest : IHttpRequestBodyDetectionFeature, IRequestBodyPipeFeature, IHttpResponseBodyFeature
{
    private readonly HttpRequestFeature requestFeature = new();
    private readonly HttpResponseFeature responseFeature = new();
    private readonly IServiceProvider services;
    private readonly MemoryStream output = new();
    private readonly FeatureCollection features = new();
    private byte[]? body;

    public RepeatedRequest(IServiceProvider services)
    {
        this.services = services;
        features.Set<IHttpRequestFeature>(requestFeature);
        features.Set<IHttpResponseFeature>(responseFeature);
        features.Set<IHttpResponseBodyFeature>(this);
        features.Set<IHttpRequestBodyDetectionFeature>(this);
        features.Set<IRequestBodyPipeFeature>(this);
        Http = new DefaultHttpContext(features);
        Writer = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
    }

    public DefaultHttpContext Http { get; }

    public bool CanHaveBody => body is not null;

    public PipeReader Reader => PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(body!));

    public Stream Stream => output;

    public PipeWriter Writer { get; }

    public DefaultHttpContext Reset(string method, string query, byte[]? json)
    {
        body = json;
        output.SetLength(0);
        requestFeature.Headers.Clear();
        responseFeature.Headers.Clear();
        responseFeature.StatusCode = StatusCodes.Status200OK;
        // A server begins each request without these; kept, they would spare the contestants that use them their work.
        features.Set<IQueryFeature>(null);
        features.Set<IRouteValuesFeature>(null);
        Http.Uninitialize();
        Http.Initialize(features);
        Http.RequestServices = services;
        Http.Request.Method = method;
        Http.Request.QueryString = new QueryString(query);
        if (json is not null)
            Http.Request.ContentType = "application/json";
        return Http;
    }

    public string Written() => Encoding.UTF8.GetString(output.ToArray());

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task CompleteAsync() => Task.CompletedTask;

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
