using Capsule.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Generators.Tests.Http;

/// <summary>What endpoints say of themselves, and how they take part in route groups.</summary>
public class EndpointTests
{
    private readonly WebApplication app;
    private readonly HandlerEndpointDataSource source;

    public EndpointTests()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddSingleton(new Clock("clock"));
        app = builder.Build();
        source = new HandlerEndpointDataSource(TwinApp.GeneratedHandlers(), app.Services);
    }

    [Fact]
    public void An_endpoint_describes_its_parameters_body_and_response()
    {
        var endpoint = Endpoint("PUT", "/body/{id}", source);

        Assert.Equal(nameof(BindingHandlers.BodyAndValues), endpoint.Metadata.GetRequiredMetadata<System.Reflection.MethodInfo>().Name);
        Assert.Equal(
            ["id required parsed", "todo required read", "page optional parsed"],
            endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
                .Select(parameter => $"{parameter.Name} {(parameter.IsOptional ? "optional" : "required")} {(parameter.HasTryParse ? "parsed" : "read")}"));
        Assert.Equal(typeof(Todo), endpoint.Metadata.GetRequiredMetadata<IAcceptsMetadata>().RequestType);
        Assert.Equal(typeof(Todo), endpoint.Metadata.GetRequiredMetadata<IProducesResponseTypeMetadata>().Type);
    }

    [Fact]
    public void A_service_is_no_body()
    {
        var endpoint = Endpoint("POST", "/service", source);

        Assert.DoesNotContain(endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>(), parameter => parameter.Name == "clock");
    }

    [Fact]
    public void A_union_of_results_describes_each()
    {
        var produced = Endpoint("GET", "/results", source).Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>();

        Assert.Equal([200, 404], produced.Select(response => response.StatusCode));
    }

    [Fact]
    public void Sign_in_is_required_unless_the_handler_says_otherwise()
    {
        Assert.Null(Endpoint("GET", "/nothing", source).Metadata.GetMetadata<IAuthorizeData>());
        Assert.NotNull(Endpoint("GET", "/members", source).Metadata.GetMetadata<IAuthorizeData>());
        Assert.Equal("staff", Endpoint("GET", "/staff", source).Metadata.GetMetadata<IAuthorizeData>()?.Policy);
    }

    [Fact]
    public void Attributes_of_method_and_class_reach_the_endpoint()
    {
        var tags = Endpoint("GET", "/members", source).Metadata.GetOrderedMetadata<ITagsMetadata>();

        Assert.Equal(["class", "method"], tags.SelectMany(tag => tag.Tags));
    }

    [Fact]
    public void Conventions_of_a_group_apply_before_the_handlers_and_finally_after_them()
    {
        var order = new List<string>();
        var group = app.MapGroup("/api/{org}");
        ((IEndpointConventionBuilder)group).Add(_ => order.Add("group"));
        ((IEndpointConventionBuilder)group).Finally(_ => order.Add("group finally"));
        source.Add(_ => order.Add("own"));
        source.Finally(_ => order.Add("own finally"));
        ((IEndpointRouteBuilder)group).DataSources.Add(source);

        var endpoints = ((IEndpointRouteBuilder)app).DataSources.Single().Endpoints;

        Assert.Equal(["group", "own", "own finally", "group finally"], order.Take(4));
        Assert.Contains(endpoints.Cast<RouteEndpoint>(), endpoint => endpoint.RoutePattern.RawText == "/api/{org}/nothing");
    }

    [Fact]
    public void Filter_factories_of_a_group_run_once_when_mapping_with_the_handlers_method()
    {
        var seen = new List<string>();
        var group = app.MapGroup("").AddEndpointFilterFactory((context, next) =>
        {
            seen.Add(context.MethodInfo.Name);
            Assert.NotNull(context.ApplicationServices.GetService<Clock>());
            return next;
        });
        ((IEndpointRouteBuilder)group).DataSources.Add(source);

        Assert.NotEmpty(((IEndpointRouteBuilder)app).DataSources.Single().Endpoints);

        Assert.Equal(TwinApp.GeneratedHandlers().Select(handler => handler.Method.Name), seen);
    }

    private static RouteEndpoint Endpoint(string method, string pattern, EndpointDataSource source) => source.Endpoints.Cast<RouteEndpoint>().Single(
        endpoint => endpoint.RoutePattern.RawText == pattern && endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0] == method);
}

[Tags("class")]
public static class MemberHandlers
{
    /// <summary>For members.</summary>
    [Endpoint("GET", "/members"), Tags("method")]
    public static string Members() => "members";

    [Endpoint("GET", "/staff", Authorized = false, Policy = "staff")]
    public static string Staff() => "staff";
}
