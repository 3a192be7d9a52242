using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Writes tasks: their registrations, and the types through which they are submitted.</summary>
internal static class TaskEmitter
{
    public static string DefinitionName(TaskHandlerModel task) => task.Name + "Task";

    /// <summary>The class around the definitions of one type, so that equal names in different types don't meet.</summary>
    public static string ContainerName(string typeIdentifier) => typeIdentifier + "Tasks";

    public static void EmitRegistration(SourceWriter writer, TaskHandlerModel task)
    {
        using (writer.Block($"handlers.Add(new {Known.Hosting}TaskHandler", ");"))
        {
            writer.WriteLine($"Id = {CSharp.Literal(task.Method.Id)},");
            writer.WriteLine($"Name = {CSharp.Literal(task.Name)},");
            if (task.Retries != 0)
                writer.WriteLine($"Retries = {task.Retries},");
            if (task.TimeoutSeconds != 0)
                writer.WriteLine($"TimeoutSeconds = {CSharp.Number(task.TimeoutSeconds)},");
            if (task.Lock is not null)
                writer.WriteLine($"Lock = {CSharp.Literal(task.Lock)},");
            if (!task.RetryFor.IsEmpty)
                writer.WriteLine($"IsRetryable = static exception => exception is {string.Join(" or ", task.RetryFor)},");
            writer.WriteLine($"Backoff = {task.Backoff},");
            EmitJsonTypes(writer, task.Method);
            EmitInvoke(writer, task.Method);
        }
    }

    public static void EmitDefinitions(SourceWriter writer, TypeModel type)
    {
        var tasks = type.Handlers.OfType<TaskHandlerModel>().ToList();
        if (tasks.Count == 0)
            return;
        writer.WriteLine();
        writer.WriteLine("/// <summary>How tasks are submitted.</summary>");
        writer.WriteLine(Known.GeneratedCode);
        using (writer.Block($"{Access(tasks.Exists(task => task.IsPublic))} static class {ContainerName(type.Identifier)}"))
        {
            for (var i = 0; i < tasks.Count; i++)
            {
                if (i > 0)
                    writer.WriteLine();
                EmitDefinition(writer, tasks[i]);
            }
        }
    }

    private static void EmitJsonTypes(SourceWriter writer, MethodModel method)
    {
        var types = method.Parameters.OfType<TaskArgument>().Select(argument => argument.Type).Append(method.Returns.Result).OfType<string>()
            .Select(type => $"{Known.Hosting}TaskHandler.TypeOf<{type}>()").Distinct().ToList();
        if (types.Count > 0)
            writer.WriteLine($"JsonTypes = [{string.Join(", ", types)}],");
    }

    private static void EmitInvoke(SourceWriter writer, MethodModel method)
    {
        var result = method.Returns.Result;
        if (result is null)
        {
            using (writer.Block("InvokeAsync = static async (call, task) =>", ","))
            {
                EmitSession(writer, method);
                writer.WriteLine($"{InvocationCall.Await(method)}{Call(writer, method)};");
                writer.WriteLine("return null;");
            }
            return;
        }
        using (writer.Block("InvokeAsync = static async (call, task) =>", ","))
        {
            EmitSession(writer, method);
            var call = $"{InvocationCall.Await(method)}{Call(writer, method)}";
            writer.WriteLine($"return task.Result<{result}>({call});");
        }
    }

    /// <summary>The call; an object to call it on is made on lines before.</summary>
    private static string Call(SourceWriter writer, MethodModel method)
    {
        if (method.Instance is null or { Disposal: Disposal.None })
            return InvocationCall.Of(method);
        InvocationCall.EmitInstance(writer, method);
        return InvocationCall.On("handler", method);
    }

    private static void EmitSession(SourceWriter writer, MethodModel method)
    {
        var session = method.Parameters.OfType<InjectedParameter>().FirstOrDefault(parameter => parameter.What == Injected.Session);
        if (session is not null)
            writer.WriteLine($"var session = task.Session{(session.IsNullable ? "" : "!")};");
    }

    private static void EmitDefinition(SourceWriter writer, TaskHandlerModel task)
    {
        var result = task.Method.Returns.Result;
        var baseType = result is null ? "TaskDefinition" : $"TaskDefinition<{result}>";
        var handle = result is null ? "TaskHandle" : $"TaskHandle<{result}>";
        writer.WriteLine($"/// <summary>{CSharp.XmlText(task.Documentation.Summary ?? $"The task {task.Name}.")}</summary>");
        using (writer.Block(
            $"{Access(task.IsPublic)} sealed class {DefinitionName(task)}({Known.Capsule}TaskClient client) : {Known.Capsule}{baseType}(client, {CSharp.Literal(task.Name)})"))
        {
            EmitSubmit(writer, task, handle);
        }
    }

    private static void EmitSubmit(SourceWriter writer, TaskHandlerModel task, string handle)
    {
        var arguments = task.Method.Parameters.OfType<TaskArgument>().OrderBy(argument => argument.Default is not null).ToList();
        writer.WriteLine("/// <summary>Stores a submission; it runs as soon as a worker is free, or when the options say.</summary>");
        foreach (var argument in arguments)
            writer.WriteLine($"/// <param name=\"{argument.Name}\">{CSharp.XmlText(TextOf(task, argument))}</param>");
        writer.WriteLine("/// <param name=\"options\">When and how it runs.</param>");
        writer.WriteLine("/// <param name=\"cancellationToken\">Cancels the submission, not the task.</param>");
        var parameters = arguments.Select(argument =>
            $"{argument.Type} {CSharp.Identifier(argument.Name)}{(argument.Default is { } value ? $" = {value}" : "")}, ");
        writer.WriteLine(
            $"public {Known.Task}<{Known.Capsule}{handle}> SubmitAsync({string.Concat(parameters)}{Known.Capsule}TaskOptions? options = null, {Known.CancellationToken} cancellationToken = default) =>");
        var added = arguments.Select(argument => $".Add<{argument.Type}>({CSharp.Literal(argument.Name)}, {CSharp.Identifier(argument.Name)})");
        using (writer.Indent())
            writer.WriteLine($"base.SubmitAsync(base.NewArguments(){string.Concat(added)}, options, cancellationToken);");
    }

    private static string TextOf(TaskHandlerModel task, TaskArgument argument) =>
        task.Documentation.Parameters.FirstOrDefault(parameter => parameter.Name == argument.Name)?.Text ?? "An argument of the task.";

    private static string Access(bool isPublic) => isPublic ? "public" : "internal";
}
