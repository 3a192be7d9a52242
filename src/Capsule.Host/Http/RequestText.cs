using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Capsule.Hosting;

/// <summary>Where in a request a value is.</summary>
public enum ValueSource
{
    /// <summary>The route when its pattern has the name, else the query string.</summary>
    RouteOrQuery,

    /// <summary>A segment of the path.</summary>
    Route,

    /// <summary>The query string.</summary>
    Query,

    /// <summary>A header.</summary>
    Header,

    /// <summary>A form, which has been read.</summary>
    Form,
}

/// <summary>Finds the text of a value in requests.</summary>
internal sealed class RequestText(ValueSource source, string name, string displayType, string displayName)
{
    /// <summary>The name in the request.</summary>
    public string Name => name;

    /// <summary>The parameter's type as logs write it.</summary>
    public string DisplayType => displayType;

    /// <summary>The parameter's name as logs write it.</summary>
    public string DisplayName => displayName;

    /// <summary>The place as logs and problems write it.</summary>
    public string Place => source switch
    {
        ValueSource.Route => "route",
        ValueSource.Header => "header",
        ValueSource.Form => "form",
        _ => "query string",
    };

    /// <summary>The text; several of one name are joined with commas. False when there is none.</summary>
    public bool TryGet(HttpContext http, out ReadOnlySpan<char> text)
    {
        switch (source)
        {
            case ValueSource.Query:
                return TryGetQuery(http, out text);
            default:
                var found = Text(http);
                text = found;
                return found is not null;
        }
    }

    /// <summary>The text as a string; null when there is none.</summary>
    public string? Text(HttpContext http) => source switch
    {
        ValueSource.Route => http.Request.RouteValues[name] is { } value ? value as string ?? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) : null,
        ValueSource.Header => http.Request.Headers[name],
        ValueSource.Form => http.Request.Form[name],
        _ => TryGetQuery(http, out var text) ? text.ToString() : null,
    };

    /// <summary>All texts of the name.</summary>
    public StringValues All(HttpContext http, bool split) => source switch
    {
        ValueSource.Route => Text(http),
        ValueSource.Header => split ? http.Request.Headers.GetCommaSeparatedValues(name) : http.Request.Headers[name],
        ValueSource.Form => http.Request.Form[name],
        _ => AllOfQuery(http),
    };

    private bool TryGetQuery(HttpContext http, out ReadOnlySpan<char> text)
    {
        var values = new QueryValues(http.Request.QueryString.Value, name);
        var isFound = values.MoveNext();
        text = values.Current;
        if (isFound && values.MoveNext())
            text = AllOfQuery(http).ToString();
        return isFound;
    }

    private StringValues AllOfQuery(HttpContext http)
    {
        var all = StringValues.Empty;
        foreach (var value in new QueryValues(http.Request.QueryString.Value, name))
            all = StringValues.Concat(all, value.ToString());
        return all;
    }
}
