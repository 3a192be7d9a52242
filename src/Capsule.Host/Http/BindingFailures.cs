using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>Collects what is wrong with a request's values, and answers with all of it. Costs nothing while nothing is wrong.</summary>
public static class BindingFailures
{
    private static readonly object Key = new();

    /// <summary>Answers 400 with what was noted for the request.</summary>
    public static Task AnswerAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return Problems.WriteAsync(http, StatusCodes.Status400BadRequest, errors: http.Items[Key] as Dictionary<string, string[]>);
    }

    /// <summary>Answers that the body could not be read, with the status that the server gives to it, or 400.</summary>
    internal static Task UnreadableAsync(HttpContext http, IOException exception)
    {
        BindingReport.RequestBodyIOException(http, exception);
        var status = exception is BadHttpRequestException refused ? refused.StatusCode : StatusCodes.Status400BadRequest;
        return Problems.WriteAsync(http, status, "The body could not be read.");
    }

    internal static bool Missing(HttpContext http, RequestText text) =>
        Missing(http, text.DisplayType, text.DisplayName, text.Place, text.Name, $"The {text.Place} must have '{text.Name}'.");

    internal static bool Missing(HttpContext http, string displayType, string displayName, string source, string name, string message)
    {
        BindingReport.RequiredParameterNotProvided(http, displayType, displayName, source);
        return Note(http, name, message);
    }

    internal static bool Unparsable(HttpContext http, RequestText text, string value)
    {
        BindingReport.ParameterBindingFailed(http, text.DisplayType, text.DisplayName, value);
        return Note(http, text.Name, $"The value of '{text.Name}' in the {text.Place} has the wrong form.");
    }

    internal static bool Note(HttpContext http, string name, string message)
    {
        var noted = (Dictionary<string, string[]>)(http.Items[Key] ??= new Dictionary<string, string[]>());
        noted[name] = noted.TryGetValue(name, out var before) ? [.. before, message] : [message];
        return false;
    }
}
