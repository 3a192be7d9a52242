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
        problems.Add(Rules.DuplicateName, declaration, kind, name, "another declaration");
        return false;
    }

    /// <summary>Takes the chat that a message without a chat's name belongs to.</summary>
    public bool TakeDefaultChat(ISymbol declaration)
    {
        if (taken.Add(("default chat", "")))
            return true;
        problems.Add(Rules.SecondDefaultMessage, declaration, declaration.ToReadable());
        return false;
    }

    /// <summary>Takes a route, unless the host keeps it for itself.</summary>
    public bool TakeRoute(string httpMethod, string pattern, IMethodSymbol declaration)
    {
        var route = $"{httpMethod} {pattern}";
        if (RouteKey.IsReserved(pattern))
        {
            problems.Add(Rules.DuplicateName, declaration, "route", route, "Capsule itself");
            return false;
        }
        if (!RouteKey.TellsApart(declaration) || taken.Add(("route", RouteKey.Of(httpMethod, pattern))))
            return true;
        problems.Add(Rules.DuplicateName, declaration, "route", route, "another declaration");
        return false;
    }
}
