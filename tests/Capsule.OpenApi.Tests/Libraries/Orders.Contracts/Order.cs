namespace Orders.Contracts;

/// <summary>What somebody has bought.</summary>
/// <param name="Number">The order's number.</param>
/// <param name="State">Where it stands.</param>
public sealed record Order(int Number, OrderState State)
{
    /// <summary>Who pays.</summary>
    /// <remarks><para>Whoever pays may look at it.</para><para>Not before.</para></remarks>
    /// <example>ada@example.com</example>
    public string? Payer { get; init; }
}

/// <summary>How far an order is.</summary>
public enum OrderState
{
    /// <summary>Nobody has looked at it.</summary>
    New,

    /// <summary>It is on its way.</summary>
    Sent,
}
