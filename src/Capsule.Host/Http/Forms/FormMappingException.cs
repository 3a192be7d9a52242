namespace Capsule.Hosting;

/// <summary>Says which name of a form no object could be made of, and why.</summary>
/// <param name="name">The name in the form.</param>
/// <param name="problem">Why, for the client.</param>
/// <param name="message">Why, in the words of ASP.NET Core; null for the same.</param>
/// <param name="cause">What the author's code threw; null for nothing.</param>
internal sealed class FormMappingException(string name, string problem, string? message = null, Exception? cause = null) : Exception(message ?? problem, cause)
{
    /// <summary>The name in the form.</summary>
    public string Name => name;

    /// <summary>Why, for the client.</summary>
    public string Problem => problem;
}
