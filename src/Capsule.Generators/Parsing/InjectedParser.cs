using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Recognises parameters that the host hands over, by their type. Nothing a client sends can take their place.</summary>
internal static class InjectedParser
{
    public static InjectedParameter? Parse(ITypeSymbol type)
    {
        var isNullable = type.NullableAnnotation == NullableAnnotation.Annotated;
        if (type.IsCapsule("Collection"))
            return new(Injected.Collection, isNullable, ((INamedTypeSymbol)type).TypeArguments[0].ToCodeWithoutNull());
        return Find(type) is { } what ? new(what, isNullable) : null;
    }

    /// <summary>Whether a kind of handler may take it.</summary>
    public static bool IsFor(Injected what, HandlerKind kind) => what switch
    {
        Injected.CancellationToken or Injected.Collection or Injected.Database or Injected.TaskClient => true,
        Injected.Session => kind is HandlerKind.Message or HandlerKind.Data or HandlerKind.Schedule or HandlerKind.Task
            or HandlerKind.Enter or HandlerKind.Exit,
        Injected.Message => kind == HandlerKind.Message,
        Injected.ScheduleRun => kind == HandlerKind.Schedule,
        Injected.TaskProgress => kind == HandlerKind.Task,
        _ => kind is HandlerKind.Data or HandlerKind.Endpoint,
    };

    private static Injected? Find(ITypeSymbol type) => type.Name switch
    {
        "CancellationToken" when type.Is("System.Threading.CancellationToken") => Injected.CancellationToken,
        "DocumentDatabase" when type.IsCapsule("DocumentDatabase") => Injected.Database,
        "TaskClient" when type.IsCapsule("TaskClient") => Injected.TaskClient,
        "Session" when type.IsCapsule("Session") => Injected.Session,
        "Message" when type.IsCapsule("Message") => Injected.Message,
        "ScheduleRun" when type.IsCapsule("ScheduleRun") => Injected.ScheduleRun,
        "TaskProgress" when type.IsCapsule("TaskProgress") => Injected.TaskProgress,
        "RequestContext" when type.IsCapsule("RequestContext") => Injected.RequestContext,
        "HttpContext" when type.Is("Microsoft.AspNetCore.Http.HttpContext") => Injected.HttpContext,
        "HttpRequest" when type.Is("Microsoft.AspNetCore.Http.HttpRequest") => Injected.HttpRequest,
        "HttpResponse" when type.Is("Microsoft.AspNetCore.Http.HttpResponse") => Injected.HttpResponse,
        "ClaimsPrincipal" when type.Is("System.Security.Claims.ClaimsPrincipal") => Injected.User,
        "Stream" when type.Is("System.IO.Stream") => Injected.BodyStream,
        "PipeReader" when type.Is("System.IO.Pipelines.PipeReader") => Injected.BodyReader,
        _ => null,
    };
}
