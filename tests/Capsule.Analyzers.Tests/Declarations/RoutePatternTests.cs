using Capsule.Generators.Parsing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Capsule.Analyzers.Tests.Declarations;

/// <summary>The compile-time reading of route patterns agrees with ASP.NET Core's own.</summary>
public class RoutePatternTests
{
    private static readonly string[] Pieces =
        ["/", "~", "{", "}", "{{", "}}", "?", "*", "=", ":", ".", "-", "a", "b", "{a}", "{b}", "{a?}", "{*a}", "{**b}", "{a:int}", "{b=1}", "(", ")"];

    private static readonly string[] Inner = ["a", "b", "*", "?", "=", "1", ":int", "(", ")", "{{", "}}", "/", "."];

    [Fact]
    public void Any_text_is_valid_for_both_or_for_neither()
    {
        var parameters = Gen.Elements(Inner).ArrayOf().Select(pieces => "{" + string.Concat(pieces.Take(6)) + "}");
        var patterns = Gen.Frequency((2, Gen.Elements(Pieces)), (1, parameters)).ArrayOf().Select(pieces => string.Concat(pieces));

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(20_000).WithEndSize(12),
            Prop.ForAll(patterns.ToArbitrary(), pattern => (RoutePatternCheck.Find(pattern) is null) == AspNetCoreAccepts(pattern)));
    }

    [Theory]
    [InlineData("{=:int?}")]
    [InlineData("{=?}")]
    [InlineData("{a(:int=1?}")]
    [InlineData("{::int=1?}")]
    [InlineData("{a=1?}")]
    public void Odd_names_too(string pattern) => Assert.Equal(AspNetCoreAccepts(pattern), RoutePatternCheck.Find(pattern) is null);

    private static bool AspNetCoreAccepts(string pattern)
    {
        try
        {
            RoutePatternFactory.Parse(pattern);
            return true;
        }
        catch (RoutePatternException)
        {
            return false;
        }
    }
}
