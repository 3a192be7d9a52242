using System.Text.Json.Serialization;

namespace Capsule.Host.Tests.Collections;

public sealed class CollectionTests : IAsyncDisposable
{
    private static readonly Sample Empty = new(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    private readonly CollectionHost host = new(
        Sample.Type("samples", Scope.Owner),
        new DocumentType<Everybody> { Name = "everybody", Scope = Scope.App, IdField = "id", GetId = document => document.Id },
        new DocumentType<Personal> { Name = "personal", Scope = Scope.User, IdField = "id", GetId = document => document.Id },
        new DocumentType<Conversation> { Name = "conversation", Scope = Scope.Session, IdField = "id", GetId = document => document.Id },
        new DocumentType<OddNames> { Name = "odd", Scope = Scope.App, IdField = "_id", GetId = document => document.Id });

    private Collection<Sample> Alice => host.Of<Sample>(CollectionHost.Alice);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task An_id_is_made_when_there_is_none_and_kept_when_there_is()
    {
        var made = await Alice.InsertAsync(Empty with { Text = "a" });
        Assert.Matches("^doc_[0-9a-f]{24}$", made.Id);
        Assert.Equal(made, await Alice.GetAsync(made.Id));
        var given = await Alice.InsertAsync(Empty with { Id = "mine" });
        Assert.Equal("mine", given.Id);
        Assert.Equal([made, given], await Alice.FindAsync());
        Assert.Equal(given, await Alice.FindOneAsync(Samples.Id == "mine"));
        Assert.Null(await Alice.GetAsync("other"));
    }

    [Theory]
    [InlineData("\u0001\u001f\"'$")]
    [InlineData("\ud83d\ude00 \u202e")]
    [InlineData("")]
    public async Task Any_text_is_stored_found_ordered_and_changed(string text)
    {
        var first = await Alice.InsertAsync(Empty with { Text = text });
        var second = await Alice.InsertAsync(Empty with { Text = text + "x" });
        await Alice.InsertAsync(Empty with { Text = "other" });

        Assert.Equal(text, (await Alice.GetAsync(first.Id))!.Text);
        Assert.Equal([first.Id], (await Alice.FindAsync(Samples.Text == text)).Select(found => found.Id));
        Assert.Equal(2, await Alice.CountAsync(Samples.Text.IsIn(text, text + "x")));
        Assert.Equal([second.Id, first.Id], (await Alice.FindAsync(Samples.Text.IsIn(text, text + "x"), sort: Samples.Text.Descending())).Select(found => found.Id));
        Assert.True(await Alice.UpdateAsync(second.Id, Samples.Text.Set(text)));
        Assert.Equal(2, await Alice.CountAsync(Samples.Text == text));
        Assert.Null(await Alice.GetAsync(text + "none"));
        Assert.Equal(text + "id", (await Alice.InsertAsync(Empty with { Id = text + "id" })).Id);
        Assert.NotNull(await Alice.GetAsync(text + "id"));
        Assert.Equal(1, await Alice.CountAsync(Samples.Id == text + "id"));
    }

    [Fact]
    public async Task A_text_with_NUL_is_in_no_document_and_can_be_looked_for()
    {
        foreach (var text in (string[])["", "a", "a\u0001", "b"])
            await Alice.InsertAsync(Empty with { Text = text });

        await Assert.ThrowsAsync<ArgumentException>(() => Alice.InsertAsync(Empty with { Text = "a\0" }));

        Assert.Equal(0, await Alice.CountAsync(Samples.Text == "a\0"));
        Assert.Equal(4, await Alice.CountAsync(Samples.Text != "a\0"));
        Assert.Equal(["", "a"], (await Alice.FindAsync(Samples.Text < "a\0b")).Select(found => found.Text));
        Assert.Equal(["", "a"], (await Alice.FindAsync(Samples.Text <= "a\0")).Select(found => found.Text));
        Assert.Equal(["a\u0001", "b"], (await Alice.FindAsync(Samples.Text > "a\0")).Select(found => found.Text));
        Assert.Equal(["a\u0001", "b"], (await Alice.FindAsync(Samples.Text >= "a\0b\0")).Select(found => found.Text));
        Assert.Equal(3, await Alice.CountAsync(Samples.Text > @"\u0000" + "\0"));
        Assert.Equal(["b"], (await Alice.FindAsync(Samples.Text.IsIn("a\0", "b"))).Select(found => found.Text));
        Assert.Null(await Alice.GetAsync("a\0"));
    }

    [Fact]
    public async Task A_taken_id_is_refused_and_several_are_stored_all_or_none()
    {
        await Alice.InsertAsync(Empty with { Id = "taken" });
        var failure = await Assert.ThrowsAsync<DuplicateDocumentException>(() =>
            Alice.InsertManyAsync([Empty with { Id = "new" }, Empty with { Id = "taken" }]));
        Assert.Equal("taken", failure.Id);
        Assert.Equal(1, await Alice.CountAsync());
        Assert.Equal(["x", "y"], (await Alice.InsertManyAsync([Empty with { Id = "x" }, Empty with { Id = "y" }])).Select(document => document.Id));
        Assert.Empty(await Alice.InsertManyAsync([]));
    }

    [Fact]
    public async Task Updates_change_the_fields_named_and_no_others()
    {
        var one = await Alice.InsertAsync(Empty with { Text = "a", Whole = 1, Money = 1.10m });
        var two = await Alice.InsertAsync(Empty with { Text = "b", Whole = 2 });
        Assert.True(await Alice.UpdateAsync(one.Id, Samples.Text.Set("it's \"quoted\"") & Samples.Level.Set(Level.High) & Samples.List.Set([1, 2])));
        var changed = (await Alice.GetAsync(one.Id))!;
        Assert.Equal(("it's \"quoted\"", Level.High, 1L, 1.10m), (changed.Text, changed.Level, changed.Whole, changed.Money));
        Assert.Equal([1, 2], changed.List);
        Assert.Equal(2, await Alice.UpdateAsync(Samples.Whole >= 1L, Samples.Text.Set(null) & Samples.Whole.Set(5) & Samples.Whole.Set(6)));
        Assert.Equal(2, await Alice.CountAsync(Samples.Text == null && Samples.Whole == 6L));
        Assert.False(await Alice.UpdateAsync("other", Samples.Whole.Set(1)));
        Assert.Equal(two with { Text = null, Whole = 6 }, await Alice.GetAsync(two.Id));
    }

    [Fact]
    public async Task The_id_can_t_be_changed_and_nothing_is_not_a_change()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Alice.UpdateAsync("a", Samples.Id.Set("b")));
        await Assert.ThrowsAsync<ArgumentException>(() => Alice.UpdateAsync("a", new Changes([])));
    }

    [Fact]
    public async Task Deletes_take_what_matches()
    {
        var kept = await Alice.InsertAsync(Empty with { Whole = 1 });
        var gone = await Alice.InsertAsync(Empty with { Whole = 2 });
        Assert.True(await Alice.DeleteAsync(gone.Id));
        Assert.False(await Alice.DeleteAsync(gone.Id));
        Assert.Equal(0, await Alice.DeleteAsync(Samples.Whole > 1L));
        Assert.Equal(1, await Alice.DeleteAsync(Samples.Whole == 1L));
        Assert.Null(await Alice.GetAsync(kept.Id));
    }

    [Fact]
    public async Task Membership_in_nothing_is_false_and_in_many_is_fast_enough_to_be_true()
    {
        await Alice.InsertAsync(Empty with { Whole = 39_999, Real = 0.1 + 0.2, Money = 2.50m });
        Assert.Equal(0, await Alice.CountAsync(Samples.Whole.IsIn()));
        Assert.Equal(1, await Alice.CountAsync(Samples.Whole.IsIn([.. Enumerable.Range(0, 40_000).Select(i => (long?)i)])));
        Assert.Equal(1, await Alice.CountAsync(Samples.Real.IsIn(0.3, 0.1 + 0.2)));
        Assert.Equal(1, await Alice.CountAsync(Samples.Money.IsIn(2.5m)));
        Assert.Equal(1, await Alice.CountAsync(Samples.Text.IsIn("a", null)));
    }

    [Fact]
    public async Task A_chain_of_thousands_of_conditions_is_no_trouble()
    {
        await Alice.InsertAsync(Empty with { Whole = 4_999 });
        var any = Enumerable.Range(0, 5_000).Select(i => Samples.Whole == (long?)i).Aggregate((left, right) => left || right);
        Assert.Equal(1, await Alice.CountAsync(any));
        Assert.Equal(0, await Alice.CountAsync(!any));
    }

    [Fact]
    public async Task Impossible_questions_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Alice.FindAsync(limit: -1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Alice.FindAsync(skip: -1));
        await Assert.ThrowsAsync<NotSupportedException>(() => Alice.FindAsync(Samples.List > (IReadOnlyList<int>)[1]));
        await Assert.ThrowsAsync<NotSupportedException>(() => Alice.FindAsync(sort: Samples.List.Ascending()));
        await Assert.ThrowsAsync<ArgumentException>(() => Alice.InsertAsync(Empty with { Text = "a\0b" }));
        await Assert.ThrowsAsync<ArgumentException>(() => Alice.UpdateAsync(Samples.Whole == 1L, Samples.Text.Set("a\0b")));
        Assert.Equal(@"\u0000", (await Alice.InsertAsync(Empty with { Text = @"\u0000" })).Text);
        Assert.Equal(1, await Alice.CountAsync(Samples.Text == @"\u0000"));
        Assert.Empty(await Alice.FindAsync(limit: 0));
    }

    [Fact]
    public async Task Each_scope_is_shared_by_those_it_names()
    {
        await Alice.InsertAsync(Empty);
        Assert.Equal((1, 0), (await host.Of<Sample>(CollectionHost.Anna).CountAsync(), await host.Of<Sample>(CollectionHost.Bob).CountAsync()));

        await host.Of<Personal>(CollectionHost.Alice).InsertAsync(new Personal { Id = "same" });
        await host.Of<Personal>(CollectionHost.Anna).InsertAsync(new Personal { Id = "same" });
        Assert.Equal(1, await host.Of<Personal>(CollectionHost.Alice).CountAsync());

        await host.Of<Everybody>(CollectionHost.Alice).InsertAsync(new Everybody());
        Assert.Equal(1, await host.Of<Everybody>(CollectionHost.Bob, "ses_1").CountAsync());

        await host.Of<Conversation>(CollectionHost.Alice, "ses_1").InsertAsync(new Conversation());
        Assert.Equal(1, await host.Of<Conversation>(CollectionHost.Alice, "ses_1").CountAsync());
        Assert.Equal(0, await host.Of<Conversation>(CollectionHost.Alice, "ses_2").CountAsync());
        var failure = Assert.Throws<InvalidOperationException>(() => host.Of<Conversation>(CollectionHost.Alice));
        Assert.StartsWith("The documents of 'conversation' belong to sessions, and there is no session here.", failure.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => host.Of<CollectionTests>(CollectionHost.Alice));
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("it's \"quoted\"")]
    [InlineData("back\\slash")]
    [InlineData("[0]")]
    [InlineData("$")]
    [InlineData("naïve")]
    [InlineData("😀")]
    [InlineData("") ]
    [InlineData("x') OR 1=1 --")]
    public async Task A_field_may_have_any_name(string name)
    {
        var collection = host.Of<OddNames>(CollectionHost.Alice);
        await collection.InsertAsync(new OddNames { Values = { [name] = 1 } });
        await collection.InsertAsync(new OddNames { Values = { [name + "2"] = 1 } });
        var field = new Field<int?>(name);
        Assert.Equal((1, 1), (await collection.CountAsync(field == 1), await collection.CountAsync(field == null)));
        Assert.Equal(1, await collection.UpdateAsync(field == 1, field.Set(7)));
        var found = Assert.Single(await collection.FindAsync(field > 1, sort: field.Descending()));
        Assert.Equal(7, ((System.Text.Json.JsonElement)found.Values[name]).GetInt32());
        Assert.Equal(1, await collection.CountAsync(new Field<decimal?>(name) == 7.0m));
    }

    private sealed record Everybody
    {
        public string Id { get; init; } = "";
    }

    private sealed record Personal
    {
        public string Id { get; init; } = "";
    }

    private sealed record Conversation
    {
        public string Id { get; init; } = "";
    }

    private sealed record OddNames
    {
        [JsonPropertyName("_id")]
        public string Id { get; init; } = "";

        [JsonExtensionData]
        public Dictionary<string, object> Values { get; init; } = [];
    }
}
