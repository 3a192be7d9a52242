using System.Reflection;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>The program with every case of this suite, made of source text and compiled with the generator.</summary>
internal static class TwinProgram
{
    public static Assembly Assembly { get; } = Compile();

    private static Assembly Compile()
    {
        var classes = new[]
        {
            Class("Values", ValueCase.All.Select((value, index) => value.Source(index))),
            Class("Bodies", BodyCase.All.Select((body, index) => body.Source(index))),
            Class("Forms", FormCase.All.Select((form, index) => form.Source(index))),
            Class("Files", FileCase.All.Select((files, index) => files.Source(index))),
            Class("Members", MemberCase.All.Select((member, index) => member.Handler(index))),
            Class("Responses", ResponseCase.All.Select((response, index) => response.Source(index)).Prepend(TwinTypes.Streams)),
            Class("Others", OtherCases.All.Select(other => $"    {other.Source.Replace("\")] public", "\", Authorized = false)] public", StringComparison.Ordinal)}\n")),
            Class("Departing", Departure.All.Select(departure => $"    {departure.Source}\n")),
        };
        var project = TestProject.Of([.. classes, ("Types.cs", TwinTypes.Usings + TwinTypes.Source + FileCase.Types + OtherCases.Types)]) with { AssemblyName = "TwinProgram" };
        return Load(GeneratorSession.RunOnce(new CapsuleGenerator(), project.Compile()).Output);
    }

    /// <summary>Loads a program for good.</summary>
    public static Assembly Load(Compilation output)
    {
        using var image = new MemoryStream();
        var result = output.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error)));
        return Assembly.Load(image.ToArray());
    }

    private static (string Path, string Text) Class(string name, IEnumerable<string> members) =>
        ($"{name}.cs", $"{TwinTypes.Usings}public static class {name}\n{{\n{string.Concat(members)}}}\n");
}
