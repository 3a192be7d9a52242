using Capsule.Generators.Tests.Harness;
using Capsule.Generators.Tests.Http.Differential;
using Capsule.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Generators.Tests.Http;

/// <summary>Where no body is inferred, a parameter that is neither marked nor a service stops the start, as it does with minimal APIs; all are named at once.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes it asynchronously.")]
public class UnfilledParameterTests : IAsyncLifetime
{
    private static readonly (string Method, string Parameters, bool IsRefused)[] cases =
    [
        ("GET", "Filter filter", true),
        ("HEAD", "Filter filter", true),
        ("DELETE", "Filter filter", true),
        ("OPTIONS", "Filter filter", true),
        ("TRACE", "Filter filter", true),
        ("CONNECT", "Filter filter", true),
        ("POST", "Filter filter", false),
        ("PUT", "Filter filter", false),
        ("QUERY", "Filter filter", false),
        ("GET", "Filter? filter", true),
        ("GET", "Filter? filter = null", true),
        ("GET", "Size size", true),
        ("GET", "Size? size", true),
        ("GET", "List<int> numbers", true),
        ("GET", "int[][] numbers", true),
        ("GET", "Dictionary<string, int> numbers", true),
        ("GET", "Growing filter", true),
        ("POST", "Growing filter", false),
        ("GET", "[AsParameters] Parts parts", true),
        ("GET", "[FromBody] Filter filter", false),
        ("GET", "[FromServices] Filter filter", false),
        ("GET", "IEnumerable<Filter> filters", false),
        ("GET", "IServiceProvider services, string[] words, int[] numbers", false),
        ("GET", "IConfiguration configuration, IConfiguration? maybe", false),
        ("POST", "Filter filter, Parts other", true),
        ("POST", "[FromBody] Filter filter, Parts other", true),
        ("POST", "[FromForm] string name, Filter filter", true),
    ];

    private static readonly IReadOnlyList<HttpHandler> handlersOfCases = Compile(string.Join("\n    ", cases.Select((item, number) =>
        $"[Endpoint(\"{item.Method}\", \"/{number}\", Authorized = false)] public static void Handle{number}({item.Parameters}) {{ }}")));

    private readonly WebApplication app;

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, cases.Length)];

    public UnfilledParameterTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton("not asked for");
        app = builder.Build();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_handler_that_ASP_NET_Core_refuses_is_refused(int number)
    {
        var (method, _, isRefused) = cases[number];
        var handler = handlersOfCases[number];
        var options = new RequestDelegateFactoryOptions
        {
            ServiceProvider = app.Services,
            RouteParameterNames = [],
            DisableInferBodyFromParameters = method is "GET" or "HEAD" or "DELETE" or "OPTIONS" or "TRACE" or "CONNECT",
        };

        Assert.Equal(isRefused, Record.Exception(() => RequestDelegateFactory.Create(handler.Method, targetFactory: null, options)) is InvalidOperationException);
        Assert.Equal(isRefused, Record.Exception(() => Endpoints(handler)) is InvalidOperationException);
    }

    [Fact]
    public void All_of_an_app_are_named_at_once_with_what_to_do()
    {
        var handlers = Compile("""
            [Endpoint("GET", "/one", Authorized = false)] public static string One(int page, Filter filter) => "";
            [Endpoint("DELETE", "/two", Authorized = false)] public static string Two([AsParameters] Parts parts) => "";
            [Data("three")] public static string Three(Growing? growing) => "";
            [Endpoint("POST", "/four", Authorized = false)] public static string Four(Filter filter, Growing growing) => "";
            [Endpoint("GET", "/good", Authorized = false)] public static string Good(IServiceProvider services) => "";
            """);

        var exception = Assert.Throws<InvalidOperationException>(() => Endpoints([.. handlers]));

        Assert.Equal(
            """
            These handlers can't be called:
              Handlers.One: 'filter' is no service, and GET infers no body. Register Filter, or say with an attribute where 'filter' comes from.
              Handlers.Two: 'parts.Filter' is no service, and DELETE infers no body. Register Filter, or say with an attribute where 'parts.Filter' comes from.
              Handlers.Three: 'growing' is no service, and GET infers no body. Register Growing, or say with an attribute where 'growing' comes from.
              Handlers.Four: It takes more than one body. Mark what is a service with [FromServices], and register it.
            """,
            exception.Message);
    }

    private IReadOnlyList<Endpoint> Endpoints(params HttpHandler[] handlers) => new HandlerEndpointDataSource(handlers, app.Services).Endpoints;

    private static IReadOnlyList<HttpHandler> Compile(string handlers)
    {
        var project = TestProject.Of($$"""
            using System;
            using System.Collections.Generic;
            using Capsule;
            using Microsoft.AspNetCore.Http;
            using Microsoft.AspNetCore.Mvc;
            using Microsoft.Extensions.Configuration;

            public static class Handlers
            {
                {{handlers}}
            }

            public sealed record Filter(string Words);
            public struct Size { public int Width { get; set; } }
            public sealed partial class Growing;
            public sealed record Parts(int Page, Filter Filter);
            """);
        return TwinApp.GeneratedHandlers(TwinProgram.Load(GeneratorSession.RunOnce(new CapsuleGenerator(), project.Compile()).Output));
    }
}
