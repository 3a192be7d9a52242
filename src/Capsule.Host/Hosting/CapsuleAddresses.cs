using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Capsule.Hosting;

/// <summary>The addresses of what the host gives out, below the prefix of the group in which it is mapped.</summary>
internal sealed class CapsuleAddresses
{
    private const string Files = "/capsule/files/";

    private readonly TaskCompletionSource known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool areMapped;

    /// <summary>What all of them begin with; empty outside of a group with a prefix.</summary>
    public string Prefix { get; private set; } = "";

    public string File(string id) => Prefix + Files + id;

    public string Session(string id) => $"{Prefix}/capsule/sessions/{id}";

    /// <summary>
    /// Completes when <see cref="Prefix"/> is what it will be. The group tells it when the web server starts, and handlers run before that: those of
    /// turns, tasks and schedules that an earlier process has left.
    /// </summary>
    public Task KnownAsync(CancellationToken cancellationToken) => areMapped ? known.Task.WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Tells that there will be endpoints.</summary>
    public void AreMapped() => areMapped = true;

    /// <summary>Takes the prefix from an endpoint below <c>/capsule/files</c>: a group tells it to nobody else.</summary>
    /// <exception cref="InvalidOperationException">It has parameters: an address that is kept can't know what they will be.</exception>
    public void LearnFrom(EndpointBuilder file)
    {
        var pattern = ((RouteEndpointBuilder)file).RoutePattern.RawText!;
        var found = pattern[..pattern.LastIndexOf(Files.TrimStart('/'), StringComparison.Ordinal)].Trim('/');
        if (found.Contains('{', StringComparison.Ordinal))
            throw new InvalidOperationException($"Capsule is mapped in the group '{found}': give a prefix without parameters, as it is part of addresses that Capsule stores.");
        Prefix = found.Length == 0 ? "" : "/" + found;
        known.TrySetResult();
    }
}
