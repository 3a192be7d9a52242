using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Routing;

/// <summary>CAP0202.</summary>
internal static class UnusedRouteParameterPrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Members("[Endpoint(\"GET\", \"/{|CAP0202:{id}|}\")] public static int Handle() => 1;"),
        Members("[Endpoint(\"GET\", \"/users/{user}/posts/{|CAP0202:{post:int}|}\")] public static string Handle(string user) => user;"),
        Members("[Endpoint(\"GET\", \"/{|CAP0202:{id?}|}\")] public static int Handle(Guid other) => 1;"),
        Members("[Endpoint(\"GET\", \"/{|CAP0202:{id}|}\")] public static int Handle([FromQuery] int id) => id;"),
        Members("[Endpoint(\"GET\", \"/{|CAP0202:{a}|}/{|CAP0202:{b}|}\")] public static int Handle(CancellationToken cancellationToken) => 1;"),
        Members("const string Route = \"/{id}\"; [Endpoint(\"GET\", {|CAP0202:Route|})] public static int Handle() => 1;"),
        Members("[Endpoint(pattern: \"/{|CAP0202:{user-id}|}\")] public static int Handle() => 1;"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Members("[Endpoint(\"GET\", \"/{id}\")] public static int Handle(int id) => id;"),
        Members("[Endpoint(\"GET\", \"/{ID}\")] public static int Handle([FromRoute(Name = \"id\")] int number) => number;"),
        Members("[Endpoint(\"GET\", \"/{id}\")] public static int Handle(HttpContext context) => 1;"),
        Members("[Endpoint(\"GET\", \"/{id}\")] public static int Handle(HttpRequest request) => 1;"),
        Members("[Endpoint(\"GET\", \"/{id}\")] public static int Handle(HttpResponse response) => 1;"),
        Members("[Endpoint(\"GET\", \"/{id}\")] public static int Handle(RequestContext context) => 1;"),
        Members("[Endpoint(\"GET\", \"/{**path}\")] public static int Handle() => 1;"),
        Members("[Endpoint(\"GET\", \"/{{id}}\")] public static int Handle() => 1;"),
        Types("public record Page(int Id); public static class App { [Endpoint(\"GET\", \"/{id}/{other}\")] public static int Handle([AsParameters] Page page) => 1; }"),
        Types("public record Page(int Id) { public static ValueTask<Page> BindAsync(HttpContext context) => default!; } public static class App { [Endpoint(\"GET\", \"/{id}\")] public static int Handle(Page page) => 1; }"),
        Types("public class App(IHttpContextAccessor accessor) { [Endpoint(\"GET\", \"/{id}\")] public int Handle() => accessor.GetHashCode(); }"),
        Members("[Data(\"{id}\")] public static int Handle() => 1;"),
    ];
}
