using Capsule.Contract.App;
using Capsule.Contract.Testing;

namespace Capsule.Contract.Api;

/// <summary><see cref="Collection{T}"/>, its filters and its scopes.</summary>
public sealed class CollectionTests(ContractApp app) : IClassFixture<ContractApp>
{
    [Fact]
    public Task A_document_is_inserted_found_by_id_changed_and_deleted() => WithTicketsAsync(async tickets =>
    {
        var inserted = await tickets.InsertAsync(new Ticket { Subject = "printer", Priority = 1 });
        Assert.NotEmpty(inserted.Id);
        Assert.Equal("printer", (await tickets.GetAsync(inserted.Id))?.Subject);
        await tickets.UpdateAsync(inserted.Id, t => t.Subject.Set("scanner"));
        Assert.Equal("scanner", (await tickets.GetAsync(inserted.Id))?.Subject);
        Assert.Equal(1, (await tickets.GetAsync(inserted.Id))?.Priority);
        await tickets.DeleteAsync(inserted.Id);
        Assert.Null(await tickets.GetAsync(inserted.Id));
    });

    [Fact]
    public Task Filters_are_typed_and_combine_with_and_or_and_not() => WithTicketsAsync(async tickets =>
    {
        await SeedAsync(tickets);
        Assert.Equal(["b", "c"], await SubjectsAsync(tickets.FindAsync(t => t.Priority >= 2 && t.Done == false, sort: t => t.Subject.Ascending())));
        Assert.Equal(["b", "c"], await SubjectsAsync(tickets.FindAsync(t => t.Priority >= 2 & t.Done == false, sort: t => t.Subject.Ascending())));
        Assert.Equal(["a", "d"], await SubjectsAsync(tickets.FindAsync(t => t.Subject == "a" || t.Subject == "d", sort: t => t.Subject.Ascending())));
        Assert.Equal(["a", "d"], await SubjectsAsync(tickets.FindAsync(t => t.Subject == "a" | t.Subject == "d", sort: t => t.Subject.Ascending())));
        Assert.Equal(["c", "d"], await SubjectsAsync(tickets.FindAsync(t => !(t.Subject == "a" || t.Subject == "b"), sort: t => t.Subject.Ascending())));
        Assert.Equal(["b", "c", "d"], await SubjectsAsync(tickets.FindAsync(t => t.Subject != "a", sort: t => t.Subject.Ascending())));
        Assert.Equal(["a"], await SubjectsAsync(tickets.FindAsync(t => t.Weight < 1.0)));
        Assert.Equal(["d"], await SubjectsAsync(tickets.FindAsync(t => t.Due > Day(3))));
        Assert.Equal(["d"], await SubjectsAsync(tickets.FindAsync(t => t.Kind == TicketKind.Complaint)));
        Assert.Equal(["a"], await SubjectsAsync(tickets.FindAsync(t => t.Assignee == "ann")));
        Assert.Equal(["b", "c", "d"], await SubjectsAsync(tickets.FindAsync(t => t.Assignee == null, sort: t => t.Subject.Ascending())));
    });

    [Fact]
    public Task Results_are_sorted_limited_and_skipped() => WithTicketsAsync(async tickets =>
    {
        await SeedAsync(tickets);
        Assert.Equal(["d", "c", "b", "a"], await SubjectsAsync(tickets.FindAsync(sort: t => t.Priority.Descending())));
        Assert.Equal(["a", "b", "c", "d"], await SubjectsAsync(tickets.FindAsync(sort: t => t.Due.Ascending())));
        Assert.Equal(["c", "b"], await SubjectsAsync(tickets.FindAsync(limit: 2, skip: 1, sort: t => t.Priority.Descending())));
        Assert.Equal("d", (await tickets.FindOneAsync(sort: t => t.Priority.Descending()))?.Subject);
        Assert.Equal("c", (await tickets.FindOneAsync(t => t.Subject == "c"))?.Subject);
        Assert.Null(await tickets.FindOneAsync(t => t.Subject == "z"));
    });

