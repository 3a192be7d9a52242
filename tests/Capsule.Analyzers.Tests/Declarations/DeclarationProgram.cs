namespace Capsule.Analyzers.Tests.Declarations;

/// <summary>Programs in which everything marked with a Capsule attribute has a name of its own.</summary>
internal static class DeclarationProgram
{
    public const string NearMiss = "// Near ";

    private const string Usings = """
        using Capsule;
        using Microsoft.AspNetCore.Http.HttpResults;
        using Microsoft.AspNetCore.Http.Metadata;
        using Microsoft.AspNetCore.Mvc;

        """;

    /// <summary>Members of a class called <c>App</c>.</summary>
    public static string Members(string members) => $"{Usings}public class App\n{{\n    {members}\n}}\n";

    /// <summary>Types.</summary>
    public static string Types(string types) => Usings + types;

    /// <summary>Correct programs that come near to what a rule reports; a comment says which.</summary>
    public static IEnumerable<string> Near(string rule, params string[] programs) => programs.Select(program => $"{NearMiss}{rule}\n{program}");
}
