using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Capsule.Benchmarks;

/// <summary>A request context that is used for one request after the other, as Kestrel does. The response goes nowhere.</summary>
internal sealed class RepeatedRequest
    : IHttpRequestBodyDetectionFeature, IRequestBodyPipeFeature, IHttpResponseBodyFeature, IEndpointFeature
{
    private readonly HttpRequestFeature requestFeature = new();
    private readonly HttpResponseFeature responseFeature = new();
    private readonly IServiceProvider services;
    private readonly MemoryStream output = new();
    private readonly FeatureCollection features = new();
    private byte[]? body;
    private PipeReader? reader;

    public RepeatedRequest(IServiceProvider services)
    {
        this.services = services;
        features.Set<IHttpRequestFeature>(requestFeature);
        features.Set<IHttpResponseFeature>(responseFeature);
        features.Set<IHttpResponseBodyFeature>(this);
        features.Set<IHttpRequestBodyDetectionFeature>(this);
        features.Set<IRequestBodyPipeFeature>(this);
        features.Set<IEndpointFeature>(this);
        Http = new DefaultHttpContext(features);
        Writer = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
    }

    public DefaultHttpContext Http { get; }

    public Endpoint? Endpoint { get; set; }

    public bool CanHaveBody => body is not null;

    public PipeReader Reader => reader ??= PipeReader.Create(new ReadOnlySequence<byte>(body!));

    public Stream Stream => output;

    public PipeWriter Writer { get; }

    /// <summary>Begins a request.</summary>
    public void Begin(Workload workload, Endpoint endpoint)
    {
        body = workload.Body;
        reader = null;
        output.SetLength(0);
        requestFeature.Headers.Clear();
        responseFeature.Headers.Clear();
        responseFeature.StatusCode = StatusCodes.Status200OK;
        // A server begins each request without these; kept, they would spare the contestants that use them their work.
        features.Set<IQueryFeature>(null);
        features.Set<IRouteValuesFeature>(null);
        features.Set<IFormFeature>(null);
        Http.Uninitialize();
        Http.Initialize(features);
        Http.RequestServices = services;
        Http.Request.Method = workload.Method;
        Http.Request.QueryString = new QueryString(workload.Query);
        Endpoint = endpoint;
        if (workload.RouteValue is not null)
            Http.Request.RouteValues["id"] = workload.RouteValue;
        if (body is not null)
            Http.Request.ContentType = workload.ContentType;
    }

    public string Written() => Encoding.UTF8.GetString(output.ToArray());

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task CompleteAsync() => Task.CompletedTask;

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
