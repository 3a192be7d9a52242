using Capsule.Analyzers.Tests.Harness;
using Capsule.Generators.Tests.Harness;

namespace Capsule.Analyzers.Tests.Declarations;

/// <summary>What can't be a handler or a document is reported where the reason stands; what can is left alone.</summary>
public class DeclarationRuleTests
{
    private static readonly IEnumerable<string> InvalidPrograms =
        [.. ShapePrograms.Invalid, .. BindingPrograms.Invalid, .. RoutingPrograms.Invalid, .. SchedulePrograms.Invalid];

    private static readonly IEnumerable<string> ValidPrograms =
        [.. ShapePrograms.Valid, .. BindingPrograms.Valid, .. RoutingPrograms.Valid, .. SchedulePrograms.Valid];

    public static TheoryData<string> Invalid => [.. InvalidPrograms];

    public static TheoryData<string> Valid => [.. ValidPrograms];

    public static TheoryData<string> All => [.. InvalidPrograms, .. ValidPrograms];

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task An_invalid_declaration_is_reported(string program)
    {
        Assert.NotEmpty(Markup.Parse(program).Expected);
        await Analysis.VerifyAsync(program);
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public Task A_valid_declaration_is_not(string program) => Analysis.VerifyAsync(program);

    [Theory]
    [InlineData("CAP0101", "[Task] public static unsafe void Handle(int* pointer) { }")]
    [InlineData("CAP0101", "[Message] public static unsafe void Handle(delegate*<int, void> function) { }")]
    [InlineData("CAP0005", "[Data(\"d\")] public static unsafe int* Handle() => null;")]
    [InlineData("CAP0005", "[Task] public static unsafe delegate*<void> Handle() => null;")]
    public async Task A_pointer_fits_in_no_handler(string rule, string members)
    {
        var project = TestProject.Of(DeclarationProgram.Members(members)) with { AllowUnsafe = true };

        Assert.Equal([rule], (await Analysis.RunAsync(project.Compile())).Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [MemberData(nameof(All))]
    public Task A_declaration_is_emitted_exactly_when_no_error_is_reported(string program) =>
        Agreement.VerifyAsync(Markup.Parse(program).Text);
}
