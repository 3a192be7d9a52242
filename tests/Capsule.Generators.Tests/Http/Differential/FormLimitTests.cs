using Capsule.Generators.Tests.Harness;
using Microsoft.AspNetCore.Builder;

namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>What a form may hold at most (<c>WithFormMappingOptions</c>) is kept as ASP.NET Core keeps it, with the same texts where it throws.</summary>
public class FormLimitTests
{
    private static readonly (string Type, string[] Forms)[] cases =
    [
        ("List<int>", ["[0]=1&[1]=2&[2]=3", "[0]=1&[1]=2&[2]=3&[3]=4", "[0]=1&[1]=2&[2]=3&[3]=x"]),
        ("FormCollectionsOf",
        [
            "all=1&all=2&all=3", "all=1&all=2&all=3&all=4", "set=a&set=b&set=c&set=d", "nested[0][0]=1", "nested[0][0]=1&nested[0][1]=1&nested[0][2]=1&nested[0][3]=1", "map[a]=1&map[b]=2&map[c]=3", "map[a]=1&map[b]=2&map[c]=3&map[d]=4",
            "objects[a].name=1", "map[a-key-that-fits]=1",
        ]),
        ("Dictionary<string, int>", ["[a]=1&[b]=2&[c]=3", "[a]=1&[b]=2&[c]=3&[d]=4", "[a]=1&[b]=2&[c]=3&[d]=x"]),
        ("FormNestedClass", ["address.street=a", "lines[0].street=a", "lines[0].street=a&lines[1].street=a&lines[2].street=a&lines[3].street=a", "a-name-that-nobody-asks-for-and-that-is-long=1"]),
        ("LongNames", []),
        ("LongMaps", ["objects[a-key-of-a].name=a"]),
        ("Deep1", ["next.next.next.name=a", "next.next.name=a", "next.name=a", "name=a"]),
    ];

    /// <summary>Of what is too long, ASP.NET Core throws what its buffer said, and Capsule how long a name may be: <c>form-long-names</c>.</summary>
    private static readonly (int Case, string Form)[] tooLong = [(4, "part.twentyCharactersLong=d"), (5, "objects[a-key-that-is-too-long].name=1")];

    [Theory]
    [Trait("Departure", "form-long-names")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Limits(bool throwOnBadRequest)
    {
        var handlers = cases.Select((item, index) => $"[Endpoint(\"POST\", \"/{index}\", Authorized = false)] public static string Handler{index}([FromForm] {item.Type} value) => Show.Json(value);");
        var project = TestProject.Of(
            ("Handlers.cs", $"{TwinTypes.Usings}public static class Handlers\n{{\n{string.Join('\n', handlers)}\n}}\n"),
            ("Types.cs", TwinTypes.Usings + TwinTypes.Source + """
                public sealed class LongNames { public Part? Part { get; set; } }
                public sealed class Part { public string? Longest { get; set; } public string? TwentyCharactersLong { get; set; } }
                public sealed class LongMaps { public Dictionary<string, Deep4>? Objects { get; set; } }
                public sealed class Deep1 { public string? Name { get; set; } public Deep2? Next { get; set; } }
                public sealed class Deep2 { public string? Name { get; set; } public Deep3? Next { get; set; } }
                public sealed class Deep3 { public string? Name { get; set; } public Deep4? Next { get; set; } }
                public sealed class Deep4 { public string? Name { get; set; } }
                """)) with { AssemblyName = "Limited" };
        var assembly = TwinProgram.Load(GeneratorSession.RunOnce(new CapsuleGenerator(), project.Compile()).Output);
        await using var app = new TwinApp(assembly, throwOnBadRequest, inMemory: true, configure: group => group
            .WithFormMappingOptions(maxCollectionSize: 9, maxRecursionDepth: 3)
            .WithFormMappingOptions(maxCollectionSize: 3, maxKeySize: 24));
        await app.InitializeAsync();
        var comparison = new TwinComparison(app);

        foreach (var ((type, forms), index) in cases.Select((item, index) => (item, index)))
        {
            foreach (var form in forms)
                await comparison.CompareAsync($"{type}: {form}", new("POST", $"/{index}") { Body = form, ContentType = "application/x-www-form-urlencoded" });
        }

        foreach (var (index, form) in tooLong)
        {
            var request = new TwinRequest("POST", $"/{index}") { Body = form, ContentType = "application/x-www-form-urlencoded" };
            Assert.Equal(400, (await app.SendAsync("/r", request)).Status);
            var answer = await app.SendAsync("/c", request);
            Assert.Equal(400, answer.Status);
            Assert.Contains("A name in the form is longer than 24 characters.", answer.Body, StringComparison.Ordinal);
        }
        comparison.AssertSame(atLeast: 24);
    }
}
