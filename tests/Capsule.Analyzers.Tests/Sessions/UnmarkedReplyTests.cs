using Capsule.Analyzers.Tests.Harness;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Sessions;

/// <summary>CAP0317: a library says of which methods a reply may come.</summary>
public class UnmarkedReplyTests
{
    [Theory]
    [InlineData("public static Task {|CAP0317:Greet|}(Session session) => session.ReplyAsync(\"x\");")]
    [InlineData("public static Task {|CAP0317:Greet|}(Session session) => Inner(session); static Task Inner(Session session) => session.ReplyAsync(\"x\");")]
    [InlineData("public async Task {|CAP0317:Greet|}() { if (Session.Current is { } session) await session.NotifyAsync(\"x\"); }")]
    [InlineData("public Task {|CAP0317:Greet|}(Session? session) => session?.ReplyAsync(\"x\") ?? Task.CompletedTask;")]
    [InlineData("public static Task {|CAP0317:Greet|}(Session session) => Other(session); public static Task {|CAP0317:Other|}(Session session) => session.ShowImageAsync(\"x\");")]
    [InlineData("public virtual Task {|CAP0317:Greet|}(Session session) => session.ReplyAsync(\"x\");")]
    public Task A_public_method_that_replies_is_proposed(string members) => Analysis.VerifyAsync(Members(members));

    [Theory]
    [InlineData("[MayReply] public static Task Greet(Session session) => session.ReplyAsync(\"x\");")]
    [InlineData("[DoesNotReply] public static Task Greet(Session session) => session.ReplyAsync(\"x\");")]
    [InlineData("internal static Task Greet(Session session) => session.ReplyAsync(\"x\");")]
    [InlineData("protected static Task Greet(Session session) => session.ReplyAsync(\"x\");")]
    [InlineData("class Inner { public static Task Greet(Session session) => session.ReplyAsync(\"x\"); }")]
    [InlineData("public static Task Greet(Session session) => session.CanReply ? session.ReplyAsync(\"x\") : Task.CompletedTask;")]
    [InlineData("public static Func<Task> Greet(Session session) => () => session.ReplyAsync(\"x\");")]
    [InlineData("public static Task Greet(Session session) => session.Data.FlushAsync();")]
    [InlineData("public static Task Greet(Session session) => session.ReplyAsync(\"x\"); [Message] public static Task Handle(Session session) => Greet(session);")]
    public Task Others_are_not(string members) => Analysis.VerifyAsync(Members(members));

    [Fact]
    public async Task A_program_is_no_library()
    {
        var program = TestProject.Of("using Capsule; Console.WriteLine(); public static class App { public static Task Greet(Session session) => session.ReplyAsync(\"x\"); }");

        Assert.Empty(await Analysis.RunAsync((program with { OutputKind = OutputKind.ConsoleApplication }).Compile()));
    }

    [Fact]
    public async Task What_reaches_a_marked_method_is_not_marked_too() =>
        await Analysis.VerifyAsync(Members("public static Task Greet(Session session) => Marked(session); [MayReply] static Task Marked(Session session) => Task.CompletedTask;"));
}
