using System.Text;
using Capsule.Generators.Tests.Harness;
using Capsule.Generators.Tests.Http.Differential;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Capsule.Generators.Tests.Http;

/// <summary>
/// Methods that another generator adds to partial types decide how parameters are bound, as they do for ASP.NET Core, which finds them at run
/// time: the same program, compiled with both generators, is mounted twice.
/// </summary>
public class PartialTypeTests
{
    private const string Program = """
        using System;
        using System.Collections.Generic;
        using Capsule;
        using Microsoft.AspNetCore.Mvc;

        public static class Handlers
        {
            [Endpoint("GET", "/with-culture", Authorized = false)] public static string WithCulture(WithCulture value, WithCulture? maybe) => value.ToString() + maybe;
            [Endpoint("GET", "/without-culture", Authorized = false)] public static string WithoutCulture(WithoutCulture value) => value.ToString();
            [Endpoint("POST", "/by-interface/{value}", Authorized = false)] public static string ByInterface(ByInterface value, Plain body) => value.ToString() + body;
            [Endpoint("GET", "/bound", Authorized = false)] public static string Bound(Bound value, Described other) => value.ToString() + other;
            [Endpoint("GET", "/bound-struct", Authorized = false)] public static string BoundStruct(BoundStruct value) => value.ToString();
            [Endpoint("GET", "/bound-by-interface", Authorized = false)] public static string BoundByInterface(BoundByInterface? value) => value?.ToString() ?? "null";
            [Endpoint("GET", "/both", Authorized = false)] public static string Both(BothParsers parsed, BothBinders bound, OfInterface? other) => parsed.ToString() + bound + other;
            [Endpoint("POST", "/plain", Authorized = false)] public static string Plain(Plain value) => value.ToString();
            [Endpoint("POST", "/plain-maybe", Authorized = false)] public static string PlainMaybe(Plain? value = null) => value?.ToString() ?? "null";
            [Endpoint("POST", "/beside-form", Authorized = false)] public static string BesideForm([FromForm] string name, Bound value, WithCulture number, Service service) => name + value + number + service;
            [Endpoint("POST", "/beside-body", Authorized = false)] public static string BesideBody([FromBody] string[] body, Bound value, WithCulture? number, Service service) => body.Length + value.ToString() + number + service;
            [Endpoint("GET", "/service", Authorized = false)] public static string Service(Service value) => value.ToString();
            [Endpoint("GET", "/marked", Authorized = false)] public static string Marked([FromQuery] WithCulture value, [FromHeader(Name = "X-Value")] WithoutCulture? header, [FromQuery] WithCulture[] all) => value.ToString() + header + all.Length;
            [Endpoint("GET", "/together", Authorized = false)] public static string Together([AsParameters] Values all) => all.ToString();
        }

        public static class Setup { public static void AddTo(IServiceCollection services) => services.AddSingleton(new Service("registered")); }

        public sealed record Values(WithCulture Value, Bound? Other);
        public readonly partial record struct WithCulture(int Number);
        public sealed partial record WithoutCulture(string Text);
        public readonly partial record struct ByInterface(int Number);
        public sealed partial record Bound(string Text);
        public sealed partial record Described(string Text);
        public readonly partial record struct BoundStruct(int Number);
        public sealed partial record BoundByInterface(string Text);
        public readonly partial record struct OfInterface(int Number);
        public readonly partial record struct BothParsers(int Number);
        public sealed partial record BothBinders(string Text);
        public sealed partial record Plain(string Text);
        public sealed partial record Service(string Name);
        """;

    private static readonly string[] Requests =
    [
        "GET /with-culture", "GET /with-culture?value=1", "GET /with-culture?value=x&maybe=y", "GET /with-culture?value=1&maybe=2", "GET /with-culture?value=&maybe=",
        "GET /without-culture", "GET /without-culture?value=a", "GET /without-culture?value=", "GET /bound", "GET /bound?text=a", "GET /bound?text=a&other=b", "GET /bound-struct", "GET /bound-struct?number=5",
        "GET /both?parsed=1&bound=a", "GET /both?parsed=1&bound=a&other=2", "GET /both?parsed=x&bound=a", "GET /both", "GET /bound-by-interface", "GET /bound-by-interface?value=a", "POST /by-interface/5", "POST /by-interface/x", "POST /plain", "POST /plain-maybe", "GET /service", "GET /service?value=x",
        "GET /marked", "GET /marked?value=1", "GET /marked?value=x", "GET /marked?value=1&all=1&all=2", "GET /marked?value=1&all=x", "GET /together?value=1&text=a", "GET /together?value=x",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_another_generator_adds_counts(bool throwOnBadRequest)
    {
        await using var app = new TwinApp(TwinProgram.Load(CompileWithBoth()), throwOnBadRequest, inMemory: true);
        await app.InitializeAsync();
        var comparison = new TwinComparison(app);
        foreach (var request in Requests)
            await comparison.CompareAsync(request, TwinRequest.Of(request));
        foreach (var path in new[] { "/plain", "/plain-maybe", "/by-interface/5", "/by-interface/x" })
            await comparison.CompareAsync(path, new("POST", path) { Body = "{\"text\":\"a\"}", ContentType = "application/json" });

        foreach (var query in new[] { "", "?number=1", "?text=a&number=1", "?text=a&number=x", "?text=teapot&number=1" })
        {
            await comparison.CompareAsync($"form {query}", new("POST", $"/beside-form{query}") { Body = "name=a", ContentType = "application/x-www-form-urlencoded" });
            await comparison.CompareAsync($"no form {query}", new("POST", $"/beside-form{query}") { Body = "{}", ContentType = "application/json" });
            await comparison.CompareAsync($"body {query}", new("POST", $"/beside-body{query}") { Body = "[]", ContentType = "application/json" });
            await comparison.CompareAsync($"broken body {query}", new("POST", $"/beside-body{query}") { Body = "[", ContentType = "application/json" });
        }

        comparison.AssertSame(atLeast: 56);
        comparison.AssertRefused();
    }

    [Fact]
    public void Without_it_the_program_compiles_all_the_same()
    {
        var run = GeneratorSession.RunOnce(new CapsuleGenerator(), TestProject.Of(Program).Compile());

        run.Output.AssertClean();
    }

    private static Compilation CompileWithBoth()
    {
        var project = TestProject.Of(Program) with { AssemblyName = "Grown" };
        var driver = CSharpGeneratorDriver.Create([new CapsuleGenerator().AsSourceGenerator(), new Grower().AsSourceGenerator()], parseOptions: project.ParseOptions);
        driver.RunGeneratorsAndUpdateCompilation(project.Compile(), out var output, out _);
        output.AssertClean();
        return output;
    }

    /// <summary>Another generator.</summary>
    private sealed class Grower : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) =>
            context.RegisterSourceOutput(context.CompilationProvider.Select((_, _) => 0), (output, _) => output.AddSource("Grown.cs", SourceText.From(Added, Encoding.UTF8)));

