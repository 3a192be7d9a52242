using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Writes the end of a delegate: the call, and its result as the response.</summary>
internal static class ResponseCall
{
    /// <summary>What is prepared once at start; null for nothing.</summary>
    public static string? Preparation(ResponseModel response) => response.Kind switch
    {
        ResponseKind.Json => $"context.Json<{response.MetadataType}>()",
        ResponseKind.Any => "context.Any()",
        _ => null,
    };

    public static void Emit(SourceWriter writer, HttpHandlerModel handler, string call, bool isAsync)
    {
        var shape = handler.Method.Returns.Shape;
        if (handler.Response.Kind == ResponseKind.Empty)
        {
            if (shape == ReturnShape.Direct)
                EmitVoid(writer, call, isAsync);
            else
                EmitTask(writer, call + (shape == ReturnShape.ValueTask && !isAsync ? ".AsTask()" : ""), isAsync);
            return;
        }

        var response = handler.Response.Kind switch
        {
            ResponseKind.Text => Known.Hosting + "TextResponse",
            ResponseKind.Result => Known.Hosting + "ResultResponse",
            _ => "response",
        };
        EmitTask(writer, $"{response}.WriteAsync(http, {call})", isAsync);
    }

    private static void EmitVoid(SourceWriter writer, string call, bool isAsync)
    {
        writer.WriteLine($"{call};");
        if (!isAsync)
            writer.WriteLine($"return {Known.Task}.CompletedTask;");
    }

    private static void EmitTask(SourceWriter writer, string task, bool isAsync) =>
        writer.WriteLine($"{(isAsync ? "await" : "return")} {task};");
}