    [Fact]
    public Task Documents_are_counted_updated_and_deleted_by_a_filter() => WithTicketsAsync(async tickets =>
    {
        await SeedAsync(tickets);
        Assert.Equal(4, await tickets.CountAsync());
        Assert.Equal(3, await tickets.CountAsync(t => t.Priority >= 2));
        Assert.Equal(2, await tickets.UpdateAsync(t => t.Priority >= 3, t => t.Done.Set(true)));
        Assert.Equal(2, await tickets.CountAsync(t => t.Done == true));
        Assert.Equal(2, await tickets.DeleteAsync(t => t.Done == true));
        Assert.Equal(["a", "b"], await SubjectsAsync(tickets.FindAsync(sort: t => t.Subject.Ascending())));
    });

    [Fact]
    public async Task Documents_are_seen_within_their_scope_only()
    {
        var org = Guid.NewGuid().ToString("N");
        var text = Guid.NewGuid().ToString("N");
        var ann = await app.UserAsync(org: org);
        var colleague = await app.UserAsync(org: org);
        var stranger = await app.UserAsync();
        var session = await ann.OpenAsync();
        await ann.AskAsync(session, "note " + text);

        await AssertSeesAsync(ann, session, ["app", "owner", "session", "user"]);
        await AssertSeesAsync(ann, await ann.OpenAsync(), ["app", "owner", "user"]);
        await AssertSeesAsync(colleague, await colleague.OpenAsync(), ["app", "owner"]);
        await AssertSeesAsync(stranger, await stranger.OpenAsync(), ["app"]);

        async Task AssertSeesAsync(Caller caller, string where, string[] scopes)
        {
            var notes = await caller.AnswerJsonAsync(where, "notes");
            Assert.Equal(scopes, notes.EnumerateObject().Where(scope => scope.Value.GetRawText().Contains(text, StringComparison.Ordinal)).Select(scope => scope.Name).Order());
            var data = await caller.GetJsonAsync("/data/notes");
            Assert.Equal(scopes.Except(["session"]), data.EnumerateObject().Where(scope => scope.Value.GetRawText().Contains(text, StringComparison.Ordinal)).Select(scope => scope.Name).Order());
        }
    }

    [Fact]
    public async Task A_callers_filter_can_never_widen_the_scope()
    {
        var ann = await app.UserAsync();
        var id = "";
        await app.RunAsync(ann, async context => id = (await context.Db.Tickets.InsertAsync(new Ticket { Subject = "hers" })).Id);
        await app.RunAsync(await app.UserAsync(), async context =>
        {
            var tickets = context.Db.Tickets;
            Assert.Null(await tickets.GetAsync(id));
            Assert.Empty(await tickets.FindAsync(t => t.Subject == "hers" || !(t.Subject == "hers")));
            Assert.Equal(0, await tickets.UpdateAsync(t => t.Subject == "hers", t => t.Subject.Set("his")));
            Assert.Equal(0, await tickets.DeleteAsync(t => t.Id == id));
            await tickets.DeleteAsync(id);
        });
        await app.RunAsync(ann, async context => Assert.Equal("hers", (await context.Db.Tickets.GetAsync(id))?.Subject));
    }

    private async Task WithTicketsAsync(Func<Collection<Ticket>, Task> test) => await app.RunAsync(await app.UserAsync(), context => test(context.Db.Tickets));

    private static DateTimeOffset Day(int day) => new(2026, 1, day, 0, 0, 0, TimeSpan.Zero);

    private static Task<IReadOnlyList<Ticket>> SeedAsync(Collection<Ticket> tickets) => tickets.InsertManyAsync(
        [
            new Ticket { Subject = "a", Priority = 1, Weight = 0.5, Due = Day(1), Assignee = "ann" },
            new Ticket { Subject = "b", Priority = 2, Weight = 1.5, Due = Day(2) },
            new Ticket { Subject = "c", Priority = 3, Weight = 2.5, Due = Day(3) },
            new Ticket { Subject = "d", Priority = 4, Weight = 3.5, Due = Day(4), Done = true, Kind = TicketKind.Complaint },
        ]);

    private static async Task<IEnumerable<string>> SubjectsAsync(Task<IReadOnlyList<Ticket>> found) => (await found).Select(t => t.Subject);
}
