using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Capsule.Generators.Model;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

/// <summary>A value that an HTTP handler takes, and where it comes from.</summary>
internal sealed record BoundValue(BindingTarget Target, ParameterModel Model)
{
    /// <summary>What an attribute says about where it comes from.</summary>
    public ExplicitSource Source => SourceAttributes.On(Target).Source;

    public Location? Location => Target.Symbol.Locations.FirstOrDefault();
}

/// <summary>A <c>[Data]</c> or <c>[Endpoint]</c> method whose parameters can be bound, as the generator reads it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Mark">What makes it a handler.</param>
/// <param name="HttpMethod">The HTTP method it answers, in capitals.</param>
/// <param name="Pattern">Its route.</param>
/// <param name="Values">What it takes; the members of an <c>[AsParameters]</c> type one by one.</param>
internal sealed record BoundHandler(IMethodSymbol Method, HandlerMark Mark, string HttpMethod, string Pattern, IReadOnlyList<BoundValue> Values)
{
    /// <summary>A compilation that is forgotten takes its own along.</summary>
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<ISymbol, BoundHandler?>> Known = new();

    public IReadOnlyList<RouteParameter> RouteParameters { get; } = Mark.Kind == HandlerKind.Endpoint ? RoutePatternCheck.Parameters(Pattern) : [];

    /// <summary>The result without the task around it; null for none.</summary>
    public ITypeSymbol? Result => ReturnParser.Unwrap(Method.ReturnType).Result;

    /// <summary>Null for a method that is none, or that a declaration rule reports. Read once for all rules.</summary>
    public static BoundHandler? Of(IMethodSymbol method, Compilation compilation) =>
        method.PartialDefinitionPart is not null || method.GetAttributes().IsEmpty ? null : Known
            .GetValue(compilation, _ => new ConcurrentDictionary<ISymbol, BoundHandler?>(SymbolEqualityComparer.Default))
            .GetOrAdd(method, static method => Read((IMethodSymbol)method));

    private static BoundHandler? Read(IMethodSymbol method)
    {
        var problems = new ProblemList();
        if (HandlerMark.On(method) is not [{ IsHttp: true } mark] || !new ShapeCheck(problems).Passes(method)
            || ReturnParser.Parse(method, mark, problems) is null || RouteOf(mark) is not var (httpMethod, pattern))
        {
            return null;
        }
        var values = new List<BoundValue>();
        var parser = new HttpParameterParser(mark.Kind, httpMethod, pattern, problems, (target, model) => values.Add(new BoundValue(target, model)));
        foreach (var parameter in method.Parameters)
            parser.Parse(parameter);
        return problems.Count == 0 ? new BoundHandler(method, mark, httpMethod, pattern, values) : null;
    }

    /// <summary>Whether the handler, or the constructor of its class, is given one of these types.</summary>
    public bool Takes(params string[] types) =>
        Method.Parameters.Concat(Method.IsStatic ? [] : Method.ContainingType.InstanceConstructors.SelectMany(constructor => constructor.Parameters))
            .Any(parameter => types.Any(type => parameter.Type.Is(type)));

    private static (string HttpMethod, string Pattern)? RouteOf(HandlerMark mark)
    {
        if (mark.Kind == HandlerKind.Data)
            return mark.Text(0) is { } name ? ("GET", "/data/" + RoutePattern.Escape(name)) : null;
        return mark.Text(0) is { Length: > 0 } httpMethod && mark.Text(1) is { } pattern && RoutePatternCheck.Find(pattern) is null
            ? (httpMethod.ToUpperInvariant(), pattern)
            : null;
    }
}