        private const string Added = """
            #nullable enable
            using System;
            using System.Reflection;
            using System.Threading.Tasks;
            using Microsoft.AspNetCore.Http;

            partial record struct WithCulture
            {
                public static bool TryParse(string? text, IFormatProvider? provider, out WithCulture value)
                {
                    var parsed = int.TryParse(text, provider, out var number);
                    value = new(number);
                    return parsed;
                }
            }

            partial record WithoutCulture
            {
                public static bool TryParse(string? text, out WithoutCulture? value)
                {
                    value = text is { Length: > 0 } ? new(text) : null;
                    return value is not null;
                }
            }

            partial record struct OfInterface : IParsable<OfInterface>
            {
                public static bool TryParse(string? text, out OfInterface value) => throw new InvalidOperationException("The one of the interface goes first.");

                static OfInterface IParsable<OfInterface>.Parse(string text, IFormatProvider? provider) => throw new FormatException();

                static bool IParsable<OfInterface>.TryParse(string? text, IFormatProvider? provider, out OfInterface value)
                {
                    var parsed = int.TryParse(text, provider, out var number);
                    value = new(number);
                    return parsed;
                }
            }

            partial record struct BothParsers
            {
                public static bool TryParse(string? text, out BothParsers value) => throw new InvalidOperationException("The one with a culture goes first.");

                public static bool TryParse(string? text, IFormatProvider? provider, out BothParsers value)
                {
                    var parsed = int.TryParse(text, provider, out var number);
                    value = new(number);
                    return parsed;
                }
            }

            partial record BothBinders
            {
                public static ValueTask<BothBinders?> BindAsync(HttpContext http) => throw new InvalidOperationException("The one with the parameter goes first.");

                public static ValueTask<BothBinders?> BindAsync(HttpContext http, ParameterInfo parameter) => new(http.Request.Query[parameter.Name!] is { Count: > 0 } text ? new BothBinders(text!) : null);
            }

            partial record struct ByInterface : IParsable<ByInterface>
            {
                static ByInterface IParsable<ByInterface>.Parse(string text, IFormatProvider? provider) => new(int.Parse(text, provider));

                static bool IParsable<ByInterface>.TryParse(string? text, IFormatProvider? provider, out ByInterface value)
                {
                    var parsed = int.TryParse(text, provider, out var number);
                    value = new(number);
                    return parsed;
                }
            }

            partial record Bound
            {
                public static ValueTask<Bound?> BindAsync(HttpContext http)
                {
                    var text = (string?)http.Request.Query["text"];
                    return text == "teapot" ? throw new BadHttpRequestException("No.", 418) : new(text is null ? null : new Bound(text));
                }
            }

            partial record Described
            {
                public static ValueTask<Described?> BindAsync(HttpContext http, ParameterInfo parameter) => new(http.Request.Query[parameter.Name!] is { Count: > 0 } text ? new Described(text!) : null);
            }

            partial record struct BoundStruct
            {
                public static ValueTask<BoundStruct?> BindAsync(HttpContext http) => new(int.TryParse(http.Request.Query["number"], out var number) ? new BoundStruct(number) : (BoundStruct?)null);
            }

            partial record BoundByInterface : IBindableFromHttpContext<BoundByInterface>
            {
                static ValueTask<BoundByInterface?> IBindableFromHttpContext<BoundByInterface>.BindAsync(HttpContext http, ParameterInfo parameter) =>
                    new(http.Request.Query[parameter.Name!] is { Count: > 0 } text ? new BoundByInterface(text!) : null);
            }
            """;
    }
}
