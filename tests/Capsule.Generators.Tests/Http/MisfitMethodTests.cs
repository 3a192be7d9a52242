using System.Reflection;
using Capsule.Generators.Tests.Harness;
using Capsule.Generators.Tests.Http.Differential;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Tests.Http;

/// <summary>
/// Methods that have the right name and are no parsers or binders all the same are passed over, also those of partial types, where the final compilation
/// decides. ASP.NET Core refuses handlers with such types (<c>malformed-parsers</c> among the departures), or passes over the methods too.
/// </summary>
public class MisfitMethodTests
{
    // A minimal API is not made of a handler with a type that has one of these.
    private static readonly string[] refused =
    [
        "public static Task<$> BindAsync(HttpContext http) => throw new InvalidOperationException();",
        "public static void BindAsync(HttpContext http) => throw new InvalidOperationException();",
        "public static ValueTask BindAsync(HttpContext http) => throw new InvalidOperationException();",
        "public static $ BindAsync(HttpContext http) => throw new InvalidOperationException();",
        "public static ValueTask<string> BindAsync(HttpContext http) => throw new InvalidOperationException();",
        "public static Task<$> BindAsync(HttpContext http, ParameterInfo parameter) => throw new InvalidOperationException();",
        "public static void BindAsync(HttpContext http, ParameterInfo parameter) => throw new InvalidOperationException();",
        "public static ValueTask<$> BindAsync(HttpRequest request) => throw new InvalidOperationException();",
        "public static ValueTask<$> BindAsync() => throw new InvalidOperationException();",
        "public static ValueTask<T> BindAsync<T>(HttpContext http) => throw new InvalidOperationException();",
        "public ValueTask<$> BindAsync(HttpContext http) => throw new InvalidOperationException();",
        "public ValueTask<$> BindAsync(HttpContext http, ParameterInfo parameter) => throw new InvalidOperationException();",
        "public static void TryParse(string text, out $ value) => throw new InvalidOperationException();",
        "public static void TryParse(string text, IFormatProvider provider, out $ value) => throw new InvalidOperationException();",
        "public static int TryParse(string text, out $ value) => throw new InvalidOperationException();",
        "public static bool? TryParse(string text, out $ value) => throw new InvalidOperationException();",
        "public static bool TryParse(string text, $ value) => throw new InvalidOperationException();",
        "public static bool TryParse(string text, out string value) => throw new InvalidOperationException();",
        "public static bool TryParse(string text) => throw new InvalidOperationException();",
        "public static $ TryParse(string text, IFormatProvider provider) => throw new InvalidOperationException();",
        "public bool TryParse(string text, out $ value) => throw new InvalidOperationException();",
    ];

    // Which of the two it would be, nobody has said.
    private const string Binder = "{public static ValueTask<$> BindAsync(HttpContext http) => throw new InvalidOperationException();}";
    private const string Described = "{public static ValueTask<$> BindAsync(HttpContext http, ParameterInfo parameter) => throw new InvalidOperationException();}";

    private static readonly string[] ambiguous =
    [
        $"sealed class Misfit : IFirst, ISecond {{ }} public interface IFirst {Binder} public interface ISecond {Binder}",
        $"sealed class Misfit : IFirst, ISecond {{ }} public interface IFirst {Described} public interface ISecond {Described}",
        $"sealed partial class Misfit : IFirst, ISecond {{ }} public interface IFirst {Binder} public interface ISecond {Binder}",
    ];

    private static readonly string[] inherited =
    [
        $"sealed class Misfit : IFirst {{ }} public interface IFirst {Binder}",
        $"sealed partial class Misfit : IFirst {{ }} public interface IFirst {Described}",
        $"sealed class Misfit : IFirst, ISecond {{ }} public interface IFirst {Described} public interface ISecond {Binder}",
    ];

