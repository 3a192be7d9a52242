using Capsule.Contract.Testing;
using Capsule.Hosting;

namespace Capsule.Contract.Api;

/// <summary>The members of <see cref="RequestContext"/>, and of the tasks and accounts that it leads to.</summary>
public sealed class RequestContextTests : IClassFixture<RequestContextTests.App>
{
    private static readonly Integration desk = Integration.Of("desk");

    private readonly App app;

    public RequestContextTests(App app) => this.app = app;

    [Fact]
    public async Task User_and_Authenticated_tell_who_calls()
    {
        await app.RunAsync(await app.UserAsync("ann@context.example", "acme"), context =>
        {
            Assert.Equal(("ann@context.example", "acme", "org:acme"), (context.User.Email, context.User.OrgId, context.User.OwnerId));
            Assert.True(context.Authenticated);
            return Task.CompletedTask;
        });
        await app.RunAsync(app.Guest(), context =>
        {
            Assert.StartsWith("guest:", context.User.Id, StringComparison.Ordinal);
            Assert.False(context.Authenticated);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Integrations_are_those_that_the_caller_has_connected()
    {
        var (ann, ben) = (await app.UserAsync(), await app.UserAsync());
        await ann.PostAsync("/capsule/integrations/desk", new { fields = new { token = "hers" } }).AssertStatusAsync(System.Net.HttpStatusCode.NoContent);

        await app.RunAsync(ann, context =>
        {
            Assert.Equal("hers", context.Integrations[desk]?.Fields["token"]);
            Assert.Equal([desk], context.Integrations.Connected);
            return Task.CompletedTask;
        });
        await app.RunAsync(ben, context =>
        {
            Assert.Null(context.Integrations[desk]);
            Assert.Empty(context.Integrations.Connected);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Request_and_Services_are_those_of_the_call() => await app.RunAsync(await app.UserAsync(), context =>
    {
        Assert.Same(context.Request!.HttpContext.RequestServices.GetRequiredService<Contract.App.RequestScope>(), context.Services.GetRequiredService<Contract.App.RequestScope>());
        Assert.StartsWith("/scripts/", context.Request.Path, StringComparison.Ordinal);
        return Task.CompletedTask;
    });

    [Fact]
    public async Task Db_is_scoped_to_the_caller()
    {
        var (ann, ben) = (await app.UserAsync(), await app.UserAsync());
        await app.RunAsync(ann, context => context.Db.UserNotes.InsertAsync(new Contract.App.UserNote("hers")));

        await app.RunAsync(ann, async context => Assert.Equal("hers", Assert.Single(await context.Db.UserNotes.FindAsync()).Text));
        await app.RunAsync(ben, async context => Assert.Empty(await context.Db.UserNotes.FindAsync()));
    }

    [Fact]
    public async Task Tasks_are_the_callers_and_have_no_session()
    {
        var topic = Guid.NewGuid().ToString("N");
        var (ann, ben) = (await app.UserAsync(), await app.UserAsync());
        var id = "";
        await app.RunAsync(ann, async context => id = (await context.Tasks.Observe.SubmitAsync(topic: topic)).Id);

        Assert.StartsWith("session=none", await app.Signals.HearAsync(topic), StringComparison.Ordinal);
        await app.RunAsync(ann, async context => Assert.Equal(TaskState.Completed, await context.Tasks.Get(id).WaitAsync()));
        await app.RunAsync(ben, async context => await Assert.ThrowsAsync<TaskNotFoundException>(() => context.Tasks.Get(id).GetStateAsync()));
    }

    [Fact]
    public async Task GetResultAsync_throws_TaskFailedException_for_a_task_that_ended_without_one() => await app.RunAsync(await app.UserAsync(), async context =>
    {
        var gate = Guid.NewGuid().ToString("N");
        TaskHandle<string> held = await context.Tasks.Hold.SubmitAsync(gate: gate);
        await app.Signals.HearAsync("at " + gate);
        Assert.Equal(TaskState.Running, await held.GetStateAsync());
        Assert.True(await held.RefreshAsync());
        Assert.True(await held.CancelAsync());

        var failure = await Assert.ThrowsAsync<TaskFailedException>(() => held.GetResultAsync());

        Assert.Equal(TaskState.Cancelled, failure.Task.State);
        Assert.False(await held.CancelAsync());
        Assert.False(await held.RefreshAsync());
    });

    public sealed class App : ContractApp
    {
        public App() => Services = services =>
            services.Configure<CapsuleOptions>(options => options.Integrations.AddForm(desk, "Desk", new IntegrationField("token", "Token")));
    }
}
