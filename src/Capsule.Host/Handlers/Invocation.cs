using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Hosting;

/// <summary>
/// One call of a handler: its services, its cancellation, and on whose behalf it runs. Generated code takes from it what a handler's parameters ask for.
/// </summary>
/// <param name="services">The services of this call's scope.</param>
/// <param name="tasks">Submits tasks on behalf of the caller.</param>
/// <param name="db">The collections as the caller sees them.</param>
/// <param name="cancellationToken">Cancelled when the call should end.</param>
public sealed class Invocation(IServiceProvider services, TaskClient tasks, DocumentDatabase db, CancellationToken cancellationToken)
{
    /// <summary>The services of this call's scope.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>Submits tasks on behalf of the caller.</summary>
    public TaskClient Tasks { get; } = tasks;

    /// <summary>The collections as the caller sees them.</summary>
    public DocumentDatabase Db { get; } = db;

    /// <summary>Cancelled when the call should end.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>A service that the handler requires.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A service that the handler can do without.</summary>
    public T? OptionalService<T>() => Services.GetService<T>();

    /// <summary>A keyed service that the handler requires.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public T KeyedService<T>(object? key)
        where T : notnull => Services.GetRequiredKeyedService<T>(key);

    /// <summary>A keyed service that the handler can do without.</summary>
    public T? OptionalKeyedService<T>(object? key) => Services.GetKeyedService<T>(key);

    /// <summary>A collection as the caller sees it.</summary>
    public Collection<T> Collection<T>()
        where T : class => Db.GetCollection<T>();
}
