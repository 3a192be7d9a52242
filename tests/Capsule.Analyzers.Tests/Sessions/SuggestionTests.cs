namespace Capsule.Analyzers.Tests.Sessions;

/// <summary>What a rule proposes in place of a text that is wrong.</summary>
public class SuggestionTests
{
    [Theory]
    [InlineData("@hourly", "0 * * * *")]
    [InlineData(" @Daily ", "0 0 * * *")]
    [InlineData("0 30 9 ? * MON-FRI", "30 9 * * MON-FRI")]
    [InlineData("0 30 9 ? * MON-FRI 2026", "30 9 * * MON-FRI")]
    [InlineData("0 0 ? * MON", "0 0 * * MON")]
    [InlineData("0 9 1", "0 9 1 * *")]
    [InlineData("0 0 0 0 *", "0 0 1 1 *")]
    [InlineData("60 25 32 13 8", "59 23 31 12 7")]
    [InlineData("1- 2 * * *", "* 2 * * *")]
    [InlineData("0 9 * SUD *", "0 9 * AUG *")]
    [InlineData("0 9 * * SUB", "0 9 * * SUN")]
    [InlineData("0 9 * * *,", "0 9 * * *")]
    [InlineData("", null)]
    public void The_nearest_cron_expression(string text, string? expected) => Assert.Equal(expected, CronSuggestion.For(text));

    [Fact]
    public void Nothing_is_near_to_a_long_text() => Assert.Null(CronSuggestion.For(new string('1', 201)));

    [Theory]
    [InlineData("0 0 30 2 *", "0 0 29 2 *")]
    [InlineData("0 0 31 4,6 *", "0 0 30 4,6 *")]
    [InlineData("0 0\t31  2 *", "0 0 29 2 *")]
    public void The_last_day_that_there_is(string text, string expected) => Assert.Equal(expected, CronSuggestion.WithExistingDay(text));

    [Theory]
    [InlineData("W. Europe Standard Time", "Europe/Berlin")]
    [InlineData(" w. europe standard time ", "Europe/Berlin")]
    [InlineData("Europe/Berln", "Europe/Berlin")]
    [InlineData("america/new york", "America/New_York")]
    public void The_nearest_time_zone(string text, string expected) => Assert.Equal(expected, TimeZoneNames.Nearest(text));

    [Fact]
    public void The_nearest_text_takes_the_fewest_changes()
    {
        Assert.Equal("abcdxx", NearestText.To("abcdef", ["ab", "abcdxx"]));
        Assert.Equal("abcdefgh", NearestText.To("ABCDEF", ["xyz", "abcdefgh"]));
        Assert.Equal("a", NearestText.To(new string('b', 101), ["b", "a"]));
        Assert.Null(NearestText.To("a", []));
    }
}
