using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads what validation attributes ask of a handler's arguments, those excepted that no client supplies.</summary>
internal static class ValidationParser
{
    public static ValidationModel Parse(IMethodSymbol method, IReadOnlyList<ParameterModel> parameters)
    {
        var graph = new ValidatedTypeGraph(method.ContainingAssembly);
        var isMarked = false;
        for (var i = 0; i < parameters.Count; i++)
        {
            var parameter = method.Parameters[i];
            if (parameters[i] is InjectedParameter or ServiceParameter || ValidationRules.IsSkipped(parameter))
                continue;
            isMarked |= ValidationRules.HasRules(parameter);
            graph.Add(parameter.Type);
        }
        var types = graph.Find();
        return isMarked || !types.IsEmpty ? new ValidationModel(true, types) : ValidationModel.None;
    }
}
