using System.Globalization;
using Capsule.Analyzers.Tests.Declarations;
using Capsule.Analyzers.Tests.Harness;
using Capsule.Generators.Tests.Harness;

namespace Capsule.Analyzers.Tests.Rules;

/// <summary>Where a message depends on the mistake, it says what is wrong and what to do about it.</summary>
public class RuleMessageTests
{
    [Theory]
    [InlineData("[Message] public static async void Handle() => await Task.Yield();", "'App.Handle' can't be a handler: it is async void; return Task")]
    [InlineData("[Data(\"d\")] public static int Handle(in int page) => page;", "'App.Handle' can't be a handler: it takes or returns a reference; take and return values")]
    [InlineData("public abstract class Inner { [Boot] public void Handle() { } }", "'App.Inner.Handle' can't be a handler: its type is abstract; make the method static, or the type one that can be created")]
    [InlineData("[Message, Boot] public static void Handle() { }", "'App.Handle' is marked [Message] and [Boot]: a method is one kind of handler, so keep one of them")]
    [InlineData("[Message] public static string Handle() => \"\";", "Handlers marked [Message] can't return 'System.String': nobody could receive it; return Task, ValueTask or nothing")]
    [InlineData("[Message] public static Span<int> Handle() => default;", "Handlers marked [Message] can't return 'System.Span<System.Int32>': nobody could receive it; return Task, ValueTask or nothing")]
    [InlineData("[Data(\"d\")] public static Span<int> Handle() => default;", "Handlers marked [Data] can't return 'System.Span<System.Int32>': it can't be kept until it is written; return an array, or another type that can")]
    [InlineData("[Endpoint] public static void Handle(Session session) { }", "'session' is of type 'Capsule.Session', which handlers marked [Endpoint] are not given: remove it, or take something else")]
    [InlineData("[Boot] public static void Handle(Session session) { }", "'session' is of type 'Capsule.Session', which handlers marked [Boot] are not given: remove it, or take something else")]
    [InlineData("[Schedule(\"0 * * * *\")] public static void Handle(TaskProgress progress) { }", "'progress' is of type 'Capsule.TaskProgress', which handlers marked [Schedule] are not given: remove it, or take something else")]
    [InlineData("public class Inner(Session session) { [Message] public void Handle() { } }", "'session' is of type 'Capsule.Session', which constructors of handler classes are not given: remove it, or take something else")]
    [InlineData("[Endpoint(\"POST\", \"/\")] public static void Handle([FromForm(Name = \"a\")] IFormCollection form) { }", "Capsule does not bind 'form' ('Microsoft.AspNetCore.Http.IFormCollection'): a whole form has no name; leave the name out")]
    [InlineData("[Endpoint] public static int Handle([AsParameters] Inner inner) => 1; public class Inner { [AsParameters] public Uri Link { get; set; } = null!; }", "[AsParameters] can't make 'Link' ('System.Uri'): the type needs to be a single value inside of another [AsParameters]")]
    [InlineData("[Endpoint(\"GET\", \"/{id?}\")] public static int Handle(int id) => id;", "'id' of '/{id?}' may be left out of the path, but the handler requires it: let it be null, or take the '?' out of the route")]
    [InlineData("[Endpoint(\"GET\", \"/{id}\")] public static int Handle(int? id) => 1;", "'id' of '/{id}' is optional for the handler, but no path without it leads there: put a '?' into the route, or require it")]
    [InlineData("[Endpoint(\"GET\", \"/health\")] public static int Handle() => 1;", "The route 'GET /health' is taken by Capsule itself: choose another")]
    [InlineData("[Task(Lock = \"{a}\")] public static void Handle() { }", "The task has no argument 'a'; it has none")]
    [InlineData("[Task(Lock = \"{a}\")] public static void Handle(int b, int c) { }", "The task has no argument 'a'; it has b, c")]
    [InlineData("[Schedule(\"60 * * * *\")] public static void Handle() { }", "'60 * * * *' is not a cron expression: The minute must be from 0 to 59. Did you mean '59 * * * *'?")]
    [InlineData("[Boot] public static Task Handle() => Session.Current!.PromptApprovalAsync(\"x\");", "'PromptApprovalAsync' in a handler marked [Boot] has nobody to ask: prompt in a message handler or a task")]
    public async Task A_message_fits_the_mistake(string members, string message)
    {
        var reported = Assert.Single(await Analysis.RunAsync(TestProject.Of(DeclarationProgram.Members(members)).Compile()));

        Assert.Equal(message, reported.GetMessage(CultureInfo.InvariantCulture));
    }
}
