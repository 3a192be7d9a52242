namespace Capsule.Hosting;

/// <summary>The same call takes JSON or a form, which metadata alone can't say; for the OpenAPI document.</summary>
/// <param name="ContentType">The form's content type.</param>
/// <param name="Schema">The schema that describes it.</param>
internal sealed record FormAlternative(string ContentType, string Schema);
