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
            FilteredCall.EmitPreparation(writer, method);
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
        var canFail = EmitBinding(writer, plan, isAsync);
        var takesCaller = plan.Exists(bound => HttpArgument.NeedsCaller(bound.Parameter));
        if (takesCaller)
            HttpArgument.EmitCaller(writer);
        FilteredCall.Emit(writer, method, canFail, isAsync);
        if (!takesCaller && method.Instance?.Constructor.Any(HttpArgument.NeedsCaller) == true)
            HttpArgument.EmitCaller(writer);
        var target = EmitTarget(writer, method);
        ResponseCall.Emit(writer, handler, $"{target}.{CSharp.Identifier(method.Name)}({HttpArgument.List(method.Parameters)})", isAsync);
    }

    /// <summary>Makes the object of a handler that has one. Returns what the method is called on.</summary>
    public static string EmitTarget(SourceWriter writer, MethodModel method)
    {
        if (method.Instance is not { } instance)
            return method.Type;
        var target = $"new {method.Type}({HttpArgument.List(instance.Constructor)})";
        if (instance.Disposal == Disposal.None)
            return target;
        writer.WriteLine($"{(instance.Disposal == Disposal.Asynchronous ? "await using" : "using")} var handler = {target};");
        return "handler";
    }

    /// <summary>
    /// As ASP.NET Core does: first types that bind themselves, or may turn out to, then the form or the body; then every other value is tried, so that one
    /// answer names all that is wrong. Filters see what is wrong, too, and what they make of it is the answer.
    /// </summary>
    /// <returns>Whether there is a local that says how it went.</returns>
    private static bool EmitBinding(SourceWriter writer, List<BoundValue> plan, bool isAsync)
    {
        foreach (var bound in plan)
        {
            if (bound.Parameter is CustomParameter custom)
                writer.WriteLine($"var bound{bound.Id} = await {HttpArgument.Custom(custom, bound.Id)};");
            else if (bound.Parameter is BodyParameter { Undecided: not null })
                EmitReading(bound);
        }
        if (plan.Exists(bound => HttpArgument.IsOfForm(bound.Parameter)))
        {
            writer.WriteLine("var form = await formReader.ReadAsync(http);");
            EmitReturnIf("form is null");
        }
        foreach (var bound in plan)
        {
            if (bound.Parameter is BodyParameter { Undecided: null })
                EmitReading(bound);
        }
        var hasBound = false;
        // ASP.NET Core makes objects of a form after all else.
        foreach (var bound in plan.OrderBy(bound => bound.Parameter is FormObjectParameter))
        {
            if (HttpArgument.TryBind(bound.Parameter, bound.Id) is not { } bind)
                continue;
            writer.WriteLine(hasBound ? $"bound &= {bind};" : $"var bound = {bind};");
            hasBound = true;
        }
        if (hasBound)
        {
            writer.WriteLine("if (!bound && filters is null)");
            EmitAnswer($"{Known.Hosting}BindingFailures.AnswerAsync(http)");
        }
        foreach (var bound in plan)
        {
            if (bound.Parameter is not InjectedParameter { What: Injected.Session } session)
                continue;
            var open = $"await {Known.Hosting}SessionParameter.OpenAsync(http, isOptional: {CSharp.Boolean(session.IsNullable)})";
            writer.WriteLine($"var session{bound.Id} = {(hasBound ? $"!bound ? default : {open}" : open)};");
            EmitReturnIf($"session{bound.Id}.IsRefused");
            writer.WriteLine($"session{bound.Id}.MakeCurrent();");
        }
        return hasBound;

        void EmitReading(BoundValue bound)
        {
            writer.WriteLine($"var body{bound.Id} = await parameter{bound.Id}.ReadAsync(http);");
            EmitReturnIf($"body{bound.Id}.IsRefused");
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
        var (type, name) = first switch
        {
            FormParameter form => (form.DisplayType, form.DisplayName),
            FormObjectParameter form => (form.DisplayType, form.Name),
            _ => (((ValueParameter)first).DisplayType, ((ValueParameter)first).DisplayName),
        };
        return $"new {Known.Hosting}FormReader({CSharp.Literal(type)}, {CSharp.Literal(name)})";
    }

    /// <summary>A pattern in a comment stays on its line.</summary>
    private static string Printable(string pattern) => CSharp.Literal(pattern).Trim('"');
}
