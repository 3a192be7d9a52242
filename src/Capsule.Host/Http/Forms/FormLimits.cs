using Microsoft.AspNetCore.Http.Metadata;
using Defaults = Microsoft.AspNetCore.WebUtilities.FormReader;

namespace Capsule.Hosting;

/// <summary>How much of a form is made into one object.</summary>
/// <param name="RecursionDepth">How deep objects, collections and dictionaries nest.</param>
/// <param name="CollectionSize">How many elements a collection or dictionary has.</param>
/// <param name="KeyLength">How long a name is, in characters.</param>
internal sealed record FormLimits(int RecursionDepth, int CollectionSize, int KeyLength)
{
    /// <summary>ASP.NET Core's limits, but for those that an endpoint's metadata sets.</summary>
    public static FormLimits Of(IEnumerable<object> metadata)
    {
        var limits = new FormLimits(64, Defaults.DefaultValueCountLimit, Defaults.DefaultKeyLengthLimit);
        foreach (var options in metadata.OfType<FormMappingOptionsMetadata>())
        {
            limits = new(
                options.MaxRecursionDepth ?? limits.RecursionDepth,
                options.MaxCollectionSize ?? limits.CollectionSize,
                options.MaxKeySize ?? limits.KeyLength);
        }
        return limits;
    }
}
