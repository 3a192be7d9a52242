using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>
/// Writes how a handler is called through the endpoint filters of its group: the arguments go into a context that filters can look at and change, and
/// the handler at the end of them takes its arguments from there. Without filters all this is one comparison with null.
/// </summary>
internal static class FilteredCall
{
    /// <summary>The framework makes contexts that keep the arguments' types up to this many; with more, arguments are boxed.</summary>
    private const int MaxTyped = 8;

    /// <summary>The pipeline, made at start.</summary>
    public static void EmitPreparation(SourceWriter writer, MethodModel method)
    {
        if (method is { Instance: null, Returns: not { Shape: ReturnShape.Direct, Result: null } })
        {
            writer.WriteLine($"var filters = context.Filters(static call => {Result(method, method.Type)});");
            return;
        }
        var isAsync = method.Instance is { Disposal: not Disposal.None };
        using (writer.Block($"var filters = context.Filters(static {(isAsync ? "async " : "")}call =>", ");"))
        {
            if (method.Instance is { Constructor.IsEmpty: false } instance)
            {
                writer.WriteLine("var http = call.HttpContext;");
                if (instance.Constructor.Any(HttpArgument.NeedsCaller))
                    HttpArgument.EmitCaller(writer);
            }
            var result = Result(method, HttpDelegateEmitter.EmitTarget(writer, method));
            if (method.Returns is { Shape: ReturnShape.Direct, Result: null })
            {
                writer.WriteLine($"{result};");
                result = $"{Known.Hosting}FilteredResult.None()";
            }
            writer.WriteLine($"return {(isAsync ? "await " : "")}{result};");
        }
    }

    /// <summary>The way of a request where there are filters.</summary>
    public static void Emit(SourceWriter writer, MethodModel method, bool canFail, bool isAsync)
    {
        var context = method.Parameters.Count > MaxTyped ? $"new {Known.Http}DefaultEndpointFilterInvocationContext" : $"{Known.Http}EndpointFilterInvocationContext.Create";
        var arguments = method.Parameters.IsEmpty ? "http" : $"http, {HttpArgument.List(method.Parameters)}";
        var invoke = $"filters.InvokeAsync(http, {(canFail ? "bound" : "true")}, {context}({arguments}))";
        writer.WriteLine("if (filters is not null)");
        if (!isAsync)
        {
            using (writer.Indent())
                writer.WriteLine($"return {invoke};");
            return;
        }
        using (writer.Block(""))
        {
            writer.WriteLine($"await {invoke};");
            writer.WriteLine("return;");
        }
    }

    /// <summary>The call with the arguments that filters have left, and its result as they see it.</summary>
    private static string Result(MethodModel method, string target)
    {
        var arguments = string.Join(", ", method.ParameterTypes.Select((type, position) => $"call.GetArgument<{type}>({CSharp.Number(position)})"));
        var call = $"{target}.{CSharp.Identifier(method.Name)}({arguments})";
        return method.Returns switch
        {
            { Shape: ReturnShape.Direct, Result: null } => call,
            { Shape: ReturnShape.Direct } => $"{Known.Hosting}FilteredResult.Of({call})",
            var returns => $"{Known.Hosting}FilteredResult.Of{returns.Shape}({call})",
        };
    }
}
