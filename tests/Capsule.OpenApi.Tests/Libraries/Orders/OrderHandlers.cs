using Capsule;
using Orders.Contracts;

namespace Orders;

/// <summary>A parcel of an order.</summary>
/// <param name="Weight">How heavy it is, in kilograms.</param>
public sealed record Parcel(double Weight)
{
    /// <summary>What is in it.</summary>
    /// <example>Books</example>
    public string? Content { get; init; }
}

/// <summary>What the library does.</summary>
public static class OrderHandlers
{
    /// <summary>Finds an order.</summary>
    /// <param name="number">Which.</param>
    [Data("library_order")]
    public static Order Find(int number) => new(number, OrderState.New);

    /// <summary>Weighs an order's parcels.</summary>
    /// <remarks>A scale does it.</remarks>
    /// <example><code>GET /data/library_parcels</code></example>
    [Data("library_parcels")]
    public static IReadOnlyList<Parcel> Weigh() => [new(1.5)];
}
