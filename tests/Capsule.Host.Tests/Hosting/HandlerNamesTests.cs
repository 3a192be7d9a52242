
namespace Capsule.Host.Tests.Hosting;

public class HandlerNamesTests
{
    private readonly HandlerRegistry handlers = new();

    [Fact]
    public void Two_default_chats_are_refused_and_both_are_named()
    {
        handlers.Add(Chat("A.Handle"));
        handlers.Add(Chat("B.Handle"));

        Assert.Equal("The default chat is declared more than once: A.Handle, B.Handle.", Complaint());
    }

    [Theory]
    [InlineData("/reports/{id}", "/reports/{number}")]
    [InlineData("/reports/{id:int}", "reports/{Id:int}/")]
    [InlineData("/Reports", "/reports")]
    public void Routes_that_differ_in_nothing_but_parameter_names_are_refused(string first, string second)
    {
        handlers.Add(Route("GET", first));
        handlers.Add(Route("GET", second));

        Assert.StartsWith($"The route 'GET {first}' is declared more than once", Complaint(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/reports/{id:int}", "GET", "/reports/{id:guid}")]
    [InlineData("GET", "/reports", "POST", "/reports")]
    [InlineData("GET", "/reports/{id}", "GET", "/reports/{id}/lines")]
    public void Routes_that_routing_tells_apart_are_fine(string firstMethod, string first, string secondMethod, string second)
    {
        handlers.Add(Route(firstMethod, first));
        handlers.Add(Route(secondMethod, second));

        HandlerNames.RequireUnique(handlers);
    }

    private static MessageHandler Chat(string id) => new() { Id = id, InvokeAsync = (_, _, _) => Task.CompletedTask };

    private static HttpHandler Route(string method, string pattern) => new()
    {
        Id = "Test.Handler",
        HttpMethod = method,
        Pattern = pattern,
        RequiresAuthentication = false,
        Method = ((Func<MessageHandler?>)(() => null)).Method,
        Build = _ => _ => Task.CompletedTask,
    };

    private string Complaint() => Assert.Throws<InvalidOperationException>(() => HandlerNames.RequireUnique(handlers)).Message;
}
