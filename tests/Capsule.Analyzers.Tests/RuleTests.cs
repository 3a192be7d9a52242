using Capsule.Analyzers.Tests.Binding;
using Capsule.Analyzers.Tests.Harness;
using Capsule.Analyzers.Tests.OpenApi;
using Capsule.Analyzers.Tests.Routing;
using Capsule.Analyzers.Tests.Shape;
using Capsule.Generators.Tests.Harness;

namespace Capsule.Analyzers.Tests;

/// <summary>What is likely a mistake is reported where it stands; what only looks like one is not.</summary>
public class RuleTests
{
    private static readonly BuildProperties AheadOfTime = new(("PublishAot", "true"));

    public static TheoryData<string> Invalid =>
    [
        .. CancellationPrograms.Invalid, .. BodySourcePrograms.Invalid, .. MalformedParserPrograms.Invalid, .. OptionalRoutePrograms.Invalid,
        .. JsonPrograms.Invalid, .. SingletonPrograms.Invalid, .. UnusedRouteParameterPrograms.Invalid, .. OpenApiPrograms.Invalid,
        .. ValidationPrograms.Invalid,
    ];

    public static TheoryData<string> Valid =>
    [
        .. CancellationPrograms.Valid, .. BodySourcePrograms.Valid, .. MalformedParserPrograms.Valid, .. OptionalRoutePrograms.Valid,
        .. JsonPrograms.Valid, .. SingletonPrograms.Valid, .. UnusedRouteParameterPrograms.Valid, .. OpenApiPrograms.Valid,
        .. ValidationPrograms.Valid,
    ];

    public static TheoryData<string> InvalidAheadOfTime => [.. JsonContextPrograms.Invalid];

    public static TheoryData<string> ValidAheadOfTime => [.. JsonContextPrograms.Valid];

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task A_mistake_is_reported(string program)
    {
        Assert.NotEmpty(Markup.Parse(program).Expected);
        await Analysis.VerifyAsync(program);
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public Task What_is_right_is_not(string program) => Analysis.VerifyAsync(program);

    [Theory]
    [MemberData(nameof(InvalidAheadOfTime))]
    public async Task A_type_without_a_context_is_reported(string program)
    {
        Assert.NotEmpty(Markup.Parse(program).Expected);
        await Analysis.VerifyAsync(program, options: AheadOfTime);
    }

    [Theory]
    [MemberData(nameof(ValidAheadOfTime))]
    public Task A_type_with_one_is_not(string program) => Analysis.VerifyAsync(program, options: AheadOfTime);

    [Theory]
    [InlineData("PublishTrimmed", "", true)]
    [InlineData("PublishTrimmed", "true", false)]
    [InlineData("PublishAot", "true", true)]
    [InlineData("IsAotCompatible", "", false)]
    public async Task Contexts_are_needed_only_where_reflection_is_off(string property, string reflection, bool isReported)
    {
        var options = new BuildProperties((property, "true"), ("JsonSerializerIsReflectionEnabledByDefault", reflection));
        var program = Markup.Parse(JsonContextPrograms.Invalid.First()).Text;

        Assert.Equal(isReported, (await Analysis.RunAsync(TestProject.Of(program).Compile(), options)).Length > 0);
    }
}
