using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Names that an assembly may use once. The first declaration keeps a name, in the order of types and members.</summary>
internal sealed class NameRegistry(ProblemList problems)
{
    private readonly HashSet<(string Kind, string Name)> taken = [];

    /// <summary>Takes a name, or reports that it is taken.</summary>
    public bool Take(string kind, string name, ISymbol declaration)
    {
        if (taken.Add((kind, name)))
            return true;
        problems.Add(Rules.DuplicateName, declaration, kind, name);
        return false;
    }
}
