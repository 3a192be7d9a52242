using System.Text;
using System.Text.Json;

namespace Capsule.Host.Tests.Collections;

/// <summary>Random filters, sorts and identities against the same conditions evaluated in memory over .NET values.</summary>
public class FilterOracleTests
{
    private readonly record struct Tested(Filter Filter, Func<Sample, bool> Holds, string Text);

    private readonly record struct Order(Sort Sort, Comparison<Sample> Compare);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_database_finds_what_memory_finds(int seed)
    {
        var random = new Random(seed);
        await using var host = new CollectionHost(Sample.Type("samples", Scope.Owner));
        var identities = new[] { CollectionHost.Alice, CollectionHost.Anna, CollectionHost.Bob, new UserInfo { Id = "org:acme2" } };
        var stored = identities.Select(user => user.OwnerId).Distinct().ToDictionary(owner => owner, _ => new List<Sample>());
        for (var i = 0; i < 200; i++)
        {
            var user = identities[random.Next(identities.Length)];
            stored[user.OwnerId].Add(await host.Of<Sample>(user).InsertAsync(RandomSample(random)));
        }

        for (var round = 0; round < 250; round++)
        {
            var user = identities[random.Next(identities.Length)];
            var collection = host.Of<Sample>(user);
            var tested = RandomFilter(random, depth: 3);
            var order = RandomOrder(random);
            var expected = stored[user.OwnerId].Where(tested.Holds).ToList();
            Assert.True(expected.Count == await collection.CountAsync(tested.Filter), $"{tested.Text}: memory counts {expected.Count}");

            var sorted = expected.Order(Comparer<Sample>.Create(order.Compare)).ToList();
            var (skip, limit) = (random.Next(4), random.Next(2) == 0 ? (int?)null : random.Next(30));
            var found = await collection.FindAsync(tested.Filter, limit, skip, order.Sort);
            var page = sorted.Skip(skip).Take(limit ?? int.MaxValue);
            Assert.True(page.Select(sample => sample.Id).SequenceEqual(found.Select(sample => sample.Id)), tested.Text);
            Assert.Equal(page.Select(Json), found.Select(Json));
        }
    }

    [Fact]
    public async Task No_filter_update_or_delete_leaves_its_scope()
    {
        var random = new Random(99);
        await using var host = new CollectionHost(Sample.Type("samples", Scope.User));
        var alice = host.Of<Sample>(CollectionHost.Alice);
        var bob = host.Of<Sample>(CollectionHost.Bob);
        for (var i = 0; i < 20; i++)
            await alice.InsertAsync(RandomSample(random) with { Id = "same" + i });
        var before = (await alice.FindAsync()).Select(Json).ToList();
        for (var round = 0; round < 300; round++)
        {
            var filter = RandomFilter(random, depth: 4).Filter;
            filter = random.Next(3) switch { 0 => filter, 1 => !filter, _ => filter | !filter };
            await bob.InsertAsync(RandomSample(random) with { Id = "same" + random.Next(20) + "b" + round });
            await bob.UpdateAsync(filter, Samples.Text.Set("bob's"));
            Assert.False(await bob.UpdateAsync("same1", Samples.Text.Set("bob's")));
            await bob.DeleteAsync(filter);
            Assert.False(await bob.DeleteAsync("same2"));
            Assert.Null(await bob.GetAsync("same3"));
        }
        Assert.Equal(before, (await alice.FindAsync()).Select(Json));
    }

    private static string Json(Sample sample) => JsonSerializer.Serialize(sample);

    private static Tested RandomFilter(Random random, int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
            return RandomComparison(random);
        var left = RandomFilter(random, depth - 1);
        var right = RandomFilter(random, depth - 1);
        return random.Next(5) switch
        {
            0 => new(!left.Filter, sample => !left.Holds(sample), $"!({left.Text})"),
            1 => new(left.Filter & right.Filter, sample => left.Holds(sample) & right.Holds(sample), $"({left.Text} & {right.Text})"),
            2 => new(left.Filter && right.Filter, sample => left.Holds(sample) && right.Holds(sample), $"({left.Text} && {right.Text})"),
            3 => new(left.Filter | right.Filter, sample => left.Holds(sample) | right.Holds(sample), $"({left.Text} | {right.Text})"),
            _ => new(left.Filter || right.Filter, sample => left.Holds(sample) || right.Holds(sample), $"({left.Text} || {right.Text})"),
        };
    }

