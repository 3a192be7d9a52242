using System.Globalization;

namespace Capsule.Hosting;

/// <summary>
/// A cron expression of five fields: minute, hour, day of month, month, day of week. Each is a list of <c>*</c>, values, ranges (<c>9-17</c>)
/// and steps (<c>*/15</c>, <c>10-40/5</c>, <c>10/5</c>: from 10 on); months and days of the week also have names (<c>JAN</c>, <c>MON</c>), and Sunday is 0 or 7.
/// When both day fields are restricted, a day needs to match one of them; a field that begins with <c>*</c> does not count as restricted.
/// </summary>
/// <remarks>
/// <para>
/// When clocks go forward, what falls into the gap happens once, at its end. When they go back, an expression whose minute or hour has <c>*</c>,
/// a range or a step happens in both passes of the repeated time; one of fixed times happens in the first only.
/// </para>
/// <para>This file is also compiled into the analyzers and the generator (netstandard2.0), so that all agree about what is valid.</para>
/// </remarks>
internal sealed class CronExpression
{
    // The 29th of February is the rarest day there is: at most eight years apart, around 1900 and 2100.
    private const int SearchedMonths = 9 * 12;

    private readonly ulong minutes;
    private readonly ulong hours;
    private readonly ulong days;
    private readonly ulong months;
    private readonly ulong weekdays;
    private readonly bool eitherDay;
    private readonly bool repeatsInterval;

    private CronExpression(CronField minute, CronField hour, CronField day, CronField month, CronField weekday)
    {
        minutes = minute.Values;
        hours = hour.Values;
        days = day.Values;
        months = month.Values;
        weekdays = weekday.Values;
        eitherDay = !day.BeginsWithStar && !weekday.BeginsWithStar;
        repeatsInterval = minute.IsInterval || hour.IsInterval;
    }

    /// <summary>Whether no date fits, as with 30 February.</summary>
    public bool NeverFires => NextLocal(new DateTime(2000, 1, 1)) is null;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="FormatException">It is not valid; the message says what and where.</exception>
    public static CronExpression Parse(string text) =>
        TryParse(text, out var error) ?? throw new FormatException($"'{text}' is not a cron expression: {error}");

