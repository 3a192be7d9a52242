using Capsule.Analyzers.Tests.Harness;

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
    [MemberData(nameof(All))]
    public Task A_declaration_is_emitted_exactly_when_no_error_is_reported(string program) =>
        Agreement.VerifyAsync(Markup.Parse(program).Text);
}
