using Capsule.Analyzers.Tests.Harness;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Sessions;

/// <summary>CAP0317: a library says of which methods a reply may come.</summary>
public class UnmarkedReplyTests
{
    public static TheoryData<string> Invalid => [.. UnmarkedReplyPrograms.Invalid];

    public static TheoryData<string> Valid => [.. UnmarkedReplyPrograms.Valid];

    [Theory]
    [MemberData(nameof(Invalid))]
    public Task A_public_method_that_replies_is_proposed(string program) => Analysis.VerifyAsync(program);

    [Theory]
    [MemberData(nameof(Valid))]
    public Task Others_are_not(string program) => Analysis.VerifyAsync(program);

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