    /// <summary>Reads an expression; null, with the reason, when it is not valid.</summary>
    public static CronExpression? TryParse(string text, out CronError? error)
    {
        var reader = new CronReader(text);
        var minute = reader.ReadField("minute", 0, 59);
        var hour = reader.ReadField("hour", 0, 23);
        var day = reader.ReadField("day of month", 1, 31);
        var month = reader.ReadField("month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
        var weekday = reader.ReadField("day of week", 0, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
        reader.ReadEnd();
        error = reader.Error;
        return error is null ? new CronExpression(minute, hour, day, month, weekday) : null;
    }

    /// <summary>The first time after an instant, in UTC; null when there is none.</summary>
    /// <param name="after">The instant; a time equal to it does not count.</param>
    /// <param name="zone">Where the expression is read.</param>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(after);
        var local = DateTime.SpecifyKind(after.UtcDateTime, DateTimeKind.Unspecified);
        if (local.Ticks + offset.Ticks >= DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay || local.Ticks + offset.Ticks < TimeSpan.TicksPerDay)
            return null;
        local += offset;
        var from = FollowingMinute(local);

        if (!zone.IsAmbiguousTime(local))
            return Resolve(NextLocal(from), zone);

        var end = FirstMinute(local, 1, time => !zone.IsAmbiguousTime(time));
        var (firstPass, secondPass) = PassOffsets(local, zone);
        if (offset == firstPass)
        {
            if (NextLocal(from) is { } inFirstPass && inFirstPass < end)
                return AtOffset(inFirstPass, firstPass);
            from = FirstMinute(local, -1, time => !zone.IsAmbiguousTime(time)).AddMinutes(1);
        }
        if (repeatsInterval && NextLocal(from) is { } inSecondPass && inSecondPass < end)
            return AtOffset(inSecondPass, secondPass);
        return Resolve(NextLocal(end), zone);
    }

    private static DateTimeOffset? Resolve(DateTime? local, TimeZoneInfo zone)
    {
        if (local is not { } time)
            return null;
        if (zone.IsInvalidTime(time))
            time = FirstMinute(time, 1, later => !zone.IsInvalidTime(later));
        return AtOffset(time, zone.IsAmbiguousTime(time) ? PassOffsets(time, zone).First : zone.GetUtcOffset(time));
    }

    private static DateTimeOffset AtOffset(DateTime local, TimeSpan offset) => new(local.Ticks - offset.Ticks, TimeSpan.Zero);

    private static (TimeSpan First, TimeSpan Second) PassOffsets(DateTime local, TimeZoneInfo zone)
    {
        var offsets = zone.GetAmbiguousTimeOffsets(local);
        Array.Sort(offsets);
        return (offsets[offsets.Length - 1], offsets[0]);
    }

    private static DateTime FirstMinute(DateTime local, int step, Func<DateTime, bool> matches)
    {
        var time = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
        while (!matches(time))
            time = time.AddMinutes(step);
        return time;
    }

    private static DateTime FollowingMinute(DateTime time) => time.AddTicks(TimeSpan.TicksPerMinute - (time.Ticks % TimeSpan.TicksPerMinute));

    /// <summary>The first matching time at or after a local time, as if the clock never changed.</summary>
    private DateTime? NextLocal(DateTime from)
    {
        if (from.Date is var date && NextTime(from.Hour, from.Minute) is { } time && (DaysOf(date.Year, date.Month) & 1UL << date.Day) != 0)
            return date.AddMinutes(time);

        // Not on the first day: then at the first time of a later day.
        var firstTime = NextTime(0, 0)!.Value;
        var (year, month, day) = (date.Year, date.Month, date.Day + 1);
        for (var searched = 0; searched <= SearchedMonths && year <= DateTime.MaxValue.Year; searched++)
        {
            var candidate = Lowest(DaysOf(year, month), day);
            if (candidate >= 0)
                return new DateTime(year, month, candidate).AddMinutes(firstTime);
            (year, month, day) = month == 12 ? (year + 1, 1, 1) : (year, month + 1, 1);
        }
        return null;
    }

    /// <summary>The first time of day at or after another, in minutes since midnight; null when there is none that day.</summary>
    private int? NextTime(int hour, int minute)
    {
        if ((hours & 1UL << hour) != 0 && Lowest(minutes, minute) is >= 0 and var sameHour)
            return (hour * 60) + sameHour;
        return Lowest(hours, hour + 1) is >= 0 and var laterHour ? (laterHour * 60) + Lowest(minutes, 0) : null;
    }

    /// <summary>The days of a month that match, as bits 1 to 31.</summary>
    private ulong DaysOf(int year, int month)
    {
        if ((months & 1UL << month) == 0)
            return 0;
        var firstWeekday = (int)new DateTime(year, month, 1).DayOfWeek;
        var byWeekday = 0UL;
        for (var day = 1; day <= 31; day++)
        {
            if ((weekdays & 1UL << ((firstWeekday + day - 1) % 7)) != 0)
                byWeekday |= 1UL << day;
        }
        var matching = eitherDay ? days | byWeekday : days & byWeekday;
        return matching & ((1UL << (DateTime.DaysInMonth(year, month) + 1)) - 1);
    }

    /// <summary>The lowest bit that is set, not below a given one; -1 without any.</summary>
    private static int Lowest(ulong bits, int from)
    {
        if (from > 63)
            return -1;
        bits >>= from;
        if (bits == 0)
            return -1;
        while ((bits & 1) == 0)
        {
            bits >>= 1;
            from++;
        }
        return from;
    }

    /// <summary>The values of one field, as bits, and how they were written.</summary>
    private readonly struct CronField(ulong values, bool beginsWithStar, bool isInterval)
    {
        public ulong Values { get; } = values;

        public bool BeginsWithStar { get; } = beginsWithStar;

        public bool IsInterval { get; } = isInterval;
    }

    /// <summary>Reads fields from left to right; after an error it reads nothing more.</summary>
    private sealed class CronReader(string text)
    {
        private int position;
        private string fieldName = "";
        private int lowest;
        private int highest;
        private string[] names = [];
        private bool isInterval;

        public CronError? Error { get; private set; }

        private char Current => position < text.Length ? text[position] : '\0';

        private bool AtFieldEnd => position >= text.Length || IsBlank(text[position]);

        private bool IsWeekday => highest == 7;

        public CronField ReadField(string name, int lowestValue, int highestValue, params string[] valueNames)
        {
            (fieldName, lowest, highest, names, isInterval) = (name, lowestValue, highestValue, valueNames, false);
            SkipBlanks();
            if (AtFieldEnd)
                Fail(position, 0, $"The {name} is missing; five fields are needed: minute, hour, day of month, month, day of week.");
            var beginsWithStar = Current == '*';
            var values = 0UL;
            do
            {
                values |= ReadItem();
            }
            while (Error is null && Accept(','));
            if (Error is null && !AtFieldEnd)
                Unexpected();
            if (IsWeekday && (values & 1UL << 7) != 0)
                values = (values | 1UL) & ~(1UL << 7);
            return new CronField(values, beginsWithStar, isInterval);
        }

        public void ReadEnd()
        {
            SkipBlanks();
            if (position < text.Length)
                Fail(position, text.TrimEnd().Length - position, "There is something after the fifth field, the day of week.");
        }

        private ulong ReadItem()
        {
            var start = position;
            int first, last;
            if (Accept('*'))
            {
                (first, last, isInterval) = (lowest, IsWeekday ? 6 : highest, true);
            }
            else
            {
                first = last = ReadValue();
                if (Accept('-'))
                {
                    last = ReadValue();
                    // A week may be thought to end on Sunday: FRI-SUN.
                    if (IsWeekday && last == 0 && first > 0)
                        last = 7;
                    isInterval = true;
                    if (last < first)
                        Fail(start, position - start, $"The range of the {fieldName} ends before it begins.");
                }
                else if (Current == '/')
                {
                    last = IsWeekday ? 6 : highest;
                }
            }
            return Values(first, last, Accept('/') ? ReadStep() : 1);
        }

        private int ReadStep()
        {
            isInterval = true;
            var start = position;
            var step = ReadNumber("a step");
            var largest = IsWeekday ? 7 : highest - lowest + 1;
            if (step < 1 || step > largest)
                Fail(start, position - start, $"The step of the {fieldName} must be from 1 to {largest.ToString(CultureInfo.InvariantCulture)}.");
            return step;
        }

        private int ReadValue()
        {
            var start = position;
            if (names.Length > 0 && IsLetter(Current))
            {
                while (IsLetter(Current))
                    position++;
                var name = text.Substring(start, position - start);
                var index = Array.FindIndex(names, known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
                if (index < 0)
                    Fail(start, position - start, $"'{name}' is not a {fieldName}; the names are {string.Join(", ", names)}.");
                return index + lowest;
            }
            var value = ReadNumber(names.Length > 0 ? "a value, a name or *" : "a value or *");
            if (value < lowest || value > highest)
            {
                var range = string.Format(CultureInfo.InvariantCulture, "{0} to {1}", lowest, highest);
                Fail(start, position - start, $"The {fieldName} must be from {range}.");
            }
            return value;
        }

        private int ReadNumber(string expected)
        {
            var start = position;
            var value = 0;
            while (Current is >= '0' and <= '9')
            {
                value = Math.Min((value * 10) + (Current - '0'), 10_000);
                position++;
            }
            if (position == start)
                Unexpected(expected);
            return value;
        }

        private static ulong Values(int first, int last, int step)
        {
            var values = 0UL;
            for (var value = first; step > 0 && value <= last; value += step)
                values |= 1UL << value;
            return values;
        }

        private bool Accept(char expected)
        {
            if (Error is not null || Current != expected)
                return false;
            position++;
            return true;
        }

        private void SkipBlanks()
        {
            while (position < text.Length && IsBlank(text[position]))
                position++;
        }

        private void Unexpected(string? expected = null)
        {
            var wanted = expected is null ? "" : $" where {expected} should be";
            if (AtFieldEnd)
                Fail(position, 0, $"The {fieldName} ends{wanted}.");
            else
                Fail(position, 1, $"The {fieldName} has '{Current}'{wanted}{(expected is null ? " where it should end" : "")}.");
        }

        private void Fail(int start, int length, string message) => Error ??= new CronError(start, length, message);

        private static bool IsBlank(char c) => c is ' ' or '\t';

        private static bool IsLetter(char c) => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z');
    }
}

/// <summary>Why a text is not a cron expression.</summary>
internal sealed class CronError(int position, int length, string message)
{
    /// <summary>Where in the text the trouble is, from 0.</summary>
    public int Position { get; } = position;

    /// <summary>How many characters it covers; 0 when something is missing there.</summary>
    public int Length { get; } = length;

    /// <summary>A sentence about it.</summary>
    public string Message { get; } = message;

    /// <inheritdoc />
    public override string ToString() =>
        $"{Message} (position {(Position + 1).ToString(CultureInfo.InvariantCulture)})";
}