    // A minimal API passes over these.
    private static readonly string[] passedOver =
    [
        "private static ValueTask<$> BindAsync(HttpContext http) => throw new InvalidOperationException();",
        "internal static ValueTask<$> BindAsync(HttpContext http) => throw new InvalidOperationException();",
        "public static string BindAsync => throw new InvalidOperationException();",
        "private static bool TryParse(string text, out $ value) => throw new InvalidOperationException();",
        "internal static bool TryParse(string text, out $ value) => throw new InvalidOperationException();",
        "public static string TryParse => throw new InvalidOperationException();",
    ];

    // A minimal API parses with these.
    private static readonly string[] parsers =
    [
        "public static bool TryParse(object text, out $ value) => throw new InvalidOperationException();",
    ];

    // A minimal API refuses these as well; of a partial type they are called, as the compiler finds them where a parser may be.
    private static readonly string[] callable =
    [
        "public static bool TryParse(ReadOnlySpan<char> text, out $ value) => throw new InvalidOperationException();",
        "public static bool TryParse<T>(string text, out T value) => throw new InvalidOperationException();",
    ];

    private static readonly string[] kinds = ["sealed record", "sealed partial record", "partial class", "partial struct"];

    public static TheoryData<string> Refused => [.. Of(refused).Concat(Of(callable).Where(misfit => !misfit.Contains("partial", StringComparison.Ordinal))).Concat(ambiguous)];

    public static TheoryData<string> PassedOver => [.. Of(passedOver)];

    public static TheoryData<string> Parsers => [.. Of(parsers).Concat(inherited)];

    [Theory]
    [Trait("Departure", "malformed-parsers")]
    [MemberData(nameof(Refused))]
    public async Task What_ASP_NET_Core_refuses_is_passed_over(string misfit)
    {
        var program = Compile(misfit);
        var handler = Assert.Single(TwinApp.GeneratedHandlers(program));
        await using var services = WebApplication.CreateSlimBuilder().Build();
        await using var app = new TwinApp(program, throwOnBadRequest: false, inMemory: true);
        await app.InitializeAsync();

        Assert.Throws<InvalidOperationException>(() => RequestDelegateFactory.Create(
            handler.Method, targetFactory: null, new() { ServiceProvider = services.Services, RouteParameterNames = [] }));
        Assert.Equal("a", (await app.SendAsync("/c", Body)).Body);
    }

    [Theory]
    [MemberData(nameof(PassedOver))]
    [MemberData(nameof(Parsers))]
    public async Task What_ASP_NET_Core_takes_is_taken_as_it_does(string misfit)
    {
        await using var app = new TwinApp(Compile(misfit), throwOnBadRequest: false, inMemory: true);
        await app.InitializeAsync();
        var comparison = new TwinComparison(app);

        await comparison.CompareAsync("body", Body);
        await comparison.CompareAsync("no body", TwinRequest.Of("POST /misfit?misfit=b"));
        comparison.AssertSame(atLeast: 2);
    }

    private static TwinRequest Body => new("POST", "/misfit?misfit=b") { Body = "{\"text\":\"a\"}", ContentType = "application/json" };

    private static IEnumerable<string> Of(string[] members) => kinds.SelectMany(kind => members.Select(member => $"{kind} Misfit {{ {member} }}"));

    private static Assembly Compile(string misfit)
    {
        var project = TestProject.Of($$"""
            using System;
            using System.Reflection;
            using System.Threading.Tasks;
            using Capsule;
            using Microsoft.AspNetCore.Http;

            public static class Handlers
            {
                [Endpoint("POST", "/misfit", Authorized = false)] public static string Handle(Misfit misfit) => misfit.Text;
            }

            public {{misfit.Replace("{ ", "{ public string Text { get; set; } ", StringComparison.Ordinal).Replace("$", "Misfit", StringComparison.Ordinal)}}
            """) with { Nullable = NullableContextOptions.Disable };
        var run = GeneratorSession.RunOnce(new CapsuleGenerator(), project.Compile());
        run.Output.AssertClean();
        return TwinProgram.Load(run.Output);
    }
}
