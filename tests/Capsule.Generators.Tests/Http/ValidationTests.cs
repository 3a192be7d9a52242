using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Capsule.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;

#pragma warning disable ASP0029 // Still called experimental.

namespace Capsule.Generators.Tests.Http;

/// <summary>Validation attributes are checked as <c>AddValidation</c> checks them for minimal APIs: the same requests pass, the same errors are named.</summary>
public class ValidationTests(ValidationApp app) : IClassFixture<ValidationApp>
{
    public static TheoryData<string> Requests =>
    [
        "GET /valid/values/5?name=ab&mail=a@b", "GET /valid/values/0?name=a&mail=x&count=11&list=1&list=2&list=3", "GET /valid/values/11?name=abcd&mail=",
        "GET /valid/values/5?name=ab&mail=a@b&list=1&list=2", "GET /valid/optional?text=", "GET /valid/optional?text=a&number=3",
        "GET /valid/optional?text=a&number=2", "GET /valid/as/record?text=abc&page=10", "GET /valid/as/record?text=abcd&page=11", "GET /valid/as/record?text=abcd",
        "GET /valid/bound?number=5", "GET /valid/bound?number=6", "GET /valid/bound", "POST /valid/optional-order", "POST /valid/order",
        "GET /valid/more?word=ab&list=1&list=2", "GET /valid/more?word=a&list=1&bytes=%3F&chosen=3&name=root&between=0", "GET /valid/more?word=abcde&list=1&list=2&list=3&bytes=AQI%3D&chosen=2&name=ada&between=10",
        "GET /valid/more?word=abcd&list=1&list=2&between=9.999", "GET /valid/more?word=abcd&list=1&list=2&between=0.001&name=ADMIN",
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public Task A_request_without_a_body(string request) => AssertSame(request, null, null);

    public static TheoryData<string, string> Bodies => new()
    {
        { "POST /valid/order", """{"name":"abc","count":1}""" },
        { "POST /valid/order", """{"name":"abcdef","count":0,"mail":"x","price":10,"link":"x"}""" },
        { "POST /valid/order", """{"name":"","count":1,"mail":"a@b","price":0.5,"link":"http://a"}""" },
        { "POST /valid/order", """{"count":11}""" },
        { "POST /valid/order", """{"name":"a","count":1,"address":{}}""" },
        { "POST /valid/order", """{"name":"a","count":1,"address":{"street":"s","code":"1","town":"t"}}""" },
        { "POST /valid/order", """{"name":"a","count":1,"address":{"street":"s","code":"12345","town":"tt"}}""" },
        { "POST /valid/order", """{"name":"a","count":1,"lines":[{"quantity":1},{"quantity":6,"card":"12345"},null]}""" },
        { "POST /valid/order", """{"name":"a","count":1,"more":[{"quantity":0}]}""" },
        { "POST /valid/optional-order", """{"name":"abcdef","count":0}""" },
        { "POST /valid/more", """{"word":"ab","number":1,"given":""}""" },
        { "POST /valid/more", """{"word":"abcd","few":[1],"list":[1,2],"bytes":"AQI=","color":"red","number":12,"between":9.99,"given":"a"}""" },
        { "POST /valid/more", """{"word":"a","few":[],"list":[1],"bytes":"?","color":"blue","number":0,"between":0}""" },
        { "POST /valid/more", """{"word":"abcde","few":[1,2,3],"list":[],"bytes":"AQI","color":"","number":13,"between":10,"given":null}""" },
        { "POST /valid/required-order", """{"name":"abc","count":1}""" },
        { "POST /valid/required-order", """{"name":"abcdef","count":0}""" },
        { "POST /valid/optional-order", "null" },
        { "POST /valid/orders/0", "[]" },
        { "POST /valid/orders/1", """[{"name":"a","count":1},{"name":"abcdef","count":1,"lines":[{"quantity":0}]}]""" },
        { "POST /valid/inherited", """{"number":1,"name":"a"}""" },
        { "POST /valid/inherited", """{"number":0,"level":4}""" },
        { "POST /valid/pet", """{"$type":"cat","name":"a","lives":9}""" },
        { "POST /valid/pet", """{"$type":"cat","lives":10}""" },
        { "POST /valid/pet", """{"$type":"parrot"}""" },
        { "POST /valid/period", """{"from":1,"to":2}""" },
        { "POST /valid/period", """{"from":3,"to":2}""" },
        { "POST /valid/period", """{"from":1,"to":13}""" },
        { "POST /valid/period", """{"from":101,"to":13}""" },
        { "POST /valid/stay", """{"guests":1,"period":{"from":3,"to":2},"others":[{"from":1,"to":13},{"from":5,"to":4}]}""" },
        { "POST /valid/whole", """{"a":5,"b":5}""" },
        { "POST /valid/whole", """{"a":6,"b":5}""" },
        { "POST /valid/whole", """{"a":101,"b":5}""" },
        { "POST /valid/tree", """{"value":1,"children":[{"value":0,"children":[{"value":9}]},{"value":5}]}""" },
        { "POST /valid/skipped", """{"shown":6,"line":{"quantity":9}}""" },
        { "POST /valid/skipped", """{"shown":5,"line":{"quantity":9}}""" },
        { "POST /valid/service", """{"name":"clock"}""" },
        { "POST /valid/service", """{"name":"other"}""" },
        { "POST /valid/as/class/1?q=ab", """{"name":"a","count":1}""" },
        { "POST /valid/as/class/11?q=abc", """{"name":"abcdef","count":1}""" },
        { "POST /valid/nothing", """{"title":"a","priority":2}""" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public Task A_request_with_a_body(string request, string body) => AssertSame(request, body, "application/json");

    [Theory]
    [InlineData("title=abc&number=5")]
    [InlineData("title=abcd&number=6")]
    [InlineData("title=abc")]
    public Task A_form(string form) => AssertSame("POST /valid/form", form, "application/x-www-form-urlencoded");

    [Theory]
    [InlineData("abc")]
    [InlineData("1")]
    public Task A_header(string word) => AssertSame("GET /valid/values/5?name=ab&mail=a@b", null, null, ("X-Word", word));

    [Theory]
    [Trait("Departure", "more-validation")]
    [InlineData("GET /valid/optional", null, "text")]
    [InlineData("GET /valid/values/5?name=ab", null, "mail")]
    [InlineData("POST /valid/required-order", null, "order")]
    [InlineData("POST /valid/required-order", "null", "order")]
    [InlineData("POST /valid/value", """{"width":6,"line":{"quantity":9}}""", "Width Line.Quantity")]
    [InlineData("POST /valid/value", """{"width":1}""", "")]
    [InlineData("POST /valid/lines", """{"a":{"quantity":1},"b":{"quantity":0}}""", "lines[1].Value.Quantity")]
    [InlineData("POST /valid/order", """{"name":"a","count":1,"named":{"x":{"quantity":9}}}""", "Named[0].Value.Quantity")]
    public async Task What_asp_net_core_passes_over_is_checked(string request, string? body, string errors)
    {
        var answer = await app.SendAsync("/c", request, body, body is null ? null : "application/json");

        Assert.Equal(200, (await app.SendAsync("/r", request, body, body is null ? null : "application/json")).Status);
        Assert.Equal(errors.Length == 0 ? 200 : 400, answer.Status);
        Assert.Equal(errors, answer.Status == 200 ? "" : string.Join(' ', JsonNode.Parse(answer.Body)!["errors"]!.AsObject().Select(error => error.Key)));
    }

    [Fact]
    [Trait("Departure", "values-before-validation")]
    public async Task What_can_t_be_bound_is_named_and_nothing_else()
    {
        var answer = await app.SendAsync("/c", "GET /valid/values/x?name=a", null, null);

        var minimal = await app.SendAsync("/r", "GET /valid/values/x?name=a", null, null);
        Assert.Equal(["id", "name"], JsonNode.Parse(minimal.Body)!["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal(["id"], JsonNode.Parse(answer.Body)!["errors"]!.AsObject().Select(error => error.Key));
    }

    /// <summary>An exception is the app's failure, and its text nobody's business; a number that the limits' type can't hold is one outside of them.</summary>
    [Theory]
    [Trait("Departure", "rules-that-throw")]
    [InlineData("GET /valid/throwing?word=bad", null, "a secret", 500, "System.NotSupportedException")]
    [InlineData("POST /valid/throwing", """{"inner":{"word":"bad"}}""", "a secret", 500, "System.NotSupportedException")]
    [InlineData("GET /valid/throwing?word=good&number=9000000000", null, "Int32", 400, "number")]
    [InlineData("POST /valid/throwing", """{"inner":{"word":"good"},"number":1e10}""", "Int32", 400, "Number")]
    public async Task A_rule_that_throws(string request, string? body, string text, int status, string shown)
    {
        var contentType = body is null ? null : "application/json";
        var minimal = await app.SendAsync("/r", request, body, contentType);
        var capsule = await app.SendAsync("/c", request, body, contentType);

        Assert.Equal(400, minimal.Status);
        Assert.Contains(text, minimal.Body, StringComparison.Ordinal);
        Assert.Equal(status, capsule.Status);
        Assert.DoesNotContain(text, capsule.Body, StringComparison.Ordinal);
        if (status == 500)
            Assert.StartsWith(shown, capsule.Body, StringComparison.Ordinal);
        else
            Assert.Equal($$"""{"{{shown}}":["The field {{shown}} must be between 0 and 10."]}""", JsonNode.Parse(capsule.Body)!["errors"]!.ToJsonString());
    }

    [Fact]
    public void Handlers_without_validation_attributes_have_no_filter()
    {
        Assert.DoesNotContain(app.Handlers, handler => handler.Method.DeclaringType == typeof(BindingHandlers) && handler.IsValidated);
        Assert.False(app.Handlers.Single(handler => handler.Method.DeclaringType == typeof(ValidationHandlers) && handler.Method.Name == nameof(ValidationHandlers.Nothing)).IsValidated);
    }

    private async Task AssertSame(string request, string? body, string? contentType, params (string, string)[] headers)
    {
        var expected = await app.SendAsync("/r", request, body, contentType, headers);
        var actual = await app.SendAsync("/c", request, body, contentType, headers);

        Assert.Equal(Comparable(expected), Comparable(Departure.WithoutProblem(expected, actual)));
    }

    /// <summary>Of a problem document, what validation has to say.</summary>
    private static Answer Comparable(Answer answer)
    {
        if (!answer.Headers.Contains("Content-Type: application/problem+json", StringComparison.Ordinal))
            return answer;
        var problem = JsonNode.Parse(answer.Body)!;
        return answer with { Headers = "application/problem+json", Body = $"{problem["title"]} {problem["errors"]?.ToJsonString()}" };
    }
}

/// <summary>What the author's own validation set-up does to handlers.</summary>
public class ValidationSetupTests
{
    [Fact]
    public async Task What_the_author_adds_to_validation_holds_for_handlers_once()
    {
        var resolver = new CountingResolver();
        var app = new ValidationApp(group => { }, validation => validation.Resolvers.Add(resolver));
        await app.InitializeAsync();

        var answer = await app.SendAsync("/c", "POST /valid/nothing", """{"title":"a","priority":2}""", "application/json");

        Assert.Equal((400, 1), (answer.Status, resolver.Calls));
        Assert.Contains("\"Title\"", answer.Body, StringComparison.Ordinal);
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Validation_can_be_switched_off_for_a_group()
    {
        var app = new ValidationApp(group => group.DisableValidation());
        await app.InitializeAsync();

        Assert.Equal(200, (await app.SendAsync("/c", "GET /valid/optional?text=a&number=3", null, null)).Status);
        await app.DisposeAsync();
    }

    /// <summary>Finds fault with every <see cref="Todo"/>.</summary>
    private sealed class CountingResolver : IValidatableInfoResolver, IValidatableInfo
    {
        public int Calls { get; private set; }

        public bool TryGetValidatableTypeInfo(Type type, [NotNullWhen(true)] out IValidatableInfo? validatableInfo)
        {
            validatableInfo = type == typeof(Todo) ? this : null;
            return validatableInfo is not null;
        }

        public bool TryGetValidatableParameterInfo(System.Reflection.ParameterInfo parameterInfo, [NotNullWhen(true)] out IValidatableInfo? validatableInfo)
        {
            validatableInfo = null;
            return false;
        }

        public Task ValidateAsync(object? value, ValidateContext context, CancellationToken cancellationToken)
        {
            Calls++;
            context.ValidationErrors = new Dictionary<string, string[]> { ["Title"] = ["No."] };
            return Task.CompletedTask;
        }
    }
}

/// <summary>Handlers with our validation, minimal APIs with ASP.NET Core's.</summary>
public sealed class ValidationApp : TwinApp
{
    public ValidationApp()
        : base(typeof(TwinApp).Assembly, throwOnBadRequest: false, inMemory: false, services: services =>
        {
            services.AddProblemDetails();
            services.AddValidation();
            // Without what ASP.NET Core's generator has found: it is the other side of the comparison.
            services.AddSingleton(provider => new HandlerValidation(Registry(), Options.Create(new ValidationOptions())));
        })
    {
    }

    internal ValidationApp(Action<RouteGroupBuilder> configure, Action<ValidationOptions>? validation = null)
        : base(typeof(TwinApp).Assembly, throwOnBadRequest: false, inMemory: false, configure, services =>
        {
            services.Configure<ValidationOptions>(options => validation?.Invoke(options));
            services.AddSingleton(provider => new HandlerValidation(Registry(), provider.GetRequiredService<IOptions<ValidationOptions>>()));
        })
    {
    }

    private static HandlerRegistry Registry()
    {
        var registry = new HandlerRegistry();
        registry.Include(typeof(TwinApp).Assembly.GetCustomAttributes(typeof(CapsuleManifestAttribute), inherit: false).Cast<CapsuleManifestAttribute>().Single().Create());
        return registry;
    }
}
