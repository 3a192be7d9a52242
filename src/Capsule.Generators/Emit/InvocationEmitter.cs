using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Writes the registrations of message, schedule and lifecycle handlers.</summary>
internal static class InvocationEmitter
{
    public static void Emit(SourceWriter registration, SourceWriter members, HandlerModel handler, string invoker)
    {
        var (type, parameters) = handler switch
        {
            MessageHandlerModel => ("MessageHandler", $", {Known.Capsule}Session session, {Known.Capsule}Message message"),
            ScheduleHandlerModel => ("ScheduleHandler", $", {Known.Capsule}Session session, {Known.Capsule}ScheduleRun run"),
            SessionEventHandlerModel => ("SessionEventHandler", $", {Known.Capsule}Session session"),
            _ => ("AppEventHandler", ""),
        };
        using (registration.Block($"handlers.Add(new {Known.Hosting}{type}", ");"))
        {
            registration.WriteLine($"Id = {CSharp.Literal(handler.Method.Id)},");
            EmitSettings(registration, handler);
            registration.WriteLine($"InvokeAsync = {invoker},");
        }
        members.WriteLine();
        EmitInvoker(members, handler.Method, $"{Known.Task} {invoker}({Known.Hosting}Invocation call{parameters})");
    }

    private static void EmitSettings(SourceWriter writer, HandlerModel handler)
    {
        switch (handler)
        {
            case MessageHandlerModel message:
                if (message.Chat is not null)
                    writer.WriteLine($"Name = {CSharp.Literal(message.Chat)},");
                if (message.OnCrash is not null)
                    writer.WriteLine($"OnCrash = {message.OnCrash},");
                break;
            case ScheduleHandlerModel schedule:
                writer.WriteLine($"Name = {CSharp.Literal(schedule.Name)},");
                writer.WriteLine($"Cron = {CSharp.Literal(schedule.Cron)},");
                writer.WriteLine($"TimeZone = {CSharp.Literal(schedule.TimeZone)},");
                writer.WriteLine($"Missed = {schedule.Missed},");
                break;
            case SessionEventHandlerModel session:
                writer.WriteLine($"Moment = {Known.Hosting}SessionMoment.{session.Moment},");
                break;
            case AppEventHandlerModel app:
                writer.WriteLine($"Event = {Known.Hosting}AppEvent.{app.Event},");
                break;
        }
    }

    /// <summary>A method and no lambda: those of a method that is edited again and again are more than the compiler can follow in a running app.</summary>
    private static void EmitInvoker(SourceWriter writer, MethodModel method, string signature)
    {
        if (method.Instance is { Disposal: not Disposal.None })
        {
            using (writer.Block($"private static async {signature}"))
            {
                InvocationCall.EmitInstance(writer, method);
                writer.WriteLine($"{InvocationCall.Await(method)}{InvocationCall.On("handler", method)};");
            }
        }
        else if (method.Returns.Shape == ReturnShape.Direct)
        {
            using (writer.Block($"private static {signature}"))
            {
                writer.WriteLine($"{InvocationCall.Of(method)};");
                writer.WriteLine($"return {Known.Task}.CompletedTask;");
            }
        }
        else
        {
            var asTask = method.Returns.Shape == ReturnShape.ValueTask ? ".AsTask()" : "";
            writer.WriteLine($"private static {signature} => {InvocationCall.Of(method)}{asTask};");
        }
    }
}
