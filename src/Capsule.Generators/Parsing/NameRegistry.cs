using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Names that an assembly may use once. The first declaration keeps a name, in the order of types and members.</summary>
internal sealed class NameRegistry(ProblemList problems)
{
    private const string DefaultChat = "default chat";

    private readonly HashSet<(string Kind, string? Key)> taken = [];
    private readonly List<Request> requests = [];

    /// <summary>Takes a name, or reports that it is taken.</summary>
    public bool Take(string kind, string name, ISymbol declaration) => Take(new Request(kind, name, name, declaration));

    /// <summary>Takes the chat that a message without a chat's name belongs to.</summary>
    public bool TakeDefaultChat(ISymbol declaration) => Take(new Request(DefaultChat, "", declaration.ToReadable(), declaration));

    /// <summary>Takes a route, unless the host keeps it for itself.</summary>
    public bool TakeRoute(string httpMethod, string pattern, IMethodSymbol declaration)
    {
        var isReserved = RouteKey.IsReserved(pattern);
        return (!isReserved && !RouteKey.TellsApart(declaration))
            || Take(new Request("route", isReserved ? null : RouteKey.Of(httpMethod, pattern), $"{httpMethod} {pattern}", declaration));
    }

    /// <summary>Takes all that another registry was asked for, so that what was read apart is compared without being read again.</summary>
    public void TakeAllOf(NameRegistry other)
    {
        ISymbol? refused = null;
        foreach (var request in other.requests)
        {
            if (!ReferenceEquals(request.Declaration, refused) && !Take(request))
                refused = request.Declaration;
        }
    }

    private bool Take(Request request)
    {
        requests.Add(request);
        if (request.Key is not null && taken.Add((request.Kind, request.Key)))
            return true;
        if (request.Kind == DefaultChat)
            problems.Add(Rules.SecondDefaultMessage, request.Declaration, request.Name);
        else
            problems.Add(Rules.DuplicateName, request.Declaration, request.Kind, request.Name, request.Key is null ? "Capsule itself" : "another declaration");
        return false;
    }

    /// <summary>What a declaration wants for itself; without a key, what it can't have.</summary>
    private sealed record Request(string Kind, string? Key, string Name, ISymbol Declaration);
}
