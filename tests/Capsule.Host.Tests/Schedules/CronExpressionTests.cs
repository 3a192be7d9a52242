using System.Globalization;

namespace Capsule.Host.Tests.Schedules;

public class CronExpressionTests
{
    [Theory]
    [InlineData("* * * * *", "2026-01-01 00:00:30", "2026-01-01 00:01")]
    [InlineData("* * * * *", "2026-01-01 00:01:00", "2026-01-01 00:02")]
    [InlineData("0 * * * *", "2026-01-01 23:00:00", "2026-01-02 00:00")]
    [InlineData("*/15 9-17 * * MON-FRI", "2026-01-02 17:45:00", "2026-01-05 09:00")]
    [InlineData("10/20 * * * *", "2026-01-01 00:31:00", "2026-01-01 00:50")]
    [InlineData("0 0 29 2 *", "2096-03-01 00:00:00", "2104-02-29 00:00")]
    [InlineData("59 23 31 DEC *", "2026-12-31 23:58:59", "2026-12-31 23:59")]
    [InlineData("0 0 * * 7", "2026-01-01 00:00:00", "2026-01-04 00:00")]
    [InlineData("0 0 * * fri-sun", "2026-01-03 00:00:00", "2026-01-04 00:00")]
    [InlineData("  0\t12  * *   1 ", "2026-01-01 00:00:00", "2026-01-05 12:00")]
    public void Next_is_the_first_time_after_the_instant(string cron, string after, string expected) =>
        Assert.Equal(Utc(expected), CronExpression.Parse(cron).Next(Utc(after), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("0 0 13 * 5", "2026-01-01 00:00", "2026-01-02 00:00")] // both restricted: a Friday or the 13th
    [InlineData("0 0 13 * 5", "2026-01-10 00:00", "2026-01-13 00:00")]
    [InlineData("0 0 * * 5", "2026-01-10 00:00", "2026-01-16 00:00")]
    [InlineData("0 0 13 * *", "2026-01-10 00:00", "2026-01-13 00:00")]
    [InlineData("0 0 */2 * 5", "2026-01-03 00:00", "2026-01-09 00:00")] // begins with a star: an odd day and a Friday
    public void Day_of_month_and_day_of_week_match_as_in_cron(string cron, string after, string expected) =>
        Assert.Equal(Utc(expected), CronExpression.Parse(cron).Next(Utc(after), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("0 0 30 2 *", true)]
    [InlineData("0 0 31 4,6,9,11 *", true)]
    [InlineData("0 0 29 2 *", false)]
    [InlineData("0 0 30 2 1", false)] // Mondays in February do exist
    [InlineData("* * * * *", false)]
    public void An_expression_without_a_date_never_fires(string cron, bool never)
    {
        var expression = CronExpression.Parse(cron);
        Assert.Equal(never, expression.NeverFires);
        Assert.Equal(never, expression.Next(Utc("2026-01-01 00:00"), TimeZoneInfo.Utc) is null);
    }

    [Theory]
    [InlineData("", 0, 0, "The minute is missing; five fields are needed: minute, hour, day of month, month, day of week.")]
    [InlineData("* * * *", 7, 0, "The day of week is missing; five fields are needed: minute, hour, day of month, month, day of week.")]
    [InlineData("* * * * * *", 10, 1, "There is something after the fifth field, the day of week.")]
    [InlineData("60 * * * *", 0, 2, "The minute must be from 0 to 59.")]
    [InlineData("* 24 * * *", 2, 2, "The hour must be from 0 to 23.")]
    [InlineData("* * 0 * *", 4, 1, "The day of month must be from 1 to 31.")]
    [InlineData("* * * 13 *", 6, 2, "The month must be from 1 to 12.")]
    [InlineData("* * * * 8", 8, 1, "The day of week must be from 0 to 7.")]
    [InlineData("* * * * MOO", 8, 3, "'MOO' is not a day of week; the names are SUN, MON, TUE, WED, THU, FRI, SAT.")]
    [InlineData("* JAN * * *", 2, 1, "The hour has 'J' where a value or * should be.")]
    [InlineData("5- * * * *", 2, 0, "The minute ends where a value or * should be.")]
    [InlineData("1,,2 * * * *", 2, 1, "The minute has ',' where a value or * should be.")]
    [InlineData("30-10 * * * *", 0, 5, "The range of the minute ends before it begins.")]
    [InlineData("*/0 * * * *", 2, 1, "The step of the minute must be from 1 to 60.")]
    [InlineData("*/90 * * * *", 2, 2, "The step of the minute must be from 1 to 60.")]
    [InlineData("*/ * * * *", 2, 0, "The minute ends where a step should be.")]
    [InlineData("5x * * * *", 1, 1, "The minute has 'x' where it should end.")]
    [InlineData("* * L * *", 4, 1, "The day of month has 'L' where a value or * should be.")]
    [InlineData("@hourly", 0, 1, "The minute has '@' where a value or * should be.")]
    [InlineData("99999999999999999999 * * * *", 0, 20, "The minute must be from 0 to 59.")]
    public void An_error_says_what_is_wrong_and_where(string cron, int position, int length, string message)
    {
        Assert.Null(CronExpression.TryParse(cron, out var error));
        Assert.Equal((position, length, message), (error!.Position, error.Length, error.Message));
        Assert.Throws<FormatException>(() => CronExpression.Parse(cron));
    }

    [Fact]
    public void No_text_makes_the_parser_throw()
    {
        var random = new Random(1);
        const string alphabet = "0123456789*/-, \tJANMOSUxé\0";
        for (var round = 0; round < 20_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(16)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            var expression = CronExpression.TryParse(text, out var error);
            Assert.True(expression is null == error is not null, text);
            if (error is not null)
                Assert.InRange(error.Position + error.Length, 0, text.Length);
        }
    }

    [Fact]
    public void It_ends_where_dates_end()
    {
        var always = CronExpression.Parse("* * * * *");
        Assert.Null(always.Next(DateTimeOffset.MaxValue, TimeZoneInfo.Utc));
        Assert.Null(always.Next(DateTimeOffset.MaxValue, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")));
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