    private static Tested RandomComparison(Random random)
    {
        var other = RandomSample(random);
        return random.Next(15) switch
        {
            0 => Compare(random, Samples.Text, sample => sample.Text, other.Text, ByCodePoint),
            1 => Compare(random, Samples.Whole, sample => sample.Whole, other.Whole, Nullable.Compare),
            2 => Compare(random, Samples.Real, sample => sample.Real, other.Real, Nullable.Compare),
            3 => Compare(random, Samples.Money, sample => sample.Money, other.Money, Nullable.Compare),
            4 => Compare(random, Samples.Large, sample => sample.Large, other.Large, Nullable.Compare),
            5 => Compare(random, Samples.Flag, sample => sample.Flag, other.Flag, Nullable.Compare),
            6 => Compare(random, Samples.Level, sample => sample.Level, other.Level, (a, b) => string.CompareOrdinal(Name(a), Name(b))),
            7 => Compare(random, Samples.Grade, sample => sample.Grade, other.Grade, Nullable.Compare),
            8 => Compare(random, Samples.Moment, sample => sample.Moment, other.Moment, Nullable.Compare),
            9 => Compare(random, Samples.Plain, sample => sample.Plain, other.Plain, Nullable.Compare),
            10 => Compare(random, Samples.Day, sample => sample.Day, other.Day, Nullable.Compare),
            11 => Compare(random, Samples.Time, sample => sample.Time, other.Time, Nullable.Compare),
            12 => Compare(random, Samples.Length, sample => sample.Length, other.Length, Nullable.Compare),
            13 => Compare(random, Samples.Key, sample => sample.Key, other.Key, Nullable.Compare),
            _ => random.Next(2) == 0
                ? new(Samples.List == other.List, sample => SameList(sample.List, other.List), "List ==")
                : new(Samples.List != other.List, sample => !SameList(sample.List, other.List), "List !="),
        };
    }

    private static Tested Compare<T>(Random random, Field<T> field, Func<Sample, T> get, T value, Comparison<T> compare)
    {
        bool Ordered(Sample sample, Func<int, bool> holds) => get(sample) is not null && value is not null && holds(compare(get(sample), value));
        var text = $"{field.Name} ? {value}";
        return random.Next(7) switch
        {
            0 => new(field == value, sample => compare(get(sample), value) == 0, text + " =="),
            1 => new(field != value, sample => compare(get(sample), value) != 0, text + " !="),
            2 => new(field < value, sample => Ordered(sample, sign => sign < 0), text + " <"),
            3 => new(field <= value, sample => Ordered(sample, sign => sign <= 0), text + " <="),
            4 => new(field > value, sample => Ordered(sample, sign => sign > 0), text + " >"),
            5 => new(field >= value, sample => Ordered(sample, sign => sign >= 0), text + " >="),
            _ => new(field.IsIn(value, default!), sample => compare(get(sample), value) == 0 || compare(get(sample), default!) == 0, text + " in"),
        };
    }

    private static Order RandomOrder(Random random)
    {
        var order = random.Next(9) switch
        {
            0 => By(random, Samples.Text, sample => sample.Text, ByCodePoint),
            1 => By(random, Samples.Real, sample => sample.Real, Nullable.Compare),
            2 => By(random, Samples.Money, sample => sample.Money, Nullable.Compare),
            3 => By(random, Samples.Large, sample => sample.Large, Nullable.Compare),
            4 => By(random, Samples.Moment, sample => sample.Moment, Nullable.Compare),
            5 => By(random, Samples.Length, sample => sample.Length, Nullable.Compare),
            6 => By(random, Samples.Whole, sample => sample.Whole, Nullable.Compare),
            7 => By(random, Samples.Day, sample => sample.Day, Nullable.Compare),
            _ => By(random, Samples.Flag, sample => sample.Flag, Nullable.Compare),
        };
        if (random.Next(2) == 0)
            return order;
        var next = By(random, Samples.Grade, sample => sample.Grade, Nullable.Compare);
        return new(order.Sort.ThenBy(next.Sort), (a, b) => order.Compare(a, b) is not 0 and var sign ? sign : next.Compare(a, b));
    }

