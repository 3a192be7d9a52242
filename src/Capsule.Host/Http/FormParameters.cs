using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Capsule.Hosting;

/// <summary>Reads the form of a request, once for all parameters that need it.</summary>
/// <param name="displayType">How logs write the type of the first of them.</param>
/// <param name="displayName">How logs write its name.</param>
public sealed class FormReader(string displayType, string displayName)
{
    /// <summary>Reads it. When that can't be done the request is answered already, and there is null.</summary>
    public async ValueTask<IFormCollection?> ReadAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
        {
            BindingReport.UnexpectedRequestWithoutBody(http, displayType, displayName);
            return await RefuseAsync(http, StatusCodes.Status400BadRequest, "The request must have a form.");
        }
        if (http.Request.ContentType is not "application/x-www-form-urlencoded" && !http.Request.HasFormContentType)
        {
            BindingReport.UnexpectedNonFormContentType(http);
            return await RefuseAsync(http, StatusCodes.Status415UnsupportedMediaType, "The body must be a form.");
        }
        try
        {
            return await http.Request.ReadFormAsync();
        }
        catch (IOException exception)
        {
            await BindingFailures.UnreadableAsync(http, exception);
            return null;
        }
        catch (InvalidDataException exception)
        {
            BindingReport.InvalidFormRequestBody(http, displayType, displayName, exception);
            return await RefuseAsync(http, StatusCodes.Status400BadRequest, "The body is not a form that can be read.");
        }
    }

    private static async Task<IFormCollection?> RefuseAsync(HttpContext http, int status, string detail)
    {
        await Problems.WriteAsync(http, status, detail);
        return null;
    }
}

/// <summary>A parameter that is a file of a form.</summary>
/// <param name="name">The file's name in the form.</param>
/// <param name="displayType">How logs write the parameter's type.</param>
/// <param name="displayName">How logs write the parameter's name.</param>
public sealed class FormFileParameter(string name, string displayType, string displayName)
{
    /// <summary>Takes a file that the form must have. False, and noted for the answer, when it is missing.</summary>
    public bool TryTake(HttpContext http, IFormCollection form, out IFormFile value)
    {
        ArgumentNullException.ThrowIfNull(form);
        value = form.Files[name]!;
        return value is not null || BindingFailures.Missing(http, displayType, displayName, "form file", name, $"The form must have the file '{name}'.");
    }
}
