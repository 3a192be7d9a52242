using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>
/// Writes what lets the final compilation decide how a type is bound: calls of the methods that another generator may have added to it, and
/// stand-ins for them that only apply where the type has none. Which was called is seen from what it returns.
/// </summary>
internal static class DecisionEmitter
{
    private const string Decide = Known.Hosting + "Decide.";
    private const string Absent = Known.Hosting + "Absent";
    private const string Parameter = "global::System.Reflection.ParameterInfo";
    private const string Provider = "global::System.IFormatProvider";

    public static string NameOf(string factory, BoundValue bound) => $"{factory}Decision{bound.Id}";

    public static void Emit(SourceWriter members, HttpHandlerModel handler, string factory)
    {
        foreach (var bound in BindingPlan.Of(handler.Method.Parameters))
        {
            if (TypeOf(bound.Parameter) is not { } type)
                continue;
            members.WriteLine();
            members.WriteLine($"private static readonly {Known.Hosting}Decision<{type}> {NameOf(factory, bound)} = new(");
            using (members.Indent())
            {
                members.WriteLine($"{Decide}Bindable<{type}>(0)");
                members.WriteLine($"    ?? {Decide}Binder<{type}>(static ({Known.HttpContext} http, {Parameter} parameter) => {type}.BindAsync(http, parameter))");
                members.WriteLine($"    ?? {Decide}Binder<{type}>(static ({Known.HttpContext} http) => {type}.BindAsync(http)),");
                members.WriteLine($"{Decide}Parsable<{type}>(0)");
                members.WriteLine($"    ?? {Decide}Parser<{type}>(static (string text, {Provider} provider, out {type} value) => {type}.TryParse(text, provider, out value))");
                members.WriteLine($"    ?? {Decide}Parser<{type}>(static (string text, out {type} value) => {type}.TryParse(text, out value)));");
            }
        }
    }

    /// <summary>The stand-ins, for each type once.</summary>
    public static void EmitStandIns(SourceWriter writer, TypeModel type)
    {
        var types = type.Handlers.OfType<HttpHandlerModel>()
            .SelectMany(handler => BindingPlan.Of(handler.Method.Parameters))
            .Select(bound => TypeOf(bound.Parameter)).OfType<string>().Distinct().ToList();
        for (var i = 0; i < types.Count; i++)
        {
            writer.WriteLine();
            using (writer.Block($"file static class StandIns{CSharp.Number(i)}"))
            using (writer.Block($"extension({types[i]})"))
            {
                writer.WriteLine($"public static {Absent} BindAsync({Known.HttpContext} http, {Parameter} parameter) => default;");
                writer.WriteLine($"public static {Absent} BindAsync({Known.HttpContext} http) => default;");
                EmitTryParse(writer, $"string text, {Provider} provider, out {types[i]} value");
                EmitTryParse(writer, $"string text, out {types[i]} value");
            }
        }
    }

    private static void EmitTryParse(SourceWriter writer, string parameters)
    {
        using (writer.Block($"public static {Absent} TryParse({parameters})"))
        {
            writer.WriteLine("value = default!;");
            writer.WriteLine("return default;");
        }
    }

    private static string? TypeOf(ParameterModel parameter) => parameter switch
    {
        BodyParameter { Undecided: { } undecided } => undecided.Type,
        ValueParameter { Parser: Parser.Undecided } value => value.ValueType,
        _ => null,
    };
}
