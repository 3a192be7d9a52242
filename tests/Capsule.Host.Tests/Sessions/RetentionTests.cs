using System.Net;
using Capsule.Host.Tests.Sessions.Replay;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Sessions;

/// <summary>A session goes with everything that belongs to it, and takes nothing else along.</summary>
public sealed class RetentionTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly string image;
    private readonly List<string> left = [];

    public RetentionTests()
    {
        image = folder.File("picture.png");
        File.WriteAllText(image, "a picture");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_closed_session_is_deleted_after_its_time()
    {
        string session, shared, other, younger;
        await using (var app = await StartAsync(days: 30))
        {
            (session, shared) = await FillAsync(app);
            await CloseAsync(app, session);
            app.Time.Advance(TimeSpan.FromDays(2));
            other = await app.BeginAsync();
            using var attached = await app.PostAsync(other, new { text = "the same file", attachments = new[] { shared } });
            Assert.Equal(HttpStatusCode.Accepted, attached.StatusCode);
            younger = await app.BeginAsync();
            await CloseAsync(app, younger);
        }

        await using var later = await StartAsync(days: 30, after: TimeSpan.FromDays(31));
        await later.Log.WaitFor("is deleted");

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(later, session));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(later, other));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(later, younger));
        Assert.Empty(RowsOf(session));
        Assert.Equal([shared], Directory.GetFiles(folder.File("files")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_file_that_no_message_carries_is_deleted_after_a_day()
    {
        await using var app = await StartAsync(days: null);
        var (_, carried) = await FillAsync(app);
        var files = Directory.GetFiles(folder.File("files"));
        var forgotten = await UploadAsync(app);
        app.Time.Advance(TimeSpan.FromHours(23));
        var younger = await UploadAsync(app);

        app.Time.Advance(TimeSpan.FromHours(2));
        await app.Log.WaitFor("Deleted 1 files that no message has carried");

        Assert.Contains(carried, files.Select(Path.GetFileName));
        Assert.Equal([.. files.Select(Path.GetFileName).Append(younger).Order()], Directory.GetFiles(folder.File("files")).Select(Path.GetFileName).Order());
        using var late = await app.PostAsync(await app.BeginAsync(), new { text = "see", attachments = new[] { forgotten } });
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
    }

    [Fact]
    public async Task An_app_can_delete_a_session_that_is_open()
    {
        await using var app = await StartAsync(days: null);
        var (session, _) = await FillAsync(app);
        var running = await app.SayAsync(session, "hang");
        await using (var reader = app.Read(session))
            await reader.UntilAsync(streamed => (string?)streamed.Data["id"] == (string?)running["turnId"] && (string?)streamed.Data["state"] == "started");
        var administration = app.Services.GetRequiredService<ISessionAdministration>();

        Assert.True(await administration.DeleteAsync(session));

        Assert.Equal([session], left);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, session));
        Assert.Empty(RowsOf(session));
        Assert.Empty(Directory.GetFiles(folder.File("files")));
        Assert.False(await administration.DeleteAsync(session));
    }

    private Task<ChatApp> StartAsync(double? days, TimeSpan after = default) => ChatApp.StartAsync(
        folder,
        handlers =>
        {
            handlers.Add(ChatApp.Handler(HandleAsync, onCrash: OnCrash.Replay));
            handlers.Add(ChatApp.On(SessionMoment.Exit, session =>
            {
                left.Add(session.Id);
                return Task.CompletedTask;
            }));
            handlers.Add(new DocumentType<Note> { Name = "notes", Scope = Scope.Session, IdField = "id", GetId = note => note.Id });
            handlers.Add(new TaskHandler { Id = "Tests.Sync", Name = "Sync", InvokeAsync = (_, _) => Task.FromResult<string?>(null) });
        },
        time: new ManualTime(new ManualTime().GetUtcNow() + after),
        services: services => services.Configure<CapsuleOptions>(options => options.ClosedSessionDays = days));

    private async Task HandleAsync(Session session, Message message)
    {
        if (message.Text == "hang")
            await Task.Delay(Timeout.Infinite, session.CancellationToken);
        if (message.Text != "fill")
            return;
        session.Data["a"] = 1;
        await session.ShowImageAsync(image);
        await session.Db.GetCollection<Note>().InsertAsync(new Note("milk", 1));
        await new AnyTask(session.Tasks, "Sync").SubmitAsync();
        await session.PromptFileAsync();
    }

    /// <summary>A session with something of everything, and the file that came with its message.</summary>
    private static async Task<(string Session, string FileId)> FillAsync(ChatApp app)
    {
        var file = await UploadAsync(app);
        var session = await app.BeginAsync();
        using var posted = await app.PostAsync(session, new { text = "fill", attachments = new[] { file } });
        await app.AnswerUntilEndAsync(session, (string)(await Json.ReadAsync(posted))["turnId"]!);
        return (session, file);
    }

    private static async Task<string> UploadAsync(ChatApp app)
    {
        using var content = new StringContent("attached");
        using var form = new MultipartFormDataContent { { content, "file", "attached.txt" } };
        using var uploaded = await app.Client.PostAsync("/capsule/files", form);
        return (string)(await Json.ReadAsync(uploaded))["id"]!;
    }

    private static async Task CloseAsync(ChatApp app, string session)
    {
        using var closed = await app.Client.DeleteAsync($"/capsule/sessions/{session}");
        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(ChatApp app, string session)
    {
        using var response = await app.Client.GetAsync($"/capsule/sessions/{session}");
        return response.StatusCode;
    }

    /// <summary>Where the session's id, or one of its turns', is still found: any column of any table.</summary>
    private List<string> RowsOf(string session)
    {
        var found = new List<string>();
        foreach (var file in new[] { "capsule.db", "collections.db" })
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder.File(file), Pooling = false }.ToString());
            connection.Open();
            foreach (var column in Query(connection, "SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'"))
            {
                var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
                found.AddRange(Query(connection, $"SELECT '{column}' FROM \"{table}\" WHERE CAST(\"{name}\" AS TEXT) LIKE '%{session}%'"));
            }
            found.AddRange(Query(connection, "SELECT 'effects' FROM effects"));
        }
        return found;
    }

    private static List<string> Query(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
