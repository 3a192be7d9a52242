using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads parameters of handlers that no HTTP request calls, and of constructors.</summary>
internal sealed class InvocationParameterParser(HandlerKind kind, ProblemList problems, bool isConstructor = false)
{
    public ParameterModel? Parse(IParameterSymbol parameter)
    {
        if (InjectedParser.Parse(parameter.Type) is { } injected)
        {
            if (InjectedParser.IsFor(injected.What, kind))
                return injected;
            problems.Add(
                kind == HandlerKind.Schedule && injected.What is not (Injected.Message or Injected.TaskProgress) ? Rules.RequestInSchedule : Rules.WrongParameter,
                parameter, parameter.Name, parameter.Type.ToReadable(), isConstructor ? "constructors of handler classes" : $"handlers marked [{kind}]");
            return null;
        }
        return kind == HandlerKind.Task && !ServiceParser.IsMarked(parameter) && IsStorable(parameter.Type)
            ? new TaskArgument(parameter.Name, parameter.Type.ToCode(), Constants.DefaultOf(parameter))
            : ServiceParser.Parse(parameter);
    }

    /// <summary>
    /// Whether a task's parameter is an argument, which is stored as JSON, and not a service: interfaces other than those of
    /// collections, abstract classes that are not polymorphic JSON, and delegates are services; everything else needs <c>[FromServices]</c>.
    /// </summary>
    private static bool IsStorable(ITypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Interface => type.AllInterfaces.Any(candidate => candidate.Is("System.Collections.IEnumerable"))
            || type.Is("System.Collections.IEnumerable"),
        TypeKind.Delegate => false,
        TypeKind.Class => !type.IsAbstract || type.IsAnonymousType || type.HasAttribute("System.Text.Json.Serialization.JsonDerivedTypeAttribute")
            || type.HasAttribute("System.Text.Json.Serialization.JsonPolymorphicAttribute") || type.Is("System.Text.Json.Nodes.JsonNode"),
        _ => true,
    };
}
