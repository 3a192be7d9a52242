using Capsule.Analyzers.Tests.Harness;

namespace Capsule.Analyzers.Tests.Sessions;

/// <summary>Misuse of sessions and schedules is reported; what only looks like it is not.</summary>
public class SessionRuleTests
{
    public static TheoryData<string> Invalid =>
    [
        .. SessionPrograms.Invalid, .. LifetimePrograms.Invalid, .. PromptPrograms.Invalid, .. ScopedDataPrograms.Invalid,
        .. IntegrationPrograms.Invalid, .. ReplayPrograms.Invalid,
    ];

    public static TheoryData<string> Valid =>
    [
        .. SessionPrograms.Valid, .. LifetimePrograms.Valid, .. PromptPrograms.Valid, .. ScopedDataPrograms.Valid,
        .. IntegrationPrograms.Valid, .. ReplayPrograms.Valid,
    ];

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task Misuse_is_reported(string program)
    {
        Assert.NotEmpty(Markup.Parse(program).Expected);
        await Analysis.VerifyAsync(program);
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public Task Correct_use_is_not(string program) => Analysis.VerifyAsync(program);
}
