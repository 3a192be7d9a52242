using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>
/// Writes the method that makes a handler's RequestDelegate: what can be known at start is prepared once, and the delegate inside
/// binds, calls and answers. It is an async method only where it has to wait before the call or clean up after it.
/// </summary>
internal static class HttpDelegateEmitter
{
    public static void Emit(SourceWriter writer, HttpHandlerModel handler, string factory)
    {
        var method = handler.Method;
        writer.WriteLine($"// {handler.HttpMethod} {Printable(handler.Pattern)} -> {method.Id}");
        using (writer.Block($"private static {Known.RequestDelegate} {factory}({Known.Hosting}HttpHandlerContext context)"))
        {
            for (var i = 0; i < method.Parameters.Count; i++)
                HttpArgument.EmitPreparation(writer, method.Parameters[i], i, factory);
            if (ResponseCall.Preparation(handler.Response) is { } response)
                writer.WriteLine($"var response = {response};");
            writer.WriteLine("return InvokeAsync;");
            writer.WriteLine();
            var isAsync = method.Instance is { Disposal: not Disposal.None } || method.Parameters.Any(HttpArgument.Waits);
            var keyword = isAsync ? "async " : "";
            using (writer.Block($"{keyword}{Known.Task} InvokeAsync({Known.HttpContext} http)"))
                EmitBody(writer, handler, isAsync);
        }
    }

    private static void EmitBody(SourceWriter writer, HttpHandlerModel handler, bool isAsync)
    {
        var method = handler.Method;
        EmitBinding(writer, method.Parameters, isAsync);
        if (method.Parameters.Concat(method.Instance?.Constructor ?? []).Any(HttpArgument.NeedsCaller))
            HttpArgument.EmitCaller(writer);
        var target = method.Instance is null ? method.Type : $"new {method.Type}({HttpArgument.List(method.Instance.Constructor)})";
        if (method.Instance is { Disposal: not Disposal.None } instance)
        {
            var keyword = instance.Disposal == Disposal.Asynchronous ? "await using" : "using";
            writer.WriteLine($"{keyword} var handler = {target};");
            target = "handler";
        }

        var call = $"{target}.{CSharp.Identifier(method.Name)}({HttpArgument.List(method.Parameters)})";
        ResponseCall.Emit(writer, handler, call, isAsync);
    }

    /// <summary>The body first, as ASP.NET Core does; then every other value is tried, so that one answer names all that is wrong.</summary>
    private static void EmitBinding(SourceWriter writer, EquatableArray<ParameterModel> parameters, bool isAsync)
    {
        var hasBound = false;
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i] is not BodyParameter)
                continue;
            writer.WriteLine($"var body{i} = await parameter{i}.ReadAsync(http);");
            writer.WriteLine($"if (body{i}.IsRefused)");
            using (writer.Indent())
                writer.WriteLine("return;");
        }
        for (var i = 0; i < parameters.Count; i++)
        {
            if (HttpArgument.TryBind(parameters[i], i) is not { } bind)
                continue;
            writer.WriteLine(hasBound ? $"bound &= {bind};" : $"var bound = {bind};");
            hasBound = true;
        }
        if (hasBound)
        {
            writer.WriteLine("if (!bound)");
            EmitAnswer($"{Known.Hosting}BindingFailures.AnswerAsync(http)");
        }
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i] is not InjectedParameter { What: Injected.Session } session)
                continue;
            writer.WriteLine($"var session{i} = await {Known.Hosting}SessionParameter.OpenAsync(http, isOptional: {CSharp.Boolean(session.IsNullable)});");
            writer.WriteLine($"if (session{i}.IsRefused)");
            using (writer.Indent())
                writer.WriteLine("return;");
            writer.WriteLine($"session{i}.MakeCurrent();");
        }

        void EmitAnswer(string answer)
        {
            if (!isAsync)
            {
                using (writer.Indent())
                    writer.WriteLine($"return {answer};");
                return;
            }
            using (writer.Block(""))
            {
                writer.WriteLine($"await {answer};");
                writer.WriteLine("return;");
            }
        }
    }

    /// <summary>A pattern in a comment stays on its line.</summary>
    private static string Printable(string pattern) => CSharp.Literal(pattern).Trim('"');
}
