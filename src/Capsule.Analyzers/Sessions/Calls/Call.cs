using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Capsule.Analyzers;

/// <summary>A place in a method from which another method runs, or may run. It keeps no node: one keeps alive what the compiler has made of its whole file.</summary>
internal sealed class Call(IMethodSymbol target, SyntaxNode site)
{
    public IMethodSymbol Target { get; } = target;

    public SyntaxTree Tree { get; } = site.SyntaxTree;

    public TextSpan Span { get; } = site.Span;

    /// <summary>Whether it is <c>this(…)</c> or <c>base(…)</c> of a constructor.</summary>
    public bool IsConstructorInitializer { get; } = site is ConstructorInitializerSyntax;

    /// <summary>Whether exactly the target runs when the place is reached: no override, no other implementation, no delegate that somebody may drop.</summary>
    public bool IsCertain { get; set; }

    /// <summary>Whether it sends something to the session that the caller has itself: CAP0301 and CAP0303 report that where it stands.</summary>
    public bool IsOwnOutput { get; set; }

    /// <summary>What the caller's parameters can't be when the place is reached, as the bits of <see cref="TrackedParameters"/>.</summary>
    public uint RuledOut { get; set; }

    /// <summary>What the target's parameters are given, in the same way.</summary>
    public uint Given { get; set; }

    /// <summary>What follows for the target's parameters from the caller's own, each by its bit.</summary>
    public ImmutableArray<(uint From, uint To)> Passed { get; set; } = [];
}
