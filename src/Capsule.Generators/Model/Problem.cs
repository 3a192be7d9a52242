using Capsule.Generators.Infrastructure;

namespace Capsule.Generators.Model;

/// <summary>What an assembly declares, and the declarations that give no output. Analyzers report those; the generator passes over them.</summary>
internal sealed record ParseResult(AssemblyModel Assembly, EquatableArray<Problem> Problems);

/// <summary>Why a declaration gives no output: a rule, what its message names, and where.</summary>
internal sealed record Problem(string Rule, SourceSpan Location, EquatableArray<string> Arguments);

/// <summary>A place in a source file. Analyzers find the tree by its path, so that a pragma beside it counts.</summary>
internal readonly record struct SourceSpan(string Path, int Start, int Length);

/// <summary>What only the generator can report: CAP0901 or CAP0902.</summary>
internal sealed record Failure(string Rule, EquatableArray<string> Arguments);
