namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>Handlers that no table makes: what is neither a value, a body, a form nor a response, and what only several of them show.</summary>
internal static class OtherCases
{
    /// <summary>Each handler as source text, with the requests to send to it: <c>method path</c>, or <c>method path content-type body</c>.</summary>
    public static IReadOnlyList<(string Source, string[] Requests)> All { get; } =
    [
        // Services: decided at start, required or not, with and without keys.
        ("[Endpoint(\"POST\", \"/o/service\")] public static string Service(Registered service) => service.Name;", ["POST /o/service", "POST /o/service?service=x", "POST /o/service application/json {\"name\":\"x\"}"]),
        ("[Endpoint(\"GET\", \"/o/service\")] public static string ServiceOfGet(Registered service, IServiceProvider all, Registered? maybe) => service.Name + (maybe == service) + (all is null);", ["GET /o/service", "GET /o/service?service=x&all=1&maybe=2"]),
        ("[Endpoint(\"GET\", \"/o/marked\")] public static string Marked([FromServices] Registered service, [FromServices] Unregistered? missing) => service.Name + missing?.Name;", ["GET /o/marked"]),
        ("[Endpoint(\"GET\", \"/o/missing\")] public static string Missing([FromServices] Unregistered missing) => missing.Name;", ["GET /o/missing", "GET /o/missing?missing=x"]),
        ("[Endpoint(\"GET\", \"/o/missing-default\")] public static string MissingDefault([FromServices] Unregistered missing = null!) => Show.Of(missing);", ["GET /o/missing-default"]),
        ("[Endpoint(\"GET\", \"/o/keyed\")] public static string Keyed([FromKeyedServices(\"a\")] Registered a, [FromKeyedServices(7)] Registered b, [FromKeyedServices(DayOfWeek.Friday)] Registered c, [FromKeyedServices(\"none\")] Registered? none) => a.Name + b.Name + c.Name + none?.Name;", ["GET /o/keyed"]),
        ("[Endpoint(\"GET\", \"/o/keyed-missing\")] public static string KeyedMissing([FromKeyedServices(\"none\")] Registered none) => none.Name;", ["GET /o/keyed-missing"]),
        ("[Endpoint(\"GET\", \"/o/services\")] public static string Services(IEnumerable<Registered> all) => Show.Of(all.Count());", ["GET /o/services"]),
        ("[Endpoint(\"POST\", \"/o/unregistered\")] public static string UnregisteredIsBody(Unregistered body) => body.Name;", ["POST /o/unregistered", "POST /o/unregistered application/json {\"name\":\"x\"}"]),

        // What belongs to the request.
        ("[Endpoint(\"POST\", \"/o/parts\")] public static string Parts(HttpContext context, HttpRequest request, HttpResponse response, System.Security.Claims.ClaimsPrincipal user, CancellationToken aborted) => Show.Of(ReferenceEquals(request, context.Request)) + ReferenceEquals(response, context.Response) + ReferenceEquals(user, context.User) + (aborted == context.RequestAborted);", ["POST /o/parts", "POST /o/parts?user=x&context=y&aborted=true"]),
        ("[Endpoint(\"POST\", \"/o/stream\")] public static async Task<string> Stream(Stream body) => await new StreamReader(body).ReadToEndAsync();", ["POST /o/stream", "POST /o/stream text/plain raw", "POST /o/stream application/json {"]),
        ("[Endpoint(\"POST\", \"/o/stream-marked\")] public static async Task<string> StreamMarked([FromBody] Stream body) => await new StreamReader(body).ReadToEndAsync();", ["POST /o/stream-marked", "POST /o/stream-marked text/plain raw"]),
        ("[Endpoint(\"POST\", \"/o/reader\")] public static async Task<string> Reader(System.IO.Pipelines.PipeReader body) => Show.Of((await body.ReadAtLeastAsync(100)).Buffer.Length);", ["POST /o/reader", "POST /o/reader text/plain raw"]),
        ("[Endpoint(\"GET\", \"/o/stream\")] public static async Task<string> StreamOfGet(Stream body) => await new StreamReader(body).ReadToEndAsync();", ["GET /o/stream", "GET /o/stream text/plain raw"]),
        ("[Endpoint(\"GET\", \"/o/set\")] public static string Set(HttpResponse response) { response.StatusCode = 202; response.ContentType = \"text/csv\"; response.Headers[\"X-Mine\"] = \"1\"; return \"a,b\"; }", ["GET /o/set"]),
        ("[Endpoint(\"GET\", \"/o/set-json\")] public static Todo SetJson(HttpResponse response) { response.StatusCode = 203; response.ContentType = \"application/vnd.todo+json\"; return new(\"a\", 1); }", ["GET /o/set-json"]),
        ("[Endpoint(\"GET\", \"/o/written\")] public static async Task Written(HttpContext context) { context.Response.StatusCode = 418; await context.Response.WriteAsync(\"own\"); }", ["GET /o/written"]),
        ("[Endpoint(\"GET\", \"/o/throws\")] public static string Throws(int status) => throw new BadHttpRequestException(\"mine\", status);", ["GET /o/throws?status=418", "GET /o/throws?status=x"]),
        ("[Endpoint(\"GET\", \"/o/throws-other\")] public static string ThrowsOther() => throw new InvalidOperationException(\"secret\");", ["GET /o/throws-other"]),

        // Lists where a body can be inferred are bodies.
        ("[Endpoint(\"POST\", \"/o/ints\")] public static string Ints(int[] values) => Show.Of(values);", ["POST /o/ints?values=1", "POST /o/ints application/json [1,2]", "POST /o/ints application/json [\"x\"]"]),
        ("[Endpoint(\"POST\", \"/o/strings\")] public static string Strings(string[] values) => Show.Of(values);", ["POST /o/strings?values=1", "POST /o/strings application/json [\"a\"]"]),
        ("[Endpoint(\"POST\", \"/o/strings-maybe\")] public static string StringsMaybe(string[]? values) => Show.Of(values);", ["POST /o/strings-maybe?values=1", "POST /o/strings-maybe application/json [\"a\"]"]),
        ("[Endpoint(\"PATCH\", \"/o/patch\")] public static string Patch(Todo body, int id) => body.Title + id;", ["PATCH /o/patch?id=1 application/json {\"title\":\"a\"}", "PATCH /o/patch?id=x application/json {", "PATCH /o/patch"]),
        ("[Endpoint(\"DELETE\", \"/o/delete\")] public static string Delete(int[] ids, [FromBody] Todo? body) => Show.Of(ids) + body?.Title;", ["DELETE /o/delete?ids=1&ids=2", "DELETE /o/delete application/json {\"title\":\"a\"}", "DELETE /o/delete text/plain x"]),

        // A name may be empty; what is between two separators is none.
        ("[Endpoint(\"GET\", \"/o/unnamed\")] public static string Unnamed([FromQuery(Name = \"\")] string? value = \"none\") => Show.Of(value);", ["GET /o/unnamed", "GET /o/unnamed?", "GET /o/unnamed?&", "GET /o/unnamed?a=1&&b=2", "GET /o/unnamed?=x", "GET /o/unnamed?&=x&", "GET /o/unnamed?=&&=y"]),

        // Types that bind themselves: in which form, and where they may be left out.
        ("[Endpoint(\"GET\", \"/o/both-forms\")] public static string BothForms(BothForms first, BothForms? second) => first.Text + second?.Text;", ["GET /o/both-forms", "GET /o/both-forms?first=a", "GET /o/both-forms?first=a&second=b"]),
        ("[Endpoint(\"GET\", \"/o/bound-default\")] public static string BoundDefault(FromQuery bound = null!) => Show.Of(bound);", ["GET /o/bound-default", "GET /o/bound-default?bound=a"]),
        ("[Endpoint(\"GET\", \"/o/bound-maybe\")] public static string BoundMaybe(FromQuery? bound = null) => Show.Of(bound);", ["GET /o/bound-maybe", "GET /o/bound-maybe?bound=a"]),
        ("[Endpoint(\"GET\", \"/o/bound-struct\")] public static string BoundStruct(BoundNumber always, BoundNumber? maybe, BoundMaybe number, BoundMaybe? none) => Show.Of(new object?[] { always.Number, maybe?.Number, number.Number, none?.Number });", ["GET /o/bound-struct", "GET /o/bound-struct?bound=1", "GET /o/bound-struct?bound=x"]),

        // Several wrong values: all are reported, in order.
        ("[Endpoint(\"POST\", \"/o/many/{id}\")] public static string Many(int id, DateTime at, [FromHeader] Guid key, Todo body, string text, [FromQuery] int[] list, FromQuery bound) => \"never\";", ["POST /o/many/x?at=y", "POST /o/many/x?at=y&list=z application/json {\"title\":\"a\"}", "POST /o/many/1 application/json null", "POST /o/many/x application/json {", "POST /o/many/1?at=2026-01-01&text=a&bound=b application/json {}"]),
        ("[Endpoint(\"POST\", \"/o/many-form\")] public static string ManyOfForm([FromForm] FormRecord all, [FromForm] int count, [FromForm(Name = \"n\")] string name, IFormFile file, IFormCollection form, int page) => Show.Of(form.Count);", ["POST /o/many-form application/x-www-form-urlencoded count=x", "POST /o/many-form application/x-www-form-urlencoded name=a&count=1&n=b", "POST /o/many-form application/x-www-form-urlencoded count=1", "POST /o/many-form multipart/form-data;boundary=b " + Parts("count=x"), "POST /o/many-form?page=x multipart/form-data;boundary=b " + Parts("count=1", "n=a"), "POST /o/many-form?page=1 multipart/form-data;boundary=b " + Parts("name=a", "count=1", "n=b", "file@c")]),
        ("[Endpoint(\"POST\", \"/o/many-fields\")] public static string ManyFields([FromForm] FormRecord all, [FromForm] int count, [FromForm] FormRequired other, int page) => Show.Of(count);", ["POST /o/many-fields application/x-www-form-urlencoded name=a&count=x", "POST /o/many-fields?page=x application/x-www-form-urlencoded name=a&count=1", "POST /o/many-fields?page=x application/x-www-form-urlencoded count=1", "POST /o/many-fields?page=1 application/x-www-form-urlencoded name=a&count=1"]),

        // Names.
        ("[Endpoint(\"GET\", \"/o/names/{Id}\")] public static string Names(int id, [FromQuery(Name = \"a b\")] string? spaced, [FromQuery(Name = \"\")] string? empty, [FromHeader] string? Accept, [FromQuery] string? ÄÖ) => Show.Of(new object?[] { id, spaced, empty, Accept, ÄÖ });", ["GET /o/names/1", "GET /o/names/1?a%20b=c&=d&%C3%84%C3%96=e&empty=f", "GET /o/names/1?a+b=c&%C3%A4%C3%B6=e"]),
        ("[Endpoint(\"GET\", \"/o/rest/{**rest}\")] public static string Rest(string rest, [FromQuery] string? query) => Show.Of(new[] { rest, query });", ["GET /o/rest/a/b%2Fc/%20d", "GET /o/rest/", "GET /o/rest/a?rest=b&query=c"]),
        ("[Endpoint(\"GET\", \"/o/constraint/{id:int:min(5)}\")] public static string Constraint(long id) => Show.Of(id);", ["GET /o/constraint/7", "GET /o/constraint/4", "GET /o/constraint/x"]),
        ("[Endpoint(\"GET\", \"/o/default/{page=3}\")] public static string RouteDefault(int page) => Show.Of(page);", ["GET /o/default", "GET /o/default/4", "GET /o/default?page=5"]),
        ("[Endpoint(\"GET\", \"/o/same-a\")] public static string SameA(int page = 1) => Show.Of(page);", ["GET /o/same-a", "GET /o/same-a?page=x"]),
        ("[Endpoint(\"GET\", \"/o/same-b\")] public static string SameB(int page = 2) => Show.Of(page);", ["GET /o/same-b"]),
        ("[Endpoint(\"GET\", \"/o/same-c\")] public static string SameC([FromHeader] int page = 2) => Show.Of(page);", ["GET /o/same-c", "GET /o/same-c?page=x"]),
        ("[Endpoint(\"POST\", \"/o/same-d\")] public static string SameD([FromBody] Todo body) => body.Title;", ["POST /o/same-d"]),
        ("[Endpoint(\"POST\", \"/o/same-e\")] public static string SameE([FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] Todo body) => Show.Of(body);", ["POST /o/same-e"]),

        // Without a word on nullability.
        ("#nullable disable\n    [Endpoint(\"GET\", \"/o/oblivious\")] public static string Oblivious(string text, Uri link, int number, string[] list, Tag tag) => Show.Of(new object[] { text, link, number, list, tag });\n#nullable enable", ["GET /o/oblivious", "GET /o/oblivious?number=1", "GET /o/oblivious?number=1&text=a&link=b&list=c&tag=d", "GET /o/oblivious?number=1&tag=far-too-long-for-a-tag"]),
        ("#nullable disable\n    [Endpoint(\"POST\", \"/o/oblivious\")] public static string ObliviousBody(Todo body, FromQuery bound) => Show.Of(body) + Show.Of(bound);\n#nullable enable", ["POST /o/oblivious", "POST /o/oblivious?bound=1 application/json null"]),

        // Objects that stand for several parameters.
        ("[Endpoint(\"POST\", \"/o/as/class/{id}\")] public static string AsClass([AsParameters] Several all) => all.ToString();", ["POST /o/as/class/1", "POST /o/as/class/1?text=a&list=1&bound=b application/json {\"title\":\"c\"}", "POST /o/as/class/x?number=y application/json {", "POST /o/as/class/1?number=y application/json {}"]),
        ("[Endpoint(\"GET\", \"/o/as/struct\")] public static string AsStruct([AsParameters] SeveralInStruct all) => all.ToString();", ["GET /o/as/struct", "GET /o/as/struct?number=1", "GET /o/as/struct?number=1&text=a", "GET /o/as/struct?number=x"]),
        ("[Endpoint(\"GET\", \"/o/as/record-struct\")] public static string AsRecordStruct([AsParameters] SeveralInRecordStruct all) => all.ToString();", ["GET /o/as/record-struct", "GET /o/as/record-struct?number=1", "GET /o/as/record-struct?number=1&text=a", "GET /o/as/record-struct?number=x"]),
        ("[Endpoint(\"GET\", \"/o/as/derived\")] public static string AsDerived([AsParameters] SeveralDerived all, int number) => all.ToString() + number;", ["GET /o/as/derived", "GET /o/as/derived?more=1&text=a&number=2", "GET /o/as/derived?more=x&number=y"]),
        ("[Endpoint(\"POST\", \"/o/as/form\")] public static string AsForm([AsParameters] SeveralOfForm all) => all.ToString();", ["POST /o/as/form application/x-www-form-urlencoded name=a&count=1", "POST /o/as/form application/x-www-form-urlencoded name=a&count=x", "POST /o/as/form", "POST /o/as/form application/json {}"]),

        ("[Endpoint(\"GET\", \"/o/as/twice\")] public static string AsTwice([AsParameters] SaidTwice all) => Show.Of(all.Number);", ["GET /o/as/twice?a=1&b=2", "GET /o/as/twice?a=1", "GET /o/as/twice?b=2", "GET /o/as/twice?number=3"]),
        ("[Endpoint(\"GET\", \"/o/as/overriding\")] public static string AsOverriding([AsParameters] Overriding all) => Show.Of(all.Number) + all.Text;", ["GET /o/as/overriding?number=1&text=a", "GET /o/as/overriding?number=x", "GET /o/as/overriding"]),

        // Attributes of an author's own.
        ("[Endpoint(\"POST\", \"/o/own-body\")] public static string OwnBody([OwnBody] Todo body) => Show.Of(body);", ["POST /o/own-body", "POST /o/own-body application/json {\"title\":\"a\"}"]),
        ("[Endpoint(\"POST\", \"/o/own-empty-body\")] public static string OwnEmptyBody([OwnBody(AllowEmpty = true)] Todo body) => Show.Of(body);", ["POST /o/own-empty-body", "POST /o/own-empty-body application/json {\"title\":\"a\"}"]),

        // Types that describe themselves (MetadataListTests).
        ("[Endpoint(\"POST\", \"/o/telling/{word}\")] public static Answering Telling(Telling body, TellingWord word, [AsParameters] TellingParts parts, TellingService service, TellingDerived? bound, TellingWord? maybe) => new(body.Text + word + parts.Word + bound);", ["POST /o/telling/a?other=b", "POST /o/telling/a?other=b application/json {\"text\":\"c\"}"]),
        ("[Endpoint(\"GET\", \"/o/telling-service\")] public static async Task<Answering> TellingService(TellingService service, [FromServices] TellingService marked) { await Task.Yield(); return new(\"a\"); }", ["GET /o/telling-service"]),
        ("[Endpoint(\"GET\", \"/o/telling-result\")] public static TellingResult TellingResult() => new();", ["GET /o/telling-result"]),
        ("[Endpoint(\"GET\", \"/o/telling-task\")] public static ValueTask<TellingResult> TellingTask() => new(new TellingResult());", ["GET /o/telling-task"]),
        ("[Endpoint(\"POST\", \"/o/telling-form\")] public static string TellingForm([FromForm] Telling form) => form.Text;", ["POST /o/telling-form application/x-www-form-urlencoded text=a"]),
    ];

