using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Capsule.Host.Tests.Sessions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Files;

/// <summary>
/// The host calls nobody. What is downloaded is a file that it has stored itself, whatever address somebody writes beside it: no caller can make the server
/// fetch something for them, from a private network or from anywhere.
/// </summary>
public sealed class OutgoingTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly TcpListener elsewhere = new(IPAddress.Loopback, 0);

    public OutgoingTests() => elsewhere.Start();

    public void Dispose()
    {
        elsewhere.Dispose();
        folder.Dispose();
    }

    private string Elsewhere => $"http://{elsewhere.LocalEndpoint}/latest/meta-data";

    [Theory]
    [InlineData(typeof(Session))]
    [InlineData(typeof(CapsuleOptions))]
    public void Its_assemblies_use_no_client_of_any_network(Type type)
    {
        using var file = new PEReader(File.OpenRead(type.Assembly.Location));
        var metadata = file.GetMetadataReader();
        var used =
            from handle in metadata.TypeReferences
            let reference = metadata.GetTypeReference(handle)
            where reference.ResolutionScope.Kind == HandleKind.AssemblyReference
            let assembly = metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope).Name)
            where assembly.StartsWith("System.Net.", StringComparison.Ordinal) && assembly is not ("System.Net.Primitives" or "System.Net.ServerSentEvents")
            select $"{metadata.GetString(reference.Namespace)}.{metadata.GetString(reference.Name)}";

        // The name of a method is no client.
        Assert.Empty(used.Except(["System.Net.Http.HttpMethod"]));
    }

    [Fact]
    public async Task An_address_is_no_file_that_a_message_could_bring()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        var session = await app.BeginAsync();

        foreach (var attachment in (object[])[Elsewhere, new { url = Elsewhere }, new { id = "fil_1", url = Elsewhere }, "/etc/passwd", "../capsule.db", "file:///etc/passwd"])
        {
            using var refused = await app.PostAsync(session, new { text = "see", attachments = new[] { attachment } });
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        Assert.False(elsewhere.Pending());
    }

    [Fact]
    public async Task An_address_is_no_answer_to_a_prompt_for_a_file()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, _) => session.PromptFileAsync());
        var session = await app.BeginAsync();
        await app.SayAsync(session, "ask");
        await using var reader = app.Read(session);
        var block = (await reader.UntilAsync(streamed => streamed.Type == "block"))[^1].Data;

        foreach (var answer in (object[])[new { file = Elsewhere }, new { url = Elsewhere }, new { file = new { name = "a", url = Elsewhere } }])
        {
            using var refused = await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/prompts/{block["id"]}", answer);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        Assert.False(elsewhere.Pending());
    }

    [Fact]
    public async Task An_attachment_with_the_address_of_elsewhere_is_read_from_the_store_or_not_at_all()
    {
        Attachment[] attachments = [];
        await using var app = await ChatApp.StartAsync(folder, (session, message) =>
        {
            if (message.Text == "later")
                attachments = [.. session.History[0].Attachments];
            return Task.CompletedTask;
        });
        var files = app.Services.GetRequiredService<IFileStore>();
        var (kept, lost) = (await SaveAsync("kept"), await SaveAsync("lost"));
        var session = await app.BeginAsync();
        using var posted = await app.PostAsync(session, new { text = "see", attachments = new[] { kept.Id, lost.Id } });
        await app.UntilEndOfAsync(session, (string)(await Json.ReadAsync(posted))["turnId"]!);
        Execute($"UPDATE events SET data = replace(data, '\"url\":\"/capsule/files/', '\"url\":\"{Elsewhere}/')");
        Execute($"DELETE FROM files WHERE id = '{lost.Id}'");
        await app.ConverseAsync(session, "later");
        Assert.All(attachments, attachment => Assert.StartsWith(Elsewhere, attachment.Url, StringComparison.Ordinal));

        var path = await attachments[0].DownloadAsync(folder.File("got/"));
        await Assert.ThrowsAsync<FileNotFoundException>(() => attachments[1].DownloadAsync(folder.File("got/")));

        Assert.Equal("kept", await File.ReadAllTextAsync(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.File("got")));
        Assert.False(elsewhere.Pending());

        async Task<StoredFile> SaveAsync(string text)
        {
            using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
            return await files.SaveAsync("ann", text + ".txt", "text/plain", content, 100, CancellationToken.None);
        }
    }

    [Fact]
    public async Task What_a_handler_shows_of_elsewhere_is_fetched_by_nobody_but_the_reader()
    {
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            await session.ShowImageAsync(Elsewhere);
            await session.ShowBrowserAsync(new Uri(Elsewhere));
            await session.ReplyAsync($"![image]({Elsewhere}) [link]({Elsewhere})");
        });

        var events = await app.ConverseAsync(await app.BeginAsync(), Elsewhere);

        Assert.Equal("completed", (string?)events[^1].Data["state"]);
        Assert.Equal(2, events.Count(streamed => (string?)streamed.Data["payload"]?["url"] == Elsewhere));
        Assert.False(elsewhere.Pending());
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder.File("capsule.db"), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }
}
