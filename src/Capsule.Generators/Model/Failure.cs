using Capsule.Generators.Infrastructure;

namespace Capsule.Generators.Model;

/// <summary>What only the generator can report: CAP0901 or CAP0902.</summary>
internal sealed record Failure(string Rule, EquatableArray<string> Arguments);