    public const string Types = Telling + """
        public static class Setup
        {
            public static void AddTo(IServiceCollection services) => services
                .AddSingleton(new Registered("plain"))
                .AddSingleton(new TellingService())
                .AddKeyedSingleton("a", new Registered("a"))
                .AddKeyedSingleton(7, new Registered("seven"))
                .AddKeyedSingleton(DayOfWeek.Friday, new Registered("friday"));
        }

        public sealed class Registered(string name) { public string Name => name; }

        public sealed record Unregistered(string Name);

        public sealed record FromQuery(string Text)
        {
            public static ValueTask<FromQuery?> BindAsync(HttpContext context) => new(context.Request.Query["bound"] is { Count: > 0 } text ? new FromQuery(text!) : null);
        }

        public sealed record BothForms(string Text)
        {
            public static ValueTask<BothForms?> BindAsync(HttpContext context) => throw new InvalidOperationException("The one with the parameter goes first.");

            public static ValueTask<BothForms?> BindAsync(HttpContext context, System.Reflection.ParameterInfo parameter) => new(context.Request.Query[parameter.Name!] is { Count: > 0 } text ? new BothForms(text!) : null);
        }

        public readonly record struct BoundNumber(int Number)
        {
            public static ValueTask<BoundNumber> BindAsync(HttpContext context) => new(new BoundNumber(int.TryParse(context.Request.Query["bound"], out var number) ? number : -1));
        }

        public readonly record struct BoundMaybe(int Number)
        {
            public static ValueTask<BoundMaybe?> BindAsync(HttpContext context) => new(int.TryParse(context.Request.Query["bound"], out var number) ? new BoundMaybe(number) : null);
        }

        public sealed class OwnBodyAttribute : Attribute, Microsoft.AspNetCore.Http.Metadata.IFromBodyMetadata
        {
            public bool AllowEmpty { get; set; }
        }

        public sealed record SaidTwice([FromQuery(Name = "a")] [property: FromQuery(Name = "b")] int Number);

        public class Overridden { public virtual int Number { get; set; } }

        public sealed class Overriding : Overridden
        {
            public override int Number { get; set; }
            public string? Text { get; set; }
        }

        public sealed class Several
        {
            [FromRoute] public int Id { get; set; }
            public string? Text { get; init; }
            public int? Number { get; set; }
            [FromQuery] public string[]? List { get; set; }
            public FromQuery? Bound { get; set; }
            public Todo? Todo { get; set; }
            public required HttpContext Context { get; init; }
            [FromServices] public Registered Service { get; set; } = null!;
            public int ReadOnly => 5;
            public override string ToString() => $"{Id} {Text} {Number} {Show.Of(List)} {Bound} {Todo} {Context is null} {Service.Name}";
        }

        public struct SeveralInStruct
        {
            public int Number { get; set; }
            public string? Text { get; set; }
            public override readonly string ToString() => $"{Number} {Text}";
        }

        public readonly record struct SeveralInRecordStruct(int Number, string Text = "default");

        public class SeveralBase { public int More { get; set; } }

        public sealed class SeveralDerived : SeveralBase
        {
            public string? Text { get; set; }
            public override string ToString() => $"{More} {Text}";
        }

        public sealed record SeveralOfForm([FromForm] string Name, [FromForm] int Count, IFormCollection Form);

        """;

