using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.OpenApi;

/// <summary>CAP0402 and CAP0404.</summary>
internal static class OpenApiPrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Members("[Endpoint(\"GET\", \"/\")] public static IResult {|CAP0402:Handle|}() => Results.Ok(1);"),
        Members("[Endpoint(\"GET\", \"/\")] public static async Task<IResult> {|CAP0402:Handle|}() { await Task.Yield(); return TypedResults.Ok(1); }"),
        Members("[Endpoint(\"GET\", \"/\")] public static ValueTask<IResult> {|CAP0402:Handle|}() => default;"),
        Members("[Data(\"d\")] public static object {|CAP0402:Handle|}() => 1;"),
        Members("[Data(\"d\")] public static dynamic {|CAP0402:Handle|}() => 1;"),
        Types("public class Csv : IResult { public Task ExecuteAsync(HttpContext httpContext) => Task.CompletedTask; } public static class App { [Data(\"d\")] public static Csv {|CAP0402:Handle|}() => new(); }"),
        Members("[Tags(\"a\"), Endpoint(\"GET\", \"/\")] public static Task<object?> {|CAP0402:Handle|}() => Task.FromResult<object?>(null);"),

        Members("[Endpoint(\"GET\", \"/a\"), EndpointName(\"list\")] public static int A() => 1; [Endpoint(\"GET\", \"/b\"), EndpointName(\"{|CAP0404:list|}\")] public static int B() => 1;"),
        Types("public static class One { [Data(\"a\"), EndpointName(\"list\")] public static int Handle() => 1; } public static class Two { [Data(\"b\"), EndpointName(\"{|CAP0404:list|}\")] public static int Handle() => 1; }"),
        Members("const string Name = \"list\"; [Data(\"a\"), EndpointName(Name)] public static int A() => 1; [Data(\"b\"), EndpointName({|CAP0404:Name|})] public static int B() => 1;"),
        Members("[Data(\"a\"), EndpointName(\"x\")] public static int A() => 1; [Data(\"b\"), EndpointName(\"{|CAP0404:x|}\")] public static int B() => 1; [Data(\"c\"), EndpointName(\"{|CAP0404:x|}\")] public static int C() => 1;"),
        Types("public static class One { [Endpoint(\"GET\", \"/a/{b}\")] public static int Read(int b) => 1; } public static class Two { [Endpoint(\"GET\", \"/a/b\")] public static int {|CAP0404:Read|}() => 1; }"),
        Types("public static class One { [Endpoint(\"GET\", \"/a-b\")] public static int ReadAsync() => 1; } public static class Two { [Endpoint(\"GET\", \"/a/b\")] public static int {|CAP0404:Read|}() => 1; }"),
    ];

    public static IEnumerable<string> Valid =>
    [
        .. Near(
            "CAP0402",
            Members("[Endpoint(\"GET\", \"/\")] public static Results<Ok<int>, NotFound> Handle() => TypedResults.Ok(1);"),
            Members("[Endpoint(\"GET\", \"/\"), ProducesResponseType<int>(200)] public static IResult Handle() => Results.Ok(1);"),
            Types("[ProducesResponseType(204)] public static class App { [Endpoint(\"GET\", \"/\")] public static IResult Handle() => Results.NoContent(); }"),
            Members("[Endpoint(\"GET\", \"/\"), ExcludeFromDescription] public static IResult Handle() => Results.Ok(1);"),
            Members("[Endpoint(\"GET\", \"/\")] public static FileContentHttpResult Handle() => TypedResults.File(new byte[1]);"),
            Members("[Endpoint(\"GET\", \"/\")] public static RedirectHttpResult Handle() => TypedResults.Redirect(\"/a\");"),
            Members("[Endpoint(\"GET\", \"/\"), Produces(\"text/csv\")] public static object Handle() => 1;"),
            Types("public class Csv : IResult, IEndpointMetadataProvider { public Task ExecuteAsync(HttpContext httpContext) => Task.CompletedTask; public static void PopulateMetadata(System.Reflection.MethodInfo method, EndpointBuilder builder) { } } public static class App { [Data(\"d\")] public static Csv Handle() => new(); }"),
            Members("[Task] public static object Handle() => 1;"),
            Members("[Data(\"d\")] [return: Says] public static object Handle() => 1; [AttributeUsage(AttributeTargets.ReturnValue)] public sealed class SaysAttribute : Attribute, IProducesResponseTypeMetadata { public Type? Type => typeof(int); public int StatusCode => 200; public IEnumerable<string> ContentTypes => []; }"),
            Members("public static IResult Handle() => Results.Ok();")),
        .. Near(
            "CAP0404",
            Members("[Endpoint(\"GET\", \"/a\"), EndpointName(\"listA\")] public static int A() => 1; [Endpoint(\"GET\", \"/b\"), EndpointName(\"listB\")] public static int B() => 1;"),
            Types("public static class One { [Data(\"a\")] public static int Read() => 1; } public static class Two { [Data(\"b\")] public static int Read() => 1; }"),
            Types("public static class One { [Endpoint(\"GET\", \"/a\")] public static int Read() => 1; } public static class Two { [Endpoint(\"POST\", \"/a\")] public static int Read() => 1; }"),
            Types("public static class One { [Endpoint(\"GET\", \"/a\"), Host(\"a.com\")] public static int Read() => 1; } public static class Two { [Endpoint(\"GET\", \"/a\"), Host(\"b.com\")] public static int Read() => 1; }"),
            Members("[Data(\"a\"), EndpointName(\"list\")] public static int A() => 1; [Data(\"b\"), EndpointName(\"List\")] public static int B() => 1;"),
            Types("public static class One { [Data(\"a\"), Named] public static int Read() => 1; [Data(\"b\"), Named] public static int List() => 1; } public class NamedAttribute : Attribute, Microsoft.AspNetCore.Routing.IEndpointNameMetadata { public string EndpointName { get; } = Guid.NewGuid().ToString(); }"),
            Members("[Data(\"a\"), EndpointName(\"x\")] public static int A() => 1; [EndpointName(\"x\")] public static int B() => 1;"),
            Types("public static class One { [Endpoint(\"GET\", \"/a/{b}\")] public static int Read(int b) => 1; } public static class Two { [Endpoint(\"GET\", \"/a/b\")] public static int List() => 1; }")),
    ];
}