    private static Order By<T>(Random random, Field<T> field, Func<Sample, T> get, Comparison<T> compare) => random.Next(2) == 0
        ? new(field.Ascending(), (a, b) => compare(get(a), get(b)))
        : new(field.Descending(), (a, b) => compare(get(b), get(a)));

    private static int ByCodePoint(string? a, string? b) => a is null || b is null
        ? (a is null ? 0 : 1) - (b is null ? 0 : 1)
        : Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));

    private static string? Name(Level? level) => level is null ? null : JsonNamingPolicy.CamelCase.ConvertName(level.Value.ToString());

    private static bool SameList(IReadOnlyList<int>? a, IReadOnlyList<int>? b) => a is null || b is null ? a is null && b is null : a.SequenceEqual(b);

    private static Sample RandomSample(Random random)
    {
        string[] texts = ["", "a", "A", "b", "ä", "é", "null", "1", "'", "\"", "\\", "a.b", "%", "\uE000", "\U0001F600", "a\u0001", "O'Neill -- ", "日本"];
        double[] reals = [0, -0.0, 0.1, 0.2, 0.1 + 0.2, 1, 1e20, -1e-20, double.MaxValue, double.Epsilon, -5, 9007199254740993];
        decimal[] monies = [0, 0.0m, 1.0m, 1.00m, -1.5m, -1.25m, -1.2m, 0.1m, 79228162514264337593543950335m, 79228162514264337593543950334m, -79228162514264337593543950335m, 0.0000000000000000000000000001m, 10, 9];
        ulong[] larges = [0, 1, 9, 10, ulong.MaxValue, ulong.MaxValue - 1, 9223372036854775807, 9223372036854775808];
        long[] wholes = [0, -1, 1, long.MaxValue, long.MaxValue - 1, long.MinValue, 9007199254740993, 9007199254740992];
        var moment = new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero).AddTicks(random.Next(3)).AddHours(random.Next(3));
        TimeSpan[] lengths = [TimeSpan.Zero, TimeSpan.FromTicks(-1), TimeSpan.FromDays(-2), TimeSpan.FromHours(23), TimeSpan.FromDays(10), TimeSpan.MaxValue, TimeSpan.MinValue];
        return new Sample(
            Maybe(() => texts[random.Next(texts.Length)]),
            MaybeValue(() => wholes[random.Next(wholes.Length)]),
            MaybeValue(() => reals[random.Next(reals.Length)]),
            MaybeValue(() => monies[random.Next(monies.Length)]),
            MaybeValue(() => larges[random.Next(larges.Length)]),
            MaybeValue(() => random.Next(2) == 0),
            MaybeValue(() => (Level)random.Next(3)),
            MaybeValue(() => (Grade)random.Next(-1, 2)),
            MaybeValue(() => moment.ToOffset(TimeSpan.FromHours(random.Next(-3, 4)))),
            MaybeValue(() => moment.DateTime),
            MaybeValue(() => new DateOnly(2026, 1, 1).AddDays(random.Next(-400, 400))),
            MaybeValue(() => new TimeOnly(random.Next(24), random.Next(2), 0).Add(TimeSpan.FromTicks(random.Next(2)))),
            MaybeValue(() => lengths[random.Next(lengths.Length)]),
            MaybeValue(() => new Guid(random.Next(3) == 0 ? int.MinValue : random.Next(3), 1, 2, 3, 4, 5, 6, 7, 8, 9, (byte)random.Next(256))),
            Maybe<IReadOnlyList<int>>(() => random.Next(2) == 0 ? [random.Next(2)] : [random.Next(2), 5]));

        T? Maybe<T>(Func<T> make)
            where T : class => random.Next(6) == 0 ? null : make();

        T? MaybeValue<T>(Func<T> make)
            where T : struct => random.Next(6) == 0 ? null : make();
    }
}
