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

    /// <summary>The caller's parameters, as bits, that are not null when the place is reached.</summary>
    public uint NotNull { get; set; }

    /// <summary>The target's parameters that are given null, as bits.</summary>
    public uint Nulls { get; set; }

    /// <summary>The target's parameters that are given a parameter of the caller as it is.</summary>
    public ImmutableArray<(int From, int To)> Passed { get; set; } = [];
}
