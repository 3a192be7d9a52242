using Quartz;
using CronExpression = Capsule.Hosting.CronExpression;

namespace Capsule.Host.Tests.Schedules;

/// <summary>Our reading of expressions against that of others: Quartz in UTC, and a minute-by-minute definition of the daylight-saving rules.</summary>
public class CronOracleTests
{
    [Fact]
    public void Random_expressions_fire_when_Quartz_says()
    {
        var random = new Random(20260101);
        for (var round = 0; round < 4_000; round++)
        {
            var text = RandomExpression(random);
            if (QuartzTakesForStar(text))
                continue;
            var ours = CronExpression.Parse(text);
            var theirs = Quartz.CronExpression.Parse(text, CronFormat.Unix).WithTimeZone(TimeZoneInfo.Utc);
            var time = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(0, 4 * 365 * 24 * 3600));
            for (var step = 0; step < 5; step++)
            {
                var expected = theirs.GetNextValidTimeAfter(time);
                var actual = ours.Next(time, TimeZoneInfo.Utc);
                Assert.True(expected == actual, $"'{text}' after {time:u}: Quartz says {expected:u}, we say {actual:u}");
                if (actual is null)
                    break;
                time = actual.Value;
            }
        }
    }

    [Theory]
    [InlineData("America/New_York", 2026, 3, 7)]
    [InlineData("America/New_York", 2026, 10, 31)]
    [InlineData("Europe/Berlin", 2026, 3, 28)]
    [InlineData("Europe/Berlin", 2026, 10, 24)]
    [InlineData("Australia/Lord_Howe", 2026, 4, 4)]
    [InlineData("Australia/Lord_Howe", 2026, 10, 3)]
    [InlineData("Asia/Kathmandu", 2026, 3, 28)]
    [InlineData("America/Sao_Paulo", 2018, 11, 3)]
    public void Random_expressions_follow_the_rules_through_clock_changes(string zoneId, int year, int month, int day)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var start = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero);
        var random = new Random(7);
        for (var round = 0; round < 150; round++)
        {
            var text = $"{RandomField(random, 0, 59)} {RandomField(random, 0, 23)} * * *";
            var expression = CronExpression.Parse(text);
            var expected = ByDefinition(text, expression, zone, start, start.AddDays(2));
            var actual = new List<DateTimeOffset>();
            for (var next = expression.Next(start.AddTicks(-1), zone); next < start.AddDays(2); next = expression.Next(next.Value, zone))
                actual.Add(next.Value);
            Assert.True(expected.SequenceEqual(actual), $"'{text}': expected {Show(expected)}, got {Show(actual)}");
        }
    }

    [Theory]
    // Clocks go forward: what falls into the gap happens at its end, once.
    [InlineData("America/New_York", "30 2 * * *", "2026-03-08T00:00-05:00", "2026-03-08T03:00-04:00", "2026-03-09T02:30-04:00")]
    [InlineData("America/New_York", "*/30 2 * * *", "2026-03-08T00:00-05:00", "2026-03-08T03:00-04:00", "2026-03-09T02:00-04:00")]
    [InlineData("America/New_York", "*/30 * * * *", "2026-03-08T01:30-05:00", "2026-03-08T03:00-04:00", "2026-03-08T03:30-04:00")]
    [InlineData("Europe/Berlin", "15 2 * * *", "2026-03-29T00:00+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:15+02:00")]
    [InlineData("Australia/Lord_Howe", "15 2 * * *", "2026-10-04T00:00+10:30", "2026-10-04T02:30+11:00", "2026-10-05T02:15+11:00")]
    // Clocks go back: fixed times once, in the first pass; intervals in both.
    [InlineData("America/New_York", "30 1 * * *", "2026-11-01T00:00-04:00", "2026-11-01T01:30-04:00", "2026-11-02T01:30-05:00")]
    [InlineData("America/New_York", "0,30 1 * * *", "2026-11-01T01:00-04:00", "2026-11-01T01:30-04:00", "2026-11-02T01:00-05:00")]
    [InlineData("America/New_York", "30 * * * *", "2026-11-01T01:00-04:00", "2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00")]
    [InlineData("America/New_York", "*/30 1 * * *", "2026-11-01T01:00-04:00", "2026-11-01T01:30-04:00", "2026-11-01T01:00-05:00")]
    [InlineData("Europe/Berlin", "30 2 * * *", "2026-10-25T02:45+02:00", "2026-10-26T02:30+01:00", "2026-10-27T02:30+01:00")]
    [InlineData("Europe/Berlin", "0 3 * * *", "2026-10-25T02:30+02:00", "2026-10-25T03:00+01:00", "2026-10-26T03:00+01:00")]
    [InlineData("Australia/Lord_Howe", "45 1 * * *", "2026-04-05T01:00+11:00", "2026-04-05T01:45+11:00", "2026-04-06T01:45+10:30")]
    [InlineData("Australia/Lord_Howe", "*/15 1 * * *", "2026-04-05T01:40+11:00", "2026-04-05T01:45+11:00", "2026-04-05T01:30+10:30")]
    public void Clock_changes_lose_and_double_nothing(string zoneId, string cron, string after, string first, string second)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var expression = CronExpression.Parse(cron);
        var firstTime = expression.Next(At(after), zone);
        Assert.Equal(At(first), firstTime);
        Assert.Equal(At(second), expression.Next(firstTime!.Value, zone));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Looks at every minute on its own, knowing only the rules in <see cref="CronExpression"/>'s remarks.</summary>
    private static List<DateTimeOffset> ByDefinition(string text, CronExpression expression, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        var fields = text.Split(' ');
        var interval = fields[0].AsSpan().ContainsAny('*', '-', '/') || fields[1].AsSpan().ContainsAny('*', '-', '/');
        var times = new List<DateTimeOffset>();
        for (var time = from; time < to; time = time.AddMinutes(1))
        {
            var local = TimeZoneInfo.ConvertTime(time, zone);
            var matches = Matches(expression, local.DateTime);
            var secondPass = zone.IsAmbiguousTime(local.DateTime) && local.Offset == zone.GetAmbiguousTimeOffsets(local.DateTime).Min();
            if (secondPass && !interval)
                matches = false;
            var before = TimeZoneInfo.ConvertTime(time.AddMinutes(-1), zone);
            for (var skipped = before.DateTime.AddMinutes(1); skipped < local.DateTime; skipped = skipped.AddMinutes(1))
                matches |= Matches(expression, skipped);
            if (matches)
                times.Add(time);
        }
        return times;
    }

    private static bool Matches(CronExpression expression, DateTime wall)
    {
        var asUtc = new DateTimeOffset(wall, TimeSpan.Zero);
        return expression.Next(asUtc.AddTicks(-1), TimeZoneInfo.Utc) == asUtc;
    }

    private static string Show(IEnumerable<DateTimeOffset> times) => string.Join(" ", times.Select(time => time.ToString("dd HH:mm", null)));

    private static string RandomExpression(Random random) =>
        string.Join(' ', RandomField(random, 0, 59), RandomField(random, 0, 23), RandomField(random, 1, 31), RandomField(random, 1, 12), RandomField(random, 0, 7));

    /// <summary>
    /// The known difference: Quartz takes a day field whose list happens to hold every value for <c>*</c>; cron, and we, go by how it is written.
    /// </summary>
    private static bool QuartzTakesForStar(string text)
    {
        var fields = text.Split(' ');
        return HoldsAll(fields[2], $"0 0 {fields[2]} * *") || HoldsAll(fields[4], $"0 0 * * {fields[4]}");

        static bool HoldsAll(string field, string daily)
        {
            var expression = CronExpression.Parse(daily);
            var start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
            return field != "*" && Enumerable.Range(0, 31).All(day => expression.Next(start.AddDays(day).AddTicks(-1), TimeZoneInfo.Utc) == start.AddDays(day));
        }
    }

    private static string RandomField(Random random, int lowest, int highest)
    {
        if (random.Next(3) == 0)
            return "*";
        return string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Item()));

        string Item()
        {
            var first = random.Next(lowest, highest + 1);
            var last = random.Next(first, highest + 1);
            var step = random.Next(1, highest - lowest + 1);
            return random.Next(5) switch
            {
                0 => $"{first}-{last}",
                1 => $"{first}-{last}/{step}",
                _ => $"{first}",
            };
        }
    }
}
