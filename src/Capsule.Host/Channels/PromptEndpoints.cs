using System.ComponentModel;
using Capsule.Hosting.Sessions;
using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Capsule.Hosting.Channels;

/// <summary>Answers to prompts.</summary>
internal static class PromptEndpoints
{
    private const string Multipart = "multipart/form-data";

    public static void Map(RouteGroupBuilder sessions) =>
        sessions.MapPost("{id}/prompts/{blockId}", AnswerAsync)
            .WithName("answerPrompt")
            .WithSummary("Answers an open prompt")
            .WithDescription("A file prompt takes a multipart body with the field `file`; an approval prompt takes `approved`, an integration prompt `fields`; each takes `declined`. The first answer counts.")
            .Accepts<PromptAnswer>("application/json", Multipart)
            .WithMetadata(new FormAlternative(Multipart, nameof(UploadForm)))
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        [Description("The session's id.")] string id,
        [Description("The id of the prompt's block.")] string blockId,
        SessionResources resources,
        ICallerResolver callers)
    {
        var store = resources.Store;
        var session = await store.FindOwnedAsync(id, callers.Resolve(context).User, context.RequestAborted);
        if (await store.FindPromptAsync(id, blockId, context.RequestAborted) is not { } prompt)
            return Problems.NotFound();
        if (!prompt.Open || prompt.ExpiresAt <= resources.Time.GetUtcNow())
            return AnsweredAlready();
        var card = PromptCards.Read(prompt.Block);
        IntegrationRecord? connected = null;
        PromptReply reply;
        if (context.Request.HasFormContentType)
            reply = await ReadFileAsync(context, resources, session, card);
        else
            (reply, connected) = ReadAnswer(await context.Request.ReadJsonAsync(ChannelJson.Default.PromptAnswer), card, resources, session);
        var shown = Events.Block(PromptCards.Answered(card, reply), prompt.TurnId) with { FileIds = reply.File is null ? [] : [reply.File.Id] };
        var closing = new PromptClosing(blockId, shown, reply.Write(), connected);
        if (!await store.ClosePromptAsync(id, closing, resources.Time.GetUtcNow(), CancellationToken.None))
            return AnsweredAlready();
        resources.Prompts.Deliver(id, blockId, reply);
        return Results.NoContent();
    }

    private static (PromptReply Reply, IntegrationRecord? Connected) ReadAnswer(
        PromptAnswer answer, Block card, SessionResources resources, SessionRecord session) => (answer, card.Type) switch
    {
        ({ Declined: true, Approved: null, Fields: null }, _) => (new PromptReply { Declined = true }, null),
        ({ Declined: not true, Approved: { } approved, Fields: null }, PromptCards.Approval) => (new PromptReply { Approved = approved }, null),
        ({ Declined: not true, Approved: null, Fields: { } fields }, IntegrationCards.Type) =>
            (new PromptReply { Connected = true }, Connect(fields, card, resources.Integrations, session)),
        (_, PromptCards.Approval) => throw Bad("This prompt takes 'approved', true or false, or 'declined': true."),
        (_, IntegrationCards.Type) => throw Bad("This prompt takes 'fields', an object, or 'declined': true."),
        _ => throw Bad("This prompt takes a file, as the multipart field 'file', or 'declined': true."),
    };

    private static IntegrationRecord Connect(
        IReadOnlyDictionary<string, string?> fields, Block card, UserIntegrations integrations, SessionRecord session)
    {
        var definition = integrations.Declared.Find((string)card.Payload["type"]!)
            ?? throw new ProblemException(Problems.Conflict("The app does not use this integration any more."));
        return integrations.Protect(session.User.Id, definition.Integration, IntegrationAnswer.Read(definition, fields));
    }

    private static async Task<PromptReply> ReadFileAsync(HttpContext context, SessionResources resources, SessionRecord session, Block card)
    {
        if (card.Type != PromptCards.FileUpload)
            throw Bad("This prompt takes no file.");
        var maxBytes = (long)card.Payload["maxBytes"]!;
        return new PromptReply { File = await UploadReader.SaveAsync(context, resources.Files, session.User, maxBytes) };
    }

    private static ProblemException Bad(string detail) => new(Problems.BadRequest(detail));

    private static IResult AnsweredAlready() => Problems.Conflict("This prompt is answered already, or its time is up.");
}
