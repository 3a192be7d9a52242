using System.Net;
using System.Net.Http.Json;
using Capsule.Contract.Testing;

namespace Capsule.Contract.Wire;

/// <summary><c>[Data]</c> and <c>[Endpoint]</c> handlers over HTTP.</summary>
public sealed class HandlerTests(ContractApp app) : IClassFixture<ContractApp>
{
    [Theory]
    [InlineData("/data/needs_session")]
    [InlineData("/data/needs_session_inside")]
    public async Task A_data_handler_that_takes_a_session_is_400_without_the_header(string path)
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await (await caller.GetAsync(path)).ProblemAsync(HttpStatusCode.BadRequest);
        await (await caller.GetAsync($"{path}?session={id}&session.id={id}&Capsule-Session-Id={id}", ("session", id))).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_data_handler_that_may_take_a_session_gets_null_without_the_header() =>
        Assert.Equal("""{"session":null,"current":false}""", await app.Guest().Http.GetStringAsync("/data/may_have_session"));

    [Theory]
    [InlineData("/data/needs_session")]
    [InlineData("/data/needs_session_inside")]
    [InlineData("/data/may_have_session")]
    public async Task A_data_handler_gets_the_callers_session_by_the_header_Capsule_Session_Id_and_it_is_current(string path)
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var seen = await (await caller.GetAsync(path, ("Capsule-Session-Id", id))).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(id, seen.Text("session"));
        Assert.True(seen.GetProperty("current").GetBoolean());
    }

    [Theory]
    [InlineData("/data/needs_session")]
    [InlineData("/data/needs_session_inside")]
    [InlineData("/data/may_have_session")]
    public async Task The_session_of_another_is_404(string path)
    {
        var id = await app.Guest().OpenAsync();
        var other = app.Guest();
        await other.OpenAsync();
        await (await other.GetAsync(path, ("Capsule-Session-Id", id))).ProblemAsync(HttpStatusCode.NotFound);
        await (await other.GetAsync(path, ("Capsule-Session-Id", "no-such"))).ProblemAsync(HttpStatusCode.NotFound);
    }

    /// <summary>Whatever a client sends under the name of a parameter that the host fills, the answer is the same as without.</summary>
    [Theory]
    [InlineData("GET", "/injected/context", "ctx")]
    [InlineData("POST", "/injected/context", "ctx")]
    [InlineData("GET", "/injected/tasks", "tasks")]
    [InlineData("GET", "/injected/notes", "notes")]
    [InlineData("GET", "/injected/scope", "scope")]
    [InlineData("GET", "/injected/scope", "marked")]
    [InlineData("GET", "/injected/scope", "services")]
    [InlineData("GET", "/data/injected_work", "tasks")]
    [InlineData("GET", "/data/injected_work", "notes")]
    [InlineData("GET", "/data/injected_work", "zone")]
    [InlineData("GET", "/data/injected_session", "session")]
    [InlineData("GET", "/data/injected_together", "given")]
    [InlineData("GET", "/data/injected_together", "ctx")]
    [InlineData("GET", "/data/injected_together", "notes")]
    [InlineData("GET", "/data/injected_together", "session")]
    public async Task A_client_never_supplies_what_is_injected(string method, string path, string name)
    {
        var caller = app.Guest();
        var session = await caller.OpenAsync();
        var plain = await SendAsync(path, null);

        foreach (var value in new[] { session, "", "null", "{}", "[]", Uri.EscapeDataString("{\"id\":\"x\",\"user\":{\"id\":\"admin\"}}") })
        {
            Assert.Equal(plain, await SendAsync($"{path}?{name}={value}&{name}.id={value}&{name}.user.id=admin", null));
            Assert.Equal(plain, await SendAsync(path, (name, value)));
        }
        if (method == "POST")
            Assert.Equal(plain, await SendAsync(path, null, new { id = "x", user = new { id = "admin" } }));

        async Task<(HttpStatusCode, string)> SendAsync(string target, (string, string)? header, object? body = null)
        {
            using var answer = await caller.SendAsync(new HttpMethod(method), target, body, header is { } named ? [named] : []);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task What_is_injected_into_data_handlers_works() =>
        Assert.Equal("42 kept utc", await app.Guest().Http.GetStringAsync("/data/injected_work"));

    /// <summary>Nor do the route, a form or a body, under the names of the parameters and of what is inside of them.</summary>
    [Theory]
    [InlineData("form")]
    [InlineData("body")]
    public async Task Neither_a_route_nor_a_form_nor_a_body_supplies_what_is_injected(string kind)
    {
        var caller = app.Guest();
        await caller.OpenAsync();
        var user = (await caller.GetJsonAsync("/capsule/me")).Text("id");
        string[] names = ["ctx", "tasks", "notes", "scope", "zone"];

        foreach (var value in new[] { "x", "null", "[]", """{"id":"x","name":"x","user":{"id":"admin"}}""" })
        {
            var parts = names.SelectMany(name => new[] { name, $"{name}.Id", $"{name}.Name", $"{name}.User.Id", $"{name}[0].Text" }).ToDictionary(name => name, _ => value);
            HttpContent content = kind == "form"
                ? new FormUrlEncodedContent(parts.Append(new("word", "said")))
                : JsonContent.Create(parts.Append(new("name", "said")).ToDictionary());
            using var answer = await caller.Http.PostAsync($"/injected/{kind}/{string.Join('/', names.Select(_ => Uri.EscapeDataString(value)))}", content);

            Assert.Equal($"{user} 42 kept True utc said", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Session_Current_is_null_in_endpoints_and_in_data_handlers_that_take_no_session()
    {
        Assert.Equal("""{"session":null,"current":false}""", await app.Guest().Http.GetStringAsync("/data/no_session"));
        Assert.Equal("false", await app.Guest().Http.GetStringAsync("/current"));
    }

    [Fact]
    public async Task Access_Authenticated_lets_users_in_and_no_guest()
    {
        var guest = app.Guest();
        await guest.OpenAsync();
        await (await guest.GetAsync("/data/threads")).ProblemAsync(HttpStatusCode.Unauthorized);
        var user = await app.UserAsync(org: "acme");
        Assert.Equal("org:acme", (await user.GetJsonAsync("/data/threads?status=open")).Text("owner"));
    }

    [Theory]
    [InlineData("/data/adults")]
    [InlineData("/adults")]
    [InlineData("/adults-by-attribute")]
    public async Task A_policy_is_401_for_guests_403_for_others_and_200_for_those_it_admits(string path)
    {
        await (await app.Guest().GetAsync(path)).ProblemAsync(HttpStatusCode.Unauthorized);
        await (await (await app.UserAsync("child@example.com")).GetAsync(path)).ProblemAsync(HttpStatusCode.Forbidden);
        await (await app.UserAsync("adult@example.com")).GetAsync(path).AssertStatusAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_endpoint_needs_sign_in_unless_it_says_otherwise()
    {
        var guest = app.Guest();
        await guest.OpenAsync();
        await (await guest.GetAsync("/orders/7")).ProblemAsync(HttpStatusCode.Unauthorized);
        var order = await (await app.UserAsync()).GetJsonAsync("/orders/7");
        Assert.Equal(7, order.GetProperty("id").GetInt32());
        Assert.True(order.GetProperty("authenticated").GetBoolean());
        await guest.GetAsync("/open").AssertStatusAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Query_parameters_have_defaults_are_null_when_nullable_and_required_otherwise()
    {
        var bare = await app.Guest().GetJsonAsync("/data/query?page=2");
        Assert.Equal(2, bare.GetProperty("page").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, bare.GetProperty("limit").ValueKind);
        Assert.Equal("open", bare.Text("status"));
        var full = await app.Guest().GetJsonAsync("/data/query?page=1&limit=5&status=&tag=a&tag=b");
        Assert.Equal(5, full.GetProperty("limit").GetInt32());
        Assert.Equal("", full.Text("status"));
        Assert.Equal(["a", "b"], full.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!));
    }

    [Fact]
    public async Task Validation_attributes_on_what_a_data_handler_takes_are_answered_with_a_validation_problem()
    {
        await app.Guest().GetAsync("/data/limited?page=10&word=abc&list=1").AssertStatusAsync(HttpStatusCode.OK);

        await AssertInvalidAsync(
            await app.Guest().GetAsync("/data/limited?page=11&word=abcd&list=1&list=2&list=3"),
            ("page", "The field page must be between 1 and 10."),
            ("word", "The field word must be a string with a maximum length of 3."),
            ("list", "The field list must be a string or array type with a maximum length of '2'."));
    }

    [Fact]
    public async Task Validation_attributes_inside_of_a_body_are_answered_with_the_paths_of_the_values()
    {
        var good = """{"to":"Ada","largest":{"weight":30,"of":"wood"},"boxes":[{"weight":1},{"weight":2}]}""";
        await app.Guest().Http.PostAsync("/parcels", Json(good)).AssertStatusAsync(HttpStatusCode.OK);

        await AssertInvalidAsync(
            await app.Guest().Http.PostAsync("/parcels", Json("""{"to":"Lovelace","largest":{"weight":31,"of":"glass"},"boxes":[{"weight":1},{"weight":0}]}""")),
            ("To", "The field To must be a string with a maximum length of 5."),
            ("Largest.Weight", "The field Weight must be between 1 and 30."),
            ("Largest.Of", "The Of field does not equal any of the values specified in AllowedValuesAttribute."),
            ("Boxes[1].Weight", "The field Weight must be between 1 and 30."));
    }

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");

    private static async Task AssertInvalidAsync(HttpResponseMessage response, params (string Name, string Text)[] errors)
    {
        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal("One or more validation errors occurred.", problem.Text("title"));
        Assert.Equal(
            errors.Order(),
            problem.GetProperty("errors").EnumerateObject().Select(error => (error.Name, error.Value.EnumerateArray().Single().GetString()!)).Order());
    }

    [Fact]
    public async Task An_endpoint_takes_what_a_minimal_api_handler_takes()
    {
        var bound = await app.Guest().GetJsonAsync("/bind/some%20name?page=3");
        Assert.Equal("some name", bound.Text("name"));
        Assert.Equal(3, bound.GetProperty("page").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, bound.GetProperty("size").ValueKind);
        Assert.Equal("/bind/some name", bound.Text("path"));
        foreach (var property in new[] { "now", "cancellable" })
            Assert.True(bound.GetProperty(property).GetBoolean(), property);
    }

    [Fact]
    public async Task An_endpoint_takes_the_body_as_a_stream()
    {
        var caller = app.Guest();
        using var raw = await caller.SendAsync(HttpMethod.Put, "/raw", new ByteArrayContent(new byte[1234]));
        Assert.Equal("1234", await raw.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Results_are_those_of_minimal_apis()
    {
        var caller = app.Guest();
        using (var text = await caller.GetAsync("/text"))
        {
            Assert.Equal("text/plain", text.Content.Headers.ContentType?.MediaType);
            Assert.Equal("plain", await text.Content.ReadAsStringAsync());
        }
        using (var created = await caller.PostAsync("/orders", new { name = "short", count = 1 }))
        {
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
            Assert.Equal("/orders/1", created.Headers.Location?.ToString());
            Assert.Equal("""{"name":"short","count":1}""", await created.Content.ReadAsStringAsync());
        }
        await caller.SendAsync(HttpMethod.Delete, "/void").AssertStatusAsync(HttpStatusCode.OK);
        await caller.PostAsync("/callback", new { reference = "" }).AssertStatusAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_instance_handler_is_built_in_the_requests_own_scope() =>
        Assert.Equal("true", await app.Guest().Http.GetStringAsync("/scope"));

    [Fact]
    public async Task A_request_context_has_request_services_tasks_and_db()
    {
        var context = await app.Guest().GetJsonAsync("/context");
        Assert.Equal("/context", context.Text("path"));
        Assert.True(context.GetProperty("services").GetBoolean());
        Assert.Equal(42, context.GetProperty("sum").GetInt32());
        Assert.Equal(0, context.GetProperty("tickets").GetInt32());
    }
}
