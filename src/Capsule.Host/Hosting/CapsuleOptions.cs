using System.Reflection;
using System.Security.Claims;

namespace Capsule.Hosting;

/// <summary>What can be set for an app, in the configuration section <c>Capsule</c> (environment: <c>Capsule__DataDirectory</c>, …) or in <c>AddCapsule</c>.</summary>
public sealed class CapsuleOptions
{
    /// <summary>Where databases, files and keys are kept; relative to the content root. <c>data</c> by default.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>What the app is called on its page and in its OpenAPI document; the assembly's name by default.</summary>
    public string? AppName { get; set; }

    /// <summary>Whether the chat page is served at <c>/</c>; true by default.</summary>
    public bool Page { get; set; } = true;

    /// <summary>What the OpenAPI document says of the app, and where it is shown.</summary>
    public CapsuleOpenApi OpenApi { get; } = new();

    /// <summary>
    /// How many days after it was closed a session is deleted, with its files and everything else that belongs to it; null, the default, for never.
    /// </summary>
    public double? ClosedSessionDays { get; set; }

    /// <summary>Limits that keep one user from taking everything.</summary>
    public CapsuleLimits Limits { get; } = new();

    /// <summary>Which claims of a signed-in caller say who the user is. Not read from configuration.</summary>
    public UserClaims Claims { get; } = new();

    /// <summary>The accounts at other services that users can connect. Not read from configuration.</summary>
    public IntegrationCollection Integrations { get; } = new();

    /// <summary>
    /// The assemblies whose handlers run; empty, the default, for the one called as the application (<c>IHostEnvironment.ApplicationName</c>). Not read from configuration.
    /// </summary>
    public IList<Assembly> Handlers { get; } = [];
}

/// <summary>What the OpenAPI document says of the app, and where it is shown.</summary>
public sealed class CapsuleOpenApi
{
    /// <summary>Whether a page at <c>/openapi</c> shows the document and tries calls out; by default in Development only.</summary>
    public bool? Page { get; set; }

    /// <summary>What the app is for, as Markdown; a general sentence by default.</summary>
    public string? Description { get; set; }

    /// <summary>The version of the app's own API; <c>1.0.0</c> by default.</summary>
    public string Version { get; set; } = "1.0.0";

    /// <summary>Whom to ask about the app; nobody by default.</summary>
    public string? ContactName { get; set; }

    /// <summary>Their e-mail address; none by default.</summary>
    public string? ContactEmail { get; set; }

    /// <summary>Where they are found on the web, an absolute address; nowhere by default.</summary>
    public string? ContactUrl { get; set; }

    /// <summary>The licence under which the API may be used; none by default.</summary>
    public string? LicenseName { get; set; }

    /// <summary>Where the licence is to be read, an absolute address; nowhere by default. Only with <see cref="LicenseName"/>.</summary>
    public string? LicenseUrl { get; set; }
}

/// <summary>
/// Which claims say who a signed-in user is, whatever ASP.NET Core authentication has found them: of each list, the first type of which the caller has a claim
/// counts. Several issuers must not give the same user id to different people.
/// </summary>
public sealed class UserClaims
{
    /// <summary>For <see cref="UserInfo.Id"/>; <c>sub</c>, then the name identifier of .NET by default. A caller with none of them is a guest.</summary>
    public IList<string> UserId { get; } = ["sub", ClaimTypes.NameIdentifier];

    /// <summary>For <see cref="UserInfo.Email"/>; <c>email</c>, then that of .NET by default.</summary>
    public IList<string> Email { get; } = ["email", ClaimTypes.Email];

    /// <summary>For <see cref="UserInfo.OrgId"/>; <c>org_id</c>, then <c>org</c> by default.</summary>
    public IList<string> OrgId { get; } = ["org_id", "org"];
}

/// <summary>Limits that keep one user from taking everything.</summary>
public sealed class CapsuleLimits
{
    /// <summary>The longest message, in characters; 32,000 by default.</summary>
    public int MessageCharacters { get; set; } = 32_000;

    /// <summary>The largest file, in bytes; 25 MiB by default.</summary>
    public long UploadBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>The most files one message may carry; 10 by default.</summary>
    public int UploadCount { get; set; } = 10;

    /// <summary>How many files a user may have uploaded that no message carries; 100 by default. They are deleted after a day.</summary>
    public int WaitingUploads { get; set; } = 100;

    /// <summary>How many turns of one user run at the same time; others wait. 4 by default.</summary>
    public int ConcurrentTurnsPerUser { get; set; } = 4;

    /// <summary>
    /// How many turns run at the same time in all; others wait, and users take turns at what becomes free. A turn that waits for a prompt's answer does
    /// not count. 1,000 by default.
    /// </summary>
    public int ConcurrentTurns { get; set; } = 1_000;

    /// <summary>How many turns may wait in one session; a message beyond that gets 429. 20 by default.</summary>
    public int QueueLength { get; set; } = 20;

    /// <summary>How long a prompt waits for its answer unless it says otherwise, in seconds; 300 by default.</summary>
    public double PromptSeconds { get; set; } = 300;

    /// <summary>How long a turn may take, in seconds; 3,600 by default.</summary>
    public double TurnSeconds { get; set; } = 3_600;

    /// <summary>How many processes a turn may take down with it before it ends as failed for good; 3 by default.</summary>
    public int TurnCrashes { get; set; } = 3;

    /// <summary>
    /// How long a server that stops lets running turns finish, in seconds, before it interrupts them; 10 by default. A turn that waits for a prompt's
    /// answer is interrupted at once. The host's own limit (<c>HostOptions.ShutdownTimeout</c>, 30 seconds) counts for the whole stop.
    /// </summary>
    public double ShutdownSeconds { get; set; } = 10;
}
