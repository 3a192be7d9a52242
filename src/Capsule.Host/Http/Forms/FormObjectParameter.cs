using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>A parameter made of many values of a form.</summary>
public sealed class FormObjectParameter<T, TConverter>
    where TConverter : IFormConverter<T>
{
    private readonly FormLimits limits;
    private readonly string displayType;
    private readonly string displayName;

    internal FormObjectParameter(FormLimits limits, string displayType, string displayName)
    {
        this.limits = limits;
        this.displayType = displayType;
        this.displayName = displayName;
    }

    /// <summary>Makes it; of a form that has nothing of it, the default value. False, and noted for the answer, when that can't be done.</summary>
    public bool TryRead(HttpContext http, IFormCollection form, out T value)
    {
        ArgumentNullException.ThrowIfNull(form);
        try
        {
            TConverter.TryRead(new FormData(form, limits), out value);
            return true;
        }
        catch (FormMappingException exception)
        {
            value = default!;
            BindingReport.FormDataMappingFailed(http, displayType, displayName, exception);
            return BindingFailures.Note(http, exception.Name, exception.Problem);
        }
    }
}
