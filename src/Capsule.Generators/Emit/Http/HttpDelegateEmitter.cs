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
        var plan = BindingPlan.Of(method.Parameters).ToList();
        writer.WriteLine($"// {handler.HttpMethod} {Printable(handler.Pattern)} -> {method.Id}");
        using (writer.Block($"private static {Known.RequestDelegate} {factory}({Known.Hosting}HttpHandlerContext context)"))
        {
            foreach (var bound in plan)
                HttpArgument.EmitPreparation(writer, bound, factory);
            if (plan.Find(bound => HttpArgument.IsOfForm(bound.Parameter)) is { } first)
                writer.WriteLine($"var formReader = {FormReader(first.Parameter)};");
            if (ResponseCall.Preparation(handler.Response) is { } response)
                writer.WriteLine($"var response = {response};");
            writer.WriteLine("return InvokeAsync;");
            writer.WriteLine();
            var isAsync = method.Instance is { Disposal: not Disposal.None } || plan.Exists(bound => HttpArgument.Waits(bound.Parameter));
            var keyword = isAsync ? "async " : "";
            using (writer.Block($"{keyword}{Known.Task} InvokeAsync({Known.HttpContext} http)"))
                EmitBody(writer, handler, plan, isAsync);
        }
    }

    private static void EmitBody(SourceWriter writer, HttpHandlerModel handler, List<BoundValue> plan, bool isAsync)
    {
        var method = handler.Method;
        EmitBinding(writer, plan, isAsync);
        if (plan.Select(bound => bound.Parameter).Concat(method.Instance?.Constructor ?? []).Any(HttpArgument.NeedsCaller))
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

    /// <summary>
    /// As ASP.NET Core does: first types that bind themselves, then the form or the body; then every other value is tried, so that one
    /// answer names all that is wrong.
    /// </summary>
    private static void EmitBinding(SourceWriter writer, List<BoundValue> plan, bool isAsync)
    {
        foreach (var bound in plan)
        {
            if (bound.Parameter is CustomParameter custom)
                writer.WriteLine($"var bound{bound.Id} = await {HttpArgument.Custom(custom, bound.Id)};");
        }
        if (plan.Exists(bound => HttpArgument.IsOfForm(bound.Parameter)))
        {
            writer.WriteLine("var form = await formReader.ReadAsync(http);");
            EmitReturnIf("form is null");
        }
        foreach (var bound in plan)
        {
            if (bound.Parameter is not BodyParameter)
                continue;
            writer.WriteLine($"var body{bound.Id} = await parameter{bound.Id}.ReadAsync(http);");
            EmitReturnIf($"body{bound.Id}.IsRefused");
        }
        var hasBound = false;
        foreach (var bound in plan)
        {
            if (HttpArgument.TryBind(bound.Parameter, bound.Id) is not { } bind)
                continue;
            writer.WriteLine(hasBound ? $"bound &= {bind};" : $"var bound = {bind};");
            hasBound = true;
        }
        if (hasBound)
        {
            writer.WriteLine("if (!bound)");
            EmitAnswer($"{Known.Hosting}BindingFailures.AnswerAsync(http)");
        }
        foreach (var bound in plan)
        {
            if (bound.Parameter is not InjectedParameter { What: Injected.Session } session)
                continue;
            writer.WriteLine($"var session{bound.Id} = await {Known.Hosting}SessionParameter.OpenAsync(http, isOptional: {CSharp.Boolean(session.IsNullable)});");
            EmitReturnIf($"session{bound.Id}.IsRefused");
            writer.WriteLine($"session{bound.Id}.MakeCurrent();");
        }

        void EmitReturnIf(string condition)
        {
            writer.WriteLine($"if ({condition})");
            using (writer.Indent())
                writer.WriteLine("return;");
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

    /// <summary>What cannot be read is reported under the name of the first parameter that needs it.</summary>
    private static string FormReader(ParameterModel first)
    {
        var (type, name) = first is FormParameter form ? (form.DisplayType, form.DisplayName) : (((ValueParameter)first).DisplayType, ((ValueParameter)first).DisplayName);
        return $"new {Known.Hosting}FormReader({CSharp.Literal(type)}, {CSharp.Literal(name)})";
    }

    /// <summary>A pattern in a comment stays on its line.</summary>
    private static string Printable(string pattern) => CSharp.Literal(pattern).Trim('"');
}
