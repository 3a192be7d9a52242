using Capsule.Generators.Infrastructure;

namespace Capsule.Generators.Tests;

public class EquatableArrayTests
{
    [Fact]
    public void Arrays_of_equal_elements_are_equal_and_hash_alike()
    {
        EquatableArray<string> left = ["a", "b"];
        EquatableArray<string> right = [string.Concat("", "a"), "b"];

        Assert.Equal(left, right);
        Assert.True(left == right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
    }

    [Fact]
    public void An_element_its_place_and_the_count_all_matter()
    {
        EquatableArray<string> array = ["a", "b"];

        Assert.NotEqual(array, ["a", "c"]);
        Assert.NotEqual(array, ["b", "a"]);
        Assert.NotEqual(array, ["a"]);
        Assert.True(array != ["a", "b", ""]);
    }

    [Fact]
    public void The_default_value_is_an_empty_array()
    {
        EquatableArray<int> none = default;

        Assert.Equal([], none);
        Assert.True(none.IsEmpty);
        Assert.Empty(none);
        Assert.Equal(0, none.AsSpan().Length);
        Assert.Equal(((EquatableArray<int>)[]).GetHashCode(), none.GetHashCode());
        Assert.Throws<IndexOutOfRangeException>(() => none[0]);
    }

    [Fact]
    public void Null_elements_are_allowed()
    {
        EquatableArray<string> array = ["a", null!];

        Assert.Equal(array, new[] { "a", null! }.ToEquatableArray());
        Assert.NotEqual(array, ["a", "b"]);
        Assert.Equal(array.GetHashCode(), new[] { "a", null! }.ToEquatableArray().GetHashCode());
    }
}
