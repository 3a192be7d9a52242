using System.Text.Json;
using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting.Sessions;

/// <summary>What every session works with.</summary>
internal sealed class SessionResources(
    ISessionStore store,
    IFileStore files,
    ITaskClients tasks,
    IDocumentDatabases databases,
    UserIntegrations integrations,
    PromptDesk prompts,
    TimeProvider time,
    IOptions<CapsuleOptions> options,
    IOptions<JsonOptions> json)
{
    public ISessionStore Store { get; } = store;

    public IFileStore Files { get; } = files;

    public ITaskClients Tasks { get; } = tasks;

    public IDocumentDatabases Databases { get; } = databases;

    public UserIntegrations Integrations { get; } = integrations;

    public PromptDesk Prompts { get; } = prompts;

    public TimeProvider Time { get; } = time;

    public CapsuleLimits Limits { get; } = options.Value.Limits;

    public JsonSerializerOptions SerializerOptions { get; } = json.Value.SerializerOptions;
}
