using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>One value to bind.</summary>
/// <param name="Id">What its locals are called by; made from positions only.</param>
/// <param name="Position">Which of the method's parameters it belongs to.</param>
/// <param name="Parameter">Where it comes from.</param>
/// <param name="Info">Its description, as C#: a parameter's is found at start, a property's is made from the property.</param>
internal sealed record BoundValue(string Id, int Position, ParameterModel Parameter, string? Info);

/// <summary>What a handler binds: its parameters, and in place of one that is an object, its members.</summary>
internal static class BindingPlan
{
    public static IEnumerable<BoundValue> Of(EquatableArray<ParameterModel> parameters)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i] is not ObjectParameter composed)
            {
                yield return new(CSharp.Number(i), i, parameters[i], Info: null);
                continue;
            }
            for (var j = 0; j < composed.Members.Count; j++)
                yield return new($"{CSharp.Number(i)}_{CSharp.Number(j)}", i, composed.Members[j].Parameter, InfoOf(composed, j));
        }
    }

    /// <summary>The description of a member of an object, as C#.</summary>
    public static string InfoOf(ObjectParameter composed, int member)
    {
        var property = $"typeof({composed.Type}).GetProperty({CSharp.Literal(composed.Members[member].Property)})!";
        if (composed.Constructor.IsEmpty)
            return $"new {Known.Hosting}MemberParameter({property})";
        var types = string.Join(", ", composed.Constructor.Select(type => $"typeof({type})"));
        return $"new {Known.Hosting}MemberParameter({property}, typeof({composed.Type}).GetConstructor([{types}])!.GetParameters()[{CSharp.Number(member)}])";
    }
}
