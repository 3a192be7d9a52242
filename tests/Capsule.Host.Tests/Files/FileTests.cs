using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Capsule.Host.Tests.Hosting;
using Capsule.Host.Tests.Sessions;
using Microsoft.Extensions.Logging;

namespace Capsule.Host.Tests.Files;

public class FileTests
{
    [Fact]
    public async Task A_file_comes_back_as_it_was_and_as_an_attachment()
    {
        await using var app = await TestApp.StartAsync();
        var content = new byte[300_000];
        Random.Shared.NextBytes(content);

        var created = await app.Client.UploadAsync("/capsule/files", "page.html", content, "text/html");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var file = await created.JsonAsync();
        Assert.Matches("^fil_[0-9a-f]{24}$", file.GetProperty("id").GetString()!);
        Assert.Equal("page.html", file.GetProperty("name").GetString());
        Assert.Equal("text/html", file.GetProperty("contentType").GetString());
        Assert.Equal(content.Length, file.GetProperty("size").GetInt64());
        Assert.Equal(created.Headers.Location!.ToString(), file.GetProperty("url").GetString());

        var download = await app.Client.GetAsync(created.Headers.Location);
        Assert.Equal(content, await download.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", download.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", download.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task A_browser_that_has_a_file_asks_whether_it_may_still_show_it()
    {
        await using var app = await TestApp.StartAsync();
        var url = (await app.Client.UploadAsync("/capsule/files", "a.txt", [1])).Headers.Location;
        using var first = await app.Client.GetAsync(url);
        Assert.Equal("no-cache, private", first.Headers.CacheControl!.ToString());

        using var own = await SendAgainAsync(app.Client);
        using var other = app.NewClient();
        using var foreign = await SendAgainAsync(other);

        Assert.Equal(HttpStatusCode.NotModified, own.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);

        async Task<HttpResponseMessage> SendAgainAsync(HttpClient client)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
            return await client.SendAsync(request);
        }
    }

    [Fact]
    public async Task A_file_whose_content_is_gone_is_not_found()
    {
        using var directory = new TemporaryDirectory();
        await using var app = await TestApp.StartAsync(dataDirectory: directory.Path);
        var url = (await app.Client.UploadAsync("/capsule/files", "a.txt", [1])).Headers.Location;
        File.Delete(Assert.Single(Directory.GetFiles(directory.File("files"))));

        await (await app.Client.GetAsync(url)).RequireProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_user_has_only_so_many_files_that_no_message_carries()
    {
        await using var app = await TestApp.StartAsync(
            handlers => handlers.Add(ChatApp.Handler((_, _) => Task.CompletedTask)), options => options.Limits.WaitingUploads = 2);
        using var first = await app.Client.UploadAsync("/capsule/files", "a.txt", [1]);
        using var second = await app.Client.UploadAsync("/capsule/files", "b.txt", [2]);

        using var third = await app.Client.UploadAsync("/capsule/files", "c.txt", [3]);

        var problem = await third.RequireProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.Contains("2 files", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        using var other = app.NewClient();
        Assert.Equal(HttpStatusCode.Created, (await other.UploadAsync("/capsule/files", "c.txt", [3])).StatusCode);

        var session = (await (await app.Client.PostAsync("/capsule/sessions", null)).JsonAsync()).GetProperty("id").GetString();
        var attachments = new[] { (await first.JsonAsync()).GetProperty("id").GetString() };
        using var sent = await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/messages", new { text = "see", attachments });
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await app.Client.UploadAsync("/capsule/files", "c.txt", [3])).StatusCode);
    }

    [Fact]
    public async Task A_part_of_a_file_can_be_asked_for()
    {
        await using var app = await TestApp.StartAsync();
        var url = (await app.Client.UploadAsync("/capsule/files", "a.txt", "0123456789"u8.ToArray())).Headers.Location;

        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(2, 4) } };
        var part = await app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("234", await part.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_file_is_nobody_elses()
    {
        await using var app = await TestApp.StartAsync();
        var url = (await app.Client.UploadAsync("/capsule/files", "a.txt", [1])).Headers.Location;
        using var other = app.NewClient();
        await other.UploadAsync("/capsule/files", "b.txt", [2]);

        await (await other.GetAsync(url)).RequireProblemAsync(HttpStatusCode.NotFound);
        await (await app.Client.GetAsync("/capsule/files/fil_000000000000000000000000")).RequireProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("text/html", "text/html")]
    [InlineData("image/svg+xml", "image/svg+xml")]
    [InlineData("Text/HTML; charset=utf-8", "text/html")]
    [InlineData("no type at all", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public async Task Whatever_its_type_a_file_is_an_attachment_that_nobody_sniffs_and_that_runs_nothing(string type, string served)
    {
        await using var app = await TestApp.StartAsync();
        using var file = new ByteArrayContent("<script>alert(1)</script>"u8.ToArray());
        file.Headers.TryAddWithoutValidation("Content-Type", type);
        using var form = new MultipartFormDataContent { { file, "file", "page.html" } };

        using var created = await app.Client.PostAsync("/capsule/files", form);
        using var download = await app.Client.GetAsync(created.Headers.Location);

        Assert.Equal(served, (await created.JsonAsync()).GetProperty("contentType").GetString());
        Assert.Equal(served, download.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", Assert.Single(download.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'; sandbox", Assert.Single(download.Headers.GetValues("Content-Security-Policy")));
    }

    [Theory]
    [InlineData("../../../etc/cron.d/evil", "evil")]
    [InlineData("..\\..\\win.ini", "win.ini")]
    [InlineData("a;filename=b.exe", "a;filename=b.exe")]
    [InlineData("...", "file")]
    public async Task A_name_is_made_harmless_and_stays_inside_of_its_header(string name, string safe)
    {
        using var directory = new TemporaryDirectory();
        await using var app = await TestApp.StartAsync(dataDirectory: directory.Path);

        using var created = await app.Client.UploadAsync("/capsule/files", name, [1]);
        using var download = await app.Client.GetAsync(created.Headers.Location);

        Assert.Equal(safe, (await created.JsonAsync()).GetProperty("name").GetString());
        Assert.Equal(safe, download.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal([Path.GetFileName(created.Headers.Location!.ToString())], Directory.GetFiles(directory.File("files")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(100, HttpStatusCode.Created)]
    [InlineData(101, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(500_000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task The_limit_is_exact_and_nothing_is_kept_beyond_it(int size, HttpStatusCode expected)
    {
        using var directory = new TemporaryDirectory();
        await using var app = await TestApp.StartAsync(options: options => options.Limits.UploadBytes = 100, dataDirectory: directory.Path);

        var response = await app.Client.UploadAsync("/capsule/files", "a.bin", new byte[size]);

        Assert.Equal(expected, response.StatusCode);
        if (expected != HttpStatusCode.Created)
        {
            await response.RequireProblemAsync(expected);
            Assert.Empty(Directory.GetFiles(Path.Combine(directory.Path, "files")));
        }
    }

    [Fact]
    public async Task A_form_of_unknown_length_above_the_limit_is_refused_too()
    {
        using var directory = new TemporaryDirectory();
        await using var app = await TestApp.StartAsync(options: options => options.Limits.UploadBytes = 100, dataDirectory: directory.Path);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[200_000]), "file", "a.bin" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/capsule/files") { Content = form, Headers = { TransferEncodingChunked = true } };

        using var response = await app.Client.SendAsync(request);

        var problem = await response.RequireProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("A file may have at most 100 bytes.", problem.GetProperty("detail").GetString());
        Assert.Empty(Directory.GetFiles(directory.File("files")));
    }

    [Fact]
    public async Task An_upload_that_a_crash_cut_off_is_deleted_at_the_next_start()
    {
        using var directory = new TemporaryDirectory();
        Uri url;
        await using (var before = await TestApp.StartAsync(dataDirectory: directory.Path))
            url = (await before.Client.UploadAsync("/capsule/files", "a.txt", "kept"u8.ToArray())).Headers.Location!;
        var kept = Path.GetFileName(url.ToString());
        await File.WriteAllTextAsync(directory.File("files/fil_0123456789abcdef01234567"), "half of");
        var log = new RecordedLog();

        await using var app = await TestApp.StartAsync(dataDirectory: directory.Path, builder: builder => builder.Logging.AddProvider(log));
        await log.WaitFor("of which nothing is known");

        Assert.Equal([kept], Directory.GetFiles(directory.File("files")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_is_not_a_form_with_a_file_is_a_400()
    {
        await using var app = await TestApp.StartAsync();
        using var otherField = new MultipartFormDataContent { { new ByteArrayContent([1]), "picture", "a.png" } };
        using var damaged = new ByteArrayContent("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nno end"u8.ToArray());
        damaged.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        foreach (HttpContent content in new HttpContent[] { otherField, damaged })
            await (await app.Client.PostAsync("/capsule/files", content)).RequireProblemAsync(HttpStatusCode.BadRequest);
        await (await app.Client.PostFormAsync("/capsule/files", ("file", "a"))).RequireProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }
}
