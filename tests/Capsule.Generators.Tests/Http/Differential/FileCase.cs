using System.Text;

namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>A handler of a form with files, as source text, with the forms that requests may send to it.</summary>
/// <param name="Type">What is made of the form, in C#.</param>
/// <param name="Forms">The parts of each form: <c>name=text</c>, or <c>name@file name</c> for a file.</param>
internal sealed record FileCase(string Type, params string[] Forms)
{
    private static readonly string[] OneFile =
        ["", "name=a", "file@a.txt", "name=a file@a.txt", "name=a FILE@a.txt", "name=a file@a.txt file@b.txt", "name=a file=text", "name=a other@a.txt", "file@a.txt name=a count=x", "value.file@a.txt value.name=a", "file[0]@a.txt name=a"];

    private static readonly string[] ManyFiles =
        ["", "name=a", "files@a.txt", "files@a.txt files@b.txt other@c.txt", "pictures@a.png", "pictures@a.png pictures@b.png name=a", "pictures[0]@a.png pictures[1]@b.png", "PICTURES@a.png", "pictures=text", "name=a pictures=text pictures@a.png"];

    private static readonly string[] Within =
    [
        "", "inner.name=a", "inner.file@a.txt", "inner.name=a inner.file@a.txt", "inner[file]@a.txt", "items[0].file@a.txt", "items[0].name=a items[0].file@a.txt items[1].name=b items[1].file@b.txt", "items[0].name=a items[1].file@b.txt",
        "byName[a]@a.txt", "byName[a]=x byName[a]@a.txt", "plain@a.txt plain@b.txt", "plain[0]@a.txt plain[1]@b.txt", "array@a.txt", "array[0]@a.txt array[1]@b.txt", "inner.name=a plain@a.txt",
    ];

    public static IReadOnlyList<FileCase> All { get; } =
    [
        new("FileClass", OneFile), new("FileRecord", OneFile), new("FileRecord?", OneFile), new("FileStruct", OneFile), new("FileRequired", OneFile), new("FilesClass", ManyFiles), new("FilesRecord", ManyFiles), new("FilesWithin", Within),
        new("IReadOnlyList<IFormFile>", "", "value@a.txt", "value@a.txt value@b.txt", "[0]@a.txt", "other@a.txt"), new("List<IFormFile>", "", "value@a.txt", "[0]@a.txt [1]@b.txt", "value[0]@a.txt"), new("IFormFile[]", "", "value@a.txt value@b.txt", "[0]@a.txt"),
        new("Dictionary<string, IFormFile>", "", "[a]@a.txt", "value[a]@a.txt", "[a]=x [a]@a.txt"), new("Dictionary<string, FileClass>", "[a].file@a.txt", "[a].name=x [a].file@a.txt [b].name=y"),
    ];

    public const string Types = """
        public sealed class FileClass
        {
            public string? Name { get; set; }
            public IFormFile? File { get; set; }
        }

        public sealed record FileRecord(string Name, IFormFile File);

        public struct FileStruct
        {
            public string? Name { get; set; }
            public IFormFile? File { get; set; }
            public int Count { get; set; }
        }

        public sealed class FileRequired
        {
            public required string Name { get; set; }
            public required IFormFile File { get; init; }
        }

        public sealed class FilesClass
        {
            public string? Name { get; set; }
            public IFormFileCollection? Files { get; set; }
            public IReadOnlyList<IFormFile>? Pictures { get; set; }
        }

        public sealed record FilesRecord(string Name, IReadOnlyList<IFormFile> Pictures, IFormFileCollection Files);

        public sealed class FilesWithin
        {
            public FileClass? Inner { get; set; }
            public List<FileRecord>? Items { get; set; }
            public Dictionary<string, IFormFile>? ByName { get; set; }
            public List<IFormFile>? Plain { get; set; }
            public IFormFile[]? Array { get; set; }
        }

        """;

    public string Source(int index) => $"""
            [Endpoint("POST", "/form-files/{index}", Authorized = false)]
            public static string FormFiles{index}([FromForm] {Type} value) => Show.Json(value);

        """;

    public IEnumerable<(string Name, TwinRequest Request)> Requests(int index)
    {
        var path = $"/form-files/{index}";
        foreach (var form in Forms)
            yield return ($"files {Type}: {form}", Multipart(path, form));
        yield return ($"files {Type}: none", new("POST", path) { Body = "name=a&file=b&inner.name=c", ContentType = "application/x-www-form-urlencoded" });
        yield return ($"files {Type}: broken", new("POST", path) { Body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx", ContentType = "multipart/form-data; boundary=b" });
        yield return ($"files {Type}: JSON", new("POST", path) { Body = "{}", ContentType = "application/json" });
    }

    /// <summary>A form as <c>multipart/form-data</c>.</summary>
    public static TwinRequest Multipart(string path, string form)
    {
        var body = new StringBuilder();
        foreach (var part in form.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOfAny(['=', '@']);
            var (name, content) = (part[..at], part[(at + 1)..]);
            body.Append(part[at] == '='
                ? $"--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n"
                : $"--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{content}\"\r\nContent-Type: text/plain\r\n\r\nin {content}\r\n");
        }
        return new("POST", path) { Body = body.Append("--b--\r\n").ToString(), ContentType = "multipart/form-data; boundary=b" };
    }
}
