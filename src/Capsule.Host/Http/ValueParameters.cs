using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Capsule.Hosting;

/// <summary>A parameter whose value is parsed from text of the request.</summary>
public sealed class ValueParameter<T, TParser>
    where TParser : IValueParser<T>
{
    private readonly RequestText text;

    internal ValueParameter(RequestText text) => this.text = text;

    /// <summary>Reads a value that a request must have. False, and noted for the answer, when it is missing or no <typeparamref name="T"/>.</summary>
    public bool TryRead(HttpContext http, out T value)
    {
        if (text.TryGet(http, out var found))
            return TryParse(http, found, out value);
        value = default!;
        return BindingFailures.Missing(http, text);
    }

    /// <summary>Reads a value that a request may leave out. False, and noted for the answer, when it is no <typeparamref name="T"/>.</summary>
    public bool TryRead(HttpContext http, T otherwise, out T value)
    {
        if (text.TryGet(http, out var found))
            return TryParse(http, found, out value);
        value = otherwise;
        return true;
    }

    private bool TryParse(HttpContext http, ReadOnlySpan<char> found, out T value)
    {
        if (TParser.TryParse(found, out value))
            return true;
        // Filters see what there is of a value that could not be bound: nothing.
        value = default!;
        return BindingFailures.Unparsable(http, text, found.ToString());
    }
}

/// <summary>A parameter that takes text of the request as it is.</summary>
public sealed class TextParameter
{
    private readonly RequestText text;

    internal TextParameter(RequestText text) => this.text = text;

    /// <summary>Reads a text that a request must have. False, and noted for the answer, when it is missing.</summary>
    public bool TryRead(HttpContext http, out string value)
    {
        value = text.Text(http)!;
        return value is not null || BindingFailures.Missing(http, text);
    }

    /// <summary>Reads a text that a request may leave out.</summary>
    public bool TryRead(HttpContext http, string? otherwise, out string value)
    {
        value = (text.Text(http) ?? otherwise)!;
        return true;
    }
}

/// <summary>A parameter that takes several values of one name; none is an empty array.</summary>
public sealed class ArrayParameter<T, TParser>
    where TParser : IValueParser<T>
{
    private readonly RequestText text;

    internal ArrayParameter(RequestText text) => this.text = text;

    /// <summary>Reads the values. False, and noted for the answer, when one is no <typeparamref name="T"/>.</summary>
    public bool TryRead(HttpContext http, out T[] value)
    {
        var texts = text.All(http, split: true);
        value = texts.Count == 0 ? [] : new T[texts.Count];
        var parsed = true;
        for (var i = 0; i < value.Length; i++)
        {
            if (!TParser.TryParse(texts[i], out value[i]))
                parsed = BindingFailures.Unparsable(http, text, texts[i] ?? "");
        }
        return parsed;
    }
}

/// <summary>A parameter that takes all texts of one name.</summary>
public sealed class StringValuesParameter
{
    private readonly RequestText text;

    internal StringValuesParameter(RequestText text) => this.text = text;

    /// <summary>Reads texts of which a request must have one. False, and noted for the answer, when there is none.</summary>
    public bool TryRead(HttpContext http, out StringValues value)
    {
        value = text.All(http, split: false);
        return value.Count > 0 || BindingFailures.Missing(http, text);
    }

    /// <summary>Reads texts that a request may leave out.</summary>
    public bool TryRead(HttpContext http, StringValues? otherwise, out StringValues? value)
    {
        var all = text.All(http, split: false);
        value = all.Count > 0 ? all : otherwise;
        return true;
    }

    /// <inheritdoc cref="TryRead(HttpContext, StringValues?, out StringValues?)" />
    public bool TryRead(HttpContext http, StringValues otherwise, out StringValues value)
    {
        var all = text.All(http, split: false);
        value = all.Count > 0 ? all : otherwise;
        return true;
    }
}
