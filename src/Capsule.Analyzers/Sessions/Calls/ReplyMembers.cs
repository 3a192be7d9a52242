using System.Collections.Concurrent;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

/// <summary>Which methods reply to a session, or may do so although their bodies are out of sight.</summary>
internal sealed class ReplyMembers(Compilation compilation)
{
    private const string Abstractions = "Capsule.Abstractions";

    private readonly IAssemblySymbol source = compilation.Assembly;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> askCanReply = new(SymbolEqualityComparer.Default);
    private readonly Lazy<HashSet<IAssemblySymbol>> referencing = new(() => Referencing(compilation));

    /// <summary>Whether the method can be part of a way to a reply: one of this compilation, or of an assembly that knows Capsule.</summary>
    public bool IsRelevant(IMethodSymbol method)
    {
        var assembly = method.ContainingAssembly;
        return ReferenceEquals(assembly, source) || (assembly is not null && referencing.Value.Contains(assembly));
    }

    private bool IsInSource(IMethodSymbol method) => ReferenceEquals(method.ContainingAssembly, source);

    /// <summary>Whether it may be the author's way of asking whether the session can reply.</summary>
    public bool AsksCanReply(IMethodSymbol method) =>
        method.ReturnType.SpecialType == SpecialType.System_Boolean && IsInSource(method) && askCanReply.GetOrAdd(method, ReplyQuestions.IsAskedIn);

    /// <summary>Whether calling it sends something to the session, whatever else happens.</summary>
    public static bool IsOutput(IMethodSymbol method) => SessionMembers.IsOutput(method);

    /// <summary>Whether it replies in some cases that can't be seen from outside.</summary>
    public static bool MayReply(IMethodSymbol method) =>
        SessionMembers.MayPrompt(method) || HasMark(method, "MayReplyAttribute");

    public static bool DoesNotReply(IMethodSymbol method) => HasMark(method, "DoesNotReplyAttribute");

    private static bool HasMark(IMethodSymbol method, string name)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass.IsCapsule(name))
                return true;
        }
        return false;
    }

    private static HashSet<IAssemblySymbol> Referencing(Compilation compilation) => new(
        compilation.SourceModule.ReferencedAssemblySymbols.Where(assembly =>
            assembly.Name == Abstractions || assembly.Modules.Any(module => module.ReferencedAssemblies.Any(identity => identity.Name == Abstractions))),
        SymbolEqualityComparer.Default);
}
