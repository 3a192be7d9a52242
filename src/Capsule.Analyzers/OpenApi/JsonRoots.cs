using Capsule.Generators.Model;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

/// <summary>A type that the host reads from JSON or writes as JSON.</summary>
/// <param name="Type">The type.</param>
/// <param name="Name">What has it: a parameter, or what the result belongs to.</param>
/// <param name="Location">Where that is declared.</param>
/// <param name="IsRead">Whether it is read; a result of a task is both.</param>
internal readonly record struct JsonRoot(ITypeSymbol Type, string Name, Location Location, bool IsRead);

/// <summary>Finds what handlers and documents need JSON for. What may turn out to be a service is left out: only run time knows.</summary>
internal static class JsonRoots
{
    public static IEnumerable<JsonRoot> Of(IMethodSymbol method, Compilation compilation) => HandlerMark.On(method) switch
    {
        _ when method.PartialDefinitionPart is not null => [],
        [{ IsHttp: true }] => BoundHandler.Of(method, compilation) is { } handler ? OfHttp(handler) : [],
        [{ Kind: HandlerKind.Task } mark] => OfTask(method, mark),
        _ => [],
    };

    public static IEnumerable<JsonRoot> Of(INamedTypeSymbol type) =>
        type.Arity == 0 && type.GetAttributes().Any(attribute => attribute.AttributeClass.IsCapsule("DocumentAttribute"))
            ? [new(type, type.Name, type.Locations[0], IsRead: true)]
            : [];

    private static IEnumerable<JsonRoot> OfHttp(BoundHandler handler)
    {
        foreach (var value in handler.Values)
        {
            if (value is { Model: BodyParameter { IsExplicit: true }, Location: { } location })
                yield return new(value.Target.Type, value.Target.Name, location, IsRead: true);
        }
        foreach (var type in ResultsIn(handler.Result))
            yield return new(type, handler.Method.Name, handler.Method.Locations[0], IsRead: false);
    }

    /// <summary>What is written as JSON: the result itself, or the values inside the framework's typed results.</summary>
    private static IEnumerable<ITypeSymbol> ResultsIn(ITypeSymbol? result)
    {
        if (result is null)
            return [];
        if (ResponseParser.Parse(result).Kind == ResponseKind.Json)
            return [result];
        return result is INamedTypeSymbol named && named.ContainingNamespace.ToDisplayString() == "Microsoft.AspNetCore.Http.HttpResults"
            ? named.TypeArguments.SelectMany(argument => argument.Implements("Microsoft.AspNetCore.Http.IResult") ? ResultsIn(argument) : [argument])
            : [];
    }

    private static IEnumerable<JsonRoot> OfTask(IMethodSymbol method, HandlerMark mark)
    {
        if (!new ShapeCheck(new ProblemList()).Passes(method) || ReturnParser.Parse(method, mark, new ProblemList()) is null)
            yield break;
        var parser = new InvocationParameterParser(HandlerKind.Task, new ProblemList());
        foreach (var parameter in method.Parameters)
        {
            if (parser.Parse(parameter) is TaskArgument)
                yield return new(parameter.Type, parameter.Name, parameter.Locations[0], IsRead: true);
        }
        if (ReturnParser.Unwrap(method.ReturnType).Result is { } result)
            yield return new(result, method.Name, method.Locations[0], IsRead: true);
    }
}
