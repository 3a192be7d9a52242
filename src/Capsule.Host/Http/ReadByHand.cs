using Microsoft.AspNetCore.Builder;

namespace Capsule.Hosting;

/// <summary>An optional query parameter or header that an endpoint reads itself, so that the framework can't know of it; for the OpenAPI document.</summary>
/// <param name="Name">Its name in the request.</param>
/// <param name="IsHeader">Whether it is a header; else it is in the query string.</param>
/// <param name="IsInteger">Whether it is a 64-bit integer; else it is text.</param>
/// <param name="Description">What it means.</param>
internal sealed record ReadByHand(string Name, bool IsHeader, bool IsInteger, string Description);

internal static class ReadByHandExtensions
{
    public static TBuilder ReadsText<TBuilder>(this TBuilder endpoint, string name, string description)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ReadByHand(name, IsHeader: false, IsInteger: false, description));

    public static TBuilder ReadsInteger<TBuilder>(this TBuilder endpoint, string name, string description, bool inHeader = false)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ReadByHand(name, inHeader, IsInteger: true, description));
}
