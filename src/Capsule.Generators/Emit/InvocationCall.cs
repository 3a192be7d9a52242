using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Writes calls whose arguments come from an <c>Invocation</c>, by the names that invokers and registrations give their parameters.</summary>
internal static class InvocationCall
{
    /// <summary>The call of a method whose object, if it has one, needs no disposal.</summary>
    public static string Of(MethodModel method) => method.Instance is { } instance
        ? On($"new {method.Type}({Arguments(instance.Constructor)})", method)
        : On(method.Type, method);

    /// <summary>The call on an object or type.</summary>
    public static string On(string target, MethodModel method) =>
        $"{target}.{CSharp.Identifier(method.Name)}({Arguments(method.Parameters)})";

    /// <summary>Makes the object that the method is called on, and gives it up at the end of the block.</summary>
    public static void EmitInstance(SourceWriter writer, MethodModel method)
    {
        var keyword = method.Instance!.Disposal switch
        {
            Disposal.Asynchronous => "await using var",
            Disposal.Synchronous => "using var",
            _ => "var",
        };
        writer.WriteLine($"{keyword} handler = new {method.Type}({Arguments(method.Instance.Constructor)});");
    }

    public static string Await(MethodModel method) => method.Returns.Shape == ReturnShape.Direct ? "" : "await ";

    private static string Arguments(EquatableArray<ParameterModel> parameters) => string.Join(", ", parameters.Select(Argument));

    private static string Argument(ParameterModel parameter) => parameter switch
    {
        InjectedParameter injected => Given(injected),
        ServiceParameter service => ServiceArgument.From("call", service),
        TaskArgument { Default: { } value } argument => $"task.Argument<{argument.Type}>({CSharp.Literal(argument.Name)}, {value})",
        TaskArgument argument => $"task.Argument<{argument.Type}>({CSharp.Literal(argument.Name)})",
        _ => throw new InvalidOperationException($"{parameter.GetType().Name} belongs to HTTP handlers."),
    };

    private static string Given(InjectedParameter parameter) => parameter.What switch
    {
        Injected.CancellationToken => "call.CancellationToken",
        Injected.Collection => $"call.Collection<{parameter.Type}>()",
        Injected.Database => "call.Db",
        Injected.TaskClient => "call.Tasks",
        Injected.Session => "session",
        Injected.Message => "message",
        Injected.ScheduleRun => "run",
        Injected.TaskProgress => "task.Progress",
        _ => throw new InvalidOperationException($"{parameter.What} belongs to HTTP handlers."),
    };
}

/// <summary>Writes how a service is asked for: the same methods exist on an <c>Invocation</c> and on <c>RequestValues</c>.</summary>
internal static class ServiceArgument
{
    /// <param name="source">What has the methods.</param>
    /// <param name="service">The service.</param>
    /// <param name="first">A first argument for each of the methods; empty for none.</param>
    public static string From(string source, ServiceParameter service, string first = "")
    {
        var optional = service.IsOptional ? "Optional" : "";
        var keyed = service.Key is null ? "" : "Keyed";
        var separator = first.Length > 0 && service.Key is not null ? ", " : "";
        var otherwise = service.Default is null ? "" : $" ?? {service.Default}";
        return $"{source}.{optional}{keyed}Service<{service.Type}>({first}{separator}{service.Key}){otherwise}";
    }
}
