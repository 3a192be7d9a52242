using System.ComponentModel;
using System.Text.Json.Serialization;
using Capsule.Hosting.Channels;
using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Capsule.Hosting;

/// <summary>What a user has entered to connect an integration.</summary>
internal sealed record ConnectIntegration
{
    [Description("The values by the names of the card's fields.")]
    public required IReadOnlyDictionary<string, string?> Fields { get; init; }
}

/// <summary>Connecting and disconnecting accounts at other services, from cards that nobody waits for.</summary>
internal static class IntegrationEndpoints
{
    public static void AddIntegrations(this IServiceCollection services)
    {
        services.TryAddSingleton<IIntegrationStore, SqliteIntegrationStore>();
        services.AddSingleton<UserIntegrations>();
    }

    public static void MapIntegrations(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/capsule/integrations").WithTags("Integrations").AddEndpointFilter(ProblemException.ToResultAsync);
        group.MapPost("{name}", ConnectAsync)
            .WithName("connectIntegration")
            .WithSummary("Connects an integration")
            .WithDescription("The credentials are stored encrypted and are the caller's alone. They are never given out again.")
            .Accepts<ConnectIntegration>("application/json")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        group.MapDelete("{name}", DisconnectAsync)
            .WithName("disconnectIntegration")
            .WithSummary("Disconnects an integration")
            .WithDescription("Its credentials are deleted.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ConnectAsync(
        HttpContext context, [Description("The integration's name.")] string name, UserIntegrations integrations, ICallerResolver callers)
    {
        if (integrations.Declared.Find(name) is not { } definition)
            return Problems.NotFound();
        var user = callers.Resolve(context, remember: true).User;
        var body = await context.Request.ReadJsonAsync(IntegrationBodyJson.Default.ConnectIntegration);
        await integrations.ConnectAsync(user.Id, definition.Integration, IntegrationAnswer.Read(definition, body.Fields), context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> DisconnectAsync(
        HttpContext context, [Description("The integration's name.")] string name, UserIntegrations integrations, ICallerResolver callers) =>
        integrations.Declared.Find(name) is { } definition
            && await integrations.DisconnectAsync(callers.Resolve(context).User.Id, definition.Integration, context.RequestAborted)
            ? Results.NoContent()
            : Problems.NotFound();
}

/// <summary>How it is read.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ConnectIntegration))]
internal sealed partial class IntegrationBodyJson : JsonSerializerContext;
