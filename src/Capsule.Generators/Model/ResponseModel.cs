namespace Capsule.Generators.Model;

/// <summary>What an HTTP handler's result becomes.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="MetadataType">The type as <c>typeof</c> takes it; null when the response is empty.</param>
/// <param name="DescribesItself">Whether the type adds its own endpoint metadata, as <c>Results&lt;…&gt;</c> does.</param>
internal sealed record ResponseModel(ResponseKind Kind, string? MetadataType, bool DescribesItself);

internal enum ResponseKind
{
    Empty,
    Text,
    Json,

    /// <summary>An <c>IResult</c>, which writes itself.</summary>
    Result,

    /// <summary><c>object</c>: decided by the value.</summary>
    Any,
}
