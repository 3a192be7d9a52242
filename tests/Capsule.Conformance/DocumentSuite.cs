namespace Capsule.Conformance;

/// <summary>Nothing leaves or enters a scope. What each comparison means is tested against an oracle with the collections' own tests.</summary>
public abstract class DocumentSuite(StorageBackEnd backEnd) : StorageSuite(backEnd)
{
    private static readonly DocumentScope own = new("threads", "org:acme");
    private static readonly DocumentScope foreign = new("threads", "org:other");
    private static readonly DocumentScope elsewhere = new("notes", "org:acme");
    private static readonly DocumentSelection all = new();

    private IDocumentStore Documents => Stores.Documents;

    [Fact]
    public async Task Documents_come_back_in_the_order_stored()
    {
        await InsertAsync(own, ("b", 2), ("a", 1));
        await ReopenAsync();

        Assert.Equal(["""{"id":"b","n":2}""", """{"id":"a","n":1}"""], Find(own, all));
        Assert.Equal(["""{"id":"a","n":1}"""], Find(own, new DocumentSelection(Id: "a")));
    }

    [Fact]
    public async Task A_scope_sees_and_changes_only_its_own()
    {
        foreach (var scope in new[] { own, foreign, elsewhere })
            await InsertAsync(scope, ("a", 1));

        Assert.Equal(1, await Documents.UpdateAsync(own, all, [new FieldJson("n", "5")], null, none));
        Assert.Equal(1, await Documents.DeleteAsync(foreign, all, null, none));

        Assert.Equal(["""{"id":"a","n":5}"""], Find(own, all));
        Assert.Empty(Find(foreign, all));
        Assert.Equal(["""{"id":"a","n":1}"""], Find(elsewhere, all));
        Assert.Equal(1, Documents.Count(elsewhere, all));
    }

    [Fact]
    public async Task An_id_that_is_taken_stores_none_of_the_documents()
    {
        await InsertAsync(own, ("a", 1));

        await Assert.ThrowsAsync<DuplicateDocumentException>(() => InsertAsync(own, ("b", 2), ("a", 3)));

        Assert.Equal(["""{"id":"a","n":1}"""], Find(own, all));
        await InsertAsync(foreign, ("a", 1));
    }

    [Fact]
    public async Task Conditions_select_orders_sort_and_limits_page()
    {
        await InsertAsync(own, ("a", 3), ("b", 1), ("c", 2), ("d", 5));
        var small = new DocumentSelection(Condition: new FieldCondition("n", FieldKind.Integer, Comparison.Less, "5"));
        var byNumber = new OrderKey("n", FieldKind.Integer, Descending: true);

        Assert.Equal(3, Documents.Count(own, small));
        Assert.Equal(["""{"id":"c","n":2}"""], Documents.Find(own, new DocumentQuery(small, [byNumber], Limit: 1, Skip: 1)));
        Assert.Equal(1, await Documents.DeleteAsync(own, new DocumentSelection(Condition: new NotCondition(small.Condition!)), null, none));
        Assert.Equal(3, Documents.Count(own, all));
    }

    [Fact]
    public async Task What_a_filter_says_is_never_taken_for_a_statement()
    {
        const string evil = """x' OR 1=1; DROP TABLE documents; --""";
        await InsertAsync(own, ("a", 1));
        await InsertAsync(foreign, ("a", 1));
        var selection = new DocumentSelection(
            Condition: new FieldCondition(evil, FieldKind.Text, Comparison.Equal, System.Text.Json.JsonSerializer.Serialize(evil)));

        Assert.Empty(Find(own, selection));
        Assert.Empty(Find(own with { Owner = evil }, all));
        Assert.Equal(0, await Documents.DeleteAsync(own with { Owner = evil }, all, null, none));
        Assert.Equal(1, Documents.Count(foreign, all));
    }

    private Task InsertAsync(DocumentScope scope, params (string Id, int Number)[] documents) =>
        Documents.InsertAsync(
            scope, [.. documents.Select(document => new NewDocument(document.Id, $$"""{"id":"{{document.Id}}","n":{{document.Number}}}"""))], null, none);

    private IReadOnlyList<string> Find(DocumentScope scope, DocumentSelection selection) => Documents.Find(scope, new DocumentQuery(selection, [], null, 0));
}