    private const string Telling = """
        public sealed record Said(string Text)
        {
            public static void Of<T>(Microsoft.AspNetCore.Builder.EndpointBuilder builder, System.Reflection.ParameterInfo parameter) =>
                builder.Metadata.Add(new Said($"{typeof(T).Name} of {parameter.ParameterType} {parameter.Name} {parameter.HasDefaultValue}"));

            public static void Of<T>(Microsoft.AspNetCore.Builder.EndpointBuilder builder, System.Reflection.MethodInfo method) =>
                builder.Metadata.Add(new Said($"{typeof(T).Name} of {method.Name}"));
        }

        public sealed record Telling(string Text) : Microsoft.AspNetCore.Http.Metadata.IEndpointMetadataProvider, Microsoft.AspNetCore.Http.Metadata.IEndpointParameterMetadataProvider
        {
            public static void PopulateMetadata(System.Reflection.MethodInfo method, Microsoft.AspNetCore.Builder.EndpointBuilder builder) => Said.Of<Telling>(builder, method);
            public static void PopulateMetadata(System.Reflection.ParameterInfo parameter, Microsoft.AspNetCore.Builder.EndpointBuilder builder) => Said.Of<Telling>(builder, parameter);
        }

        public readonly record struct TellingWord(string Word) : Microsoft.AspNetCore.Http.Metadata.IEndpointParameterMetadataProvider
        {
            static void Microsoft.AspNetCore.Http.Metadata.IEndpointParameterMetadataProvider.PopulateMetadata(System.Reflection.ParameterInfo parameter, Microsoft.AspNetCore.Builder.EndpointBuilder builder) => Said.Of<TellingWord>(builder, parameter);

            public static bool TryParse(string? text, out TellingWord word)
            {
                word = new(text ?? "");
                return true;
            }
        }

        public sealed record TellingParts([FromQuery(Name = "other")] TellingWord Word, TellingService Service) : Microsoft.AspNetCore.Http.Metadata.IEndpointMetadataProvider, Microsoft.AspNetCore.Http.Metadata.IEndpointParameterMetadataProvider
        {
            public static void PopulateMetadata(System.Reflection.MethodInfo method, Microsoft.AspNetCore.Builder.EndpointBuilder builder) => Said.Of<TellingParts>(builder, method);
            public static void PopulateMetadata(System.Reflection.ParameterInfo parameter, Microsoft.AspNetCore.Builder.EndpointBuilder builder) => Said.Of<TellingParts>(builder, parameter);
        }

        public class TellingService : Microsoft.AspNetCore.Http.Metadata.IEndpointMetadataProvider
        {
            public static void PopulateMetadata(System.Reflection.MethodInfo method, Microsoft.AspNetCore.Builder.EndpointBuilder builder) => Said.Of<TellingService>(builder, method);
        }

        public sealed class TellingDerived : TellingService
        {
            public static ValueTask<TellingDerived?> BindAsync(HttpContext context) => new((TellingDerived?)null);
        }

        public sealed record Answering(string Text) : Microsoft.AspNetCore.Http.Metadata.IEndpointMetadataProvider
        {
            static void Microsoft.AspNetCore.Http.Metadata.IEndpointMetadataProvider.PopulateMetadata(System.Reflection.MethodInfo method, Microsoft.AspNetCore.Builder.EndpointBuilder builder) => Said.Of<Answering>(builder, method);
        }

        public readonly struct TellingResult : IResult, Microsoft.AspNetCore.Http.Metadata.IEndpointMetadataProvider
        {
            public static void PopulateMetadata(System.Reflection.MethodInfo method, Microsoft.AspNetCore.Builder.EndpointBuilder builder) => Said.Of<TellingResult>(builder, method);
            public Task ExecuteAsync(HttpContext context) => context.Response.WriteAsync("told");
        }

        """;

    public static IEnumerable<(string Name, TwinRequest Request)> Requests => All.SelectMany(other => other.Requests.Select(request => (request, Request(request))));

    private static string Parts(params string[] parts) => FileCase.Multipart("", string.Join(' ', parts)).Body!;

    private static TwinRequest Request(string text)
    {
        var parts = text.Split(' ', 4);
        return parts.Length < 4 ? new(parts[0], parts[1]) : new(parts[0], parts[1]) { ContentType = parts[2], Body = parts[3] };
    }
}
