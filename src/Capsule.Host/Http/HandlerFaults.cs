namespace Capsule.Hosting;

/// <summary>What keeps handlers from ever being called. It is found at start and told of all of them at once.</summary>
internal sealed class HandlerFaults
{
    private readonly List<string> faults = [];

    /// <summary>How many there are.</summary>
    public int Count => faults.Count;

    /// <summary>Nothing fills a parameter.</summary>
    public void AddUnfilled(HttpHandler handler, string parameter, Type type) => Add(
        handler, $"'{parameter}' is no service, and {handler.HttpMethod} infers no body. Register {type}, or say with an attribute where '{parameter}' comes from.");

    /// <summary>More than one parameter wants the body.</summary>
    public void AddSeveralBodies(HttpHandler handler) => Add(handler, "It takes more than one body. Mark what is a service with [FromServices], and register it.");

    /// <exception cref="InvalidOperationException">There are faults; the message names all of them.</exception>
    public void ThrowIfAny()
    {
        if (faults.Count > 0)
            throw new InvalidOperationException($"These handlers can't be called:{string.Concat(faults.Select(fault => $"{Environment.NewLine}  {fault}"))}");
    }

    private void Add(HttpHandler handler, string fault) => faults.Add($"{handler.Id}: {fault}");
}
