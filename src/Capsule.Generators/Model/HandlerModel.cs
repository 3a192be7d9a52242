using Capsule.Generators.Infrastructure;

namespace Capsule.Generators.Model;

/// <summary>An annotated method that can be called.</summary>
internal abstract record HandlerModel
{
    public required MethodModel Method { get; init; }
}

internal sealed record MessageHandlerModel : HandlerModel
{
    /// <summary>The chat it handles; null for the default chat.</summary>
    public required string? Chat { get; init; }

    /// <summary>A constant of the enum <c>OnCrash</c>, as C#; null for the default.</summary>
    public string? OnCrash { get; init; }
}

internal sealed record ScheduleHandlerModel : HandlerModel
{
    public required string Name { get; init; }

    public required string Cron { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>A constant of the enum <c>Missed</c>, as C#.</summary>
    public required string Missed { get; init; }
}

internal sealed record TaskHandlerModel : HandlerModel
{
    public required string Name { get; init; }

    public required int Retries { get; init; }

    public required double TimeoutSeconds { get; init; }

    public required string? Lock { get; init; }

    /// <summary>Exception types as C#; all exceptions when empty.</summary>
    public required EquatableArray<string> RetryFor { get; init; }

    /// <summary>A constant of the enum <c>Backoff</c>, as C#.</summary>
    public required string Backoff { get; init; }

    /// <summary>Whether other assemblies may submit it.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>What its <c>SubmitAsync</c> says of itself.</summary>
    public required DocumentationModel Documentation { get; init; }
}

/// <summary>A <c>[Boot]</c> or <c>[Shutdown]</c> method.</summary>
internal sealed record AppEventHandlerModel : HandlerModel
{
    /// <summary>A constant of the enum <c>AppEvent</c>.</summary>
    public required string Event { get; init; }
}

/// <summary>An <c>[Enter]</c> or <c>[Exit]</c> method.</summary>
internal sealed record SessionEventHandlerModel : HandlerModel
{
    /// <summary>A constant of the enum <c>SessionMoment</c>.</summary>
    public required string Moment { get; init; }
}

/// <summary>A <c>[Data]</c> or <c>[Endpoint]</c> method.</summary>
internal sealed record HttpHandlerModel : HandlerModel
{
    public required string HttpMethod { get; init; }

    public required string Pattern { get; init; }

    public required bool RequiresAuthentication { get; init; }

    public required string? Policy { get; init; }

    public required ResponseModel Response { get; init; }

    /// <summary>The parameters whose types describe themselves, in the order in which they do.</summary>
    public required EquatableArray<MetadataProviderModel> MetadataProviders { get; init; }

    public required ValidationModel Validation { get; init; }

    public required DocumentationModel Documentation { get; init; }
}
