using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Writes the registrations of message, schedule and lifecycle handlers.</summary>
internal static class InvocationEmitter
{
    public static void Emit(SourceWriter writer, HandlerModel handler)
    {
        var (type, parameters) = handler switch
        {
            MessageHandlerModel => ("MessageHandler", "call, session, message"),
            ScheduleHandlerModel => ("ScheduleHandler", "call, session, run"),
            SessionEventHandlerModel => ("SessionEventHandler", "call, session"),
            _ => ("AppEventHandler", "call"),
        };
        using (writer.Block($"handlers.Add(new {Known.Hosting}{type}", ");"))
        {
            writer.WriteLine($"Id = {CSharp.Literal(handler.Method.Id)},");
            EmitSettings(writer, handler);
            EmitInvoke(writer, handler.Method, parameters);
        }
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

    private static void EmitInvoke(SourceWriter writer, MethodModel method, string parameters)
    {
        if (method.Instance is { Disposal: not Disposal.None })
        {
            using (writer.Block($"InvokeAsync = static async ({parameters}) =>", ","))
            {
                InvocationCall.EmitInstance(writer, method);
                writer.WriteLine($"{InvocationCall.Await(method)}{InvocationCall.On("handler", method)};");
            }
        }
        else if (method.Returns.Shape == ReturnShape.Direct)
        {
            using (writer.Block($"InvokeAsync = static ({parameters}) =>", ","))
            {
                writer.WriteLine($"{InvocationCall.Of(method)};");
                writer.WriteLine($"return {Known.Task}.CompletedTask;");
            }
        }
        else
        {
            var asTask = method.Returns.Shape == ReturnShape.ValueTask ? ".AsTask()" : "";
            writer.WriteLine($"InvokeAsync = static ({parameters}) => {InvocationCall.Of(method)}{asTask},");
        }
    }
}
