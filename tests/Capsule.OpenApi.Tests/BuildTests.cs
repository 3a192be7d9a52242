using System.Diagnostics;
using System.Reflection;
using Capsule.OpenApi.Tests.App;

namespace Capsule.OpenApi.Tests;

/// <summary>The document that the build writes.</summary>
public class BuildTests(DescribedApp app) : IClassFixture<DescribedApp>
{
    private static readonly Dictionary<string, string?> metadata = typeof(BuildTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToDictionary(attribute => attribute.Key, attribute => attribute.Value);

    [Fact]
    public async Task The_document_of_the_build_is_the_one_that_is_served_byte_for_byte()
    {
        var built = await File.ReadAllBytesAsync(metadata["BuiltDocument"]!);
        var served = await app.Client.GetByteArrayAsync("/openapi/v1.json");

        Assert.Equal(System.Text.Encoding.UTF8.GetString(served), System.Text.Encoding.UTF8.GetString(built));
        Assert.Equal(served, built);
    }

    [Fact]
    public async Task While_the_build_writes_it_the_app_does_nothing()
    {
        var directory = Directory.CreateTempSubdirectory("capsule-inert-");
        try
        {
            var data = Path.Combine(directory.FullName, "data");
            var mark = Path.Combine(directory.FullName, "mark");
            var written = Path.Combine(directory.FullName, "Capsule.OpenApi.Tests.json");

            await RunToolAsync(directory.FullName, data, mark);

            Assert.Equal(await app.Client.GetStringAsync("/openapi/v1.json"), await File.ReadAllTextAsync(written));
            Assert.False(Directory.Exists(data), "there is a data directory");
            Assert.False(File.Exists(mark), "a [Boot] or [Schedule] handler ran");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>As the targets of Microsoft.Extensions.ApiDescription.Server call it.</summary>
    private static async Task RunToolAsync(string output, string data, string mark)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                metadata["DocumentTool"]!,
                "--assembly", typeof(BuildTests).Assembly.Location,
                "--file-list", Path.Combine(output, "files"),
                "--framework", ".NETCoreApp,Version=v10.0",
                "--output", output,
                "--project", "Capsule.OpenApi.Tests",
                "--assets-file", metadata["AssetsFile"]!,
                "--platform", "AnyCPU",
            },
            Environment = { ["Capsule__DataDirectory"] = data, [Effects.MarkVariable] = mark },
        };
        using var tool = Process.Start(start)!;
        var text = tool.StandardOutput.ReadToEndAsync();
        var errors = tool.StandardError.ReadToEndAsync();
        await tool.WaitForExitAsync();
        Assert.True(tool.ExitCode == 0, await text + await errors);
    }
}
