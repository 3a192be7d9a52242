using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Capsule.Hosting;

/// <summary>
/// A form while objects are made of it, and the name reached in it so far: <c>order.lines[0]</c>. The rules are those of ASP.NET Core's
/// mapping: names without regard to case, the first of several values of one name, elements of a collection from <c>[0]</c> on without a gap.
/// </summary>
public sealed class FormData
{
    private readonly FormLimits limits;
    private readonly Dictionary<string, StringValues> values = new(StringComparer.OrdinalIgnoreCase);
    private readonly char[] name;
    private int length;
    private int depth;
    private string? element;
    private FormKeys? keys;

    internal FormData(IFormCollection form, FormLimits limits)
    {
        this.limits = limits;
        Files = form.Files;
        name = new char[limits.KeyLength];
        foreach (var (key, value) in form)
            values[key] = value;
    }

    /// <summary>The files of the form.</summary>
    internal IFormFileCollection Files { get; }

    /// <summary>The name reached so far.</summary>
    internal string Name => name.AsSpan(0, length).ToString();

    private FormKeys Keys => keys ??= new FormKeys(values.Keys);

    /// <summary>Reads a property. False when the form has nothing of it.</summary>
    public bool TryRead<T, TConverter>(string property, out T value)
        where TConverter : IFormConverter<T> => TryReadAt<T, TConverter>(property, out value);

    /// <summary>Reads the elements of a collection, each of its own name. False when the form has none.</summary>
    public bool TryReadAll<T, TConverter>(out List<T> elements)
        where TConverter : IFormConverter<T>
    {
        elements = [];
        Span<char> index = stackalloc char[16];
        while (TryReadAt<T, TConverter>(Index(elements.Count, index), out var element))
        {
            if (elements.Count == limits.CollectionSize)
                throw TooMany("collection");
            elements.Add(element);
        }
        return elements.Count > 0;
    }

    /// <summary>Reads the elements of a collection that have one name; how many there are, the form's own limits say. False when the form has none.</summary>
    public bool TryReadEach<T, TConverter>(out List<T> elements)
        where TConverter : IFormConverter<T>
    {
        elements = [];
        foreach (var text in Texts)
        {
            element = text;
            TConverter.TryRead(this, out var value);
            element = null;
            elements.Add(value);
        }
        return elements.Count > 0;
    }

    /// <summary>Reads the entries of a dictionary. False when the form has none.</summary>
    public bool TryReadEntries<TKey, TValue, TConverter>(out Dictionary<TKey, TValue> entries)
        where TKey : ISpanParsable<TKey>
        where TConverter : IFormConverter<TValue>
    {
        entries = [];
        if (!Keys.TryGetIndexes(Name, out var indexes))
            return false;
        foreach (var index in indexes)
        {
            TryReadAt<TValue, TConverter>(index, out var value);
            if (!TKey.TryParse(index.AsSpan()[1..^1], System.Globalization.CultureInfo.InvariantCulture, out var key))
                throw new FormMappingException(Name + index, $"'{index}' is no key of '{Name}'.", $"The value '{index[1..^1]}' is not a valid key for '{Name}'.");
            if (entries.Count == limits.CollectionSize)
                throw TooMany("dictionary");
            if (!entries.TryAdd(key, value))
                throw new FormMappingException(Name + index, $"The key '{index}' of '{Name}' is there twice.");
        }
        return true;
    }

    /// <summary>Whether the form has the name reached so far, or one that goes on from it. Keeps types that contain themselves finite.</summary>
    public bool HasAny() => length == 0 ? values.Count > 0 : Keys.Contains(name.AsSpan(0, length));

    /// <summary>Refuses the form because the object did.</summary>
    public Exception Refuse(Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return new FormMappingException(Name, "The values do not fit together.", cause.Message, cause);
    }

    /// <summary>Refuses the form because it has an object without a parameter of its constructor.</summary>
    public Exception MissingArgument(string parameter) => Missing("constructor parameter", parameter);

    /// <summary>Refuses the form because it has an object without a property that must be set.</summary>
    public Exception MissingProperty(string property) => Missing("property", property);

    /// <summary>Fills a collection.</summary>
    public static TCollection Fill<TCollection, T>(TCollection collection, IEnumerable<T> all)
        where TCollection : ICollection<T>
    {
        ArgumentNullException.ThrowIfNull(all);
        foreach (var element in all)
            collection.Add(element);
        return collection;
    }

    internal bool TryGet([NotNullWhen(true)] out string? text)
    {
        text = element ?? (Texts is [var first, ..] ? first : null);
        return text is not null;
    }

    internal FormMappingException Unparsable(string text) => new(Name, $"The value of '{Name}' in the form has the wrong form.", $"The value '{text}' is not valid for '{LastSegment()}'.");

    private StringValues Texts => values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.AsSpan(0, length), out var all) ? all : StringValues.Empty;

    private bool TryReadAt<T, TConverter>(ReadOnlySpan<char> segment, out T value)
        where TConverter : IFormConverter<T>
    {
        var before = length;
        Enter(segment);
        var found = TConverter.TryRead(this, out value);
        length = before;
        depth--;
        return found;
    }

    private void Enter(ReadOnlySpan<char> segment)
    {
        var separator = length > 0 && segment[0] != '[' ? 1 : 0;
        if (++depth > limits.RecursionDepth)
            throw TooDeep(separator == 0 ? $"{Name}{segment}" : $"{Name}.{segment}");
        if (length + separator + segment.Length > name.Length)
            throw new FormMappingException(Name, $"A name in the form is longer than {limits.KeyLength} characters.");
        if (separator == 1)
            name[length++] = '.';
        segment.CopyTo(name.AsSpan(length));
        length += segment.Length;
    }

    private static ReadOnlySpan<char> Index(int number, Span<char> buffer)
    {
        buffer[0] = '[';
        number.TryFormat(buffer[1..], out var digits, provider: System.Globalization.CultureInfo.InvariantCulture);
        buffer[digits + 1] = ']';
        return buffer[..(digits + 2)];
    }

    private string LastSegment()
    {
        var reached = name.AsSpan(0, length);
        var start = reached.LastIndexOfAny('.', '[') + 1;
        return start > 0 && reached[start - 1] == '[' ? reached[start..^1].ToString() : reached[start..].ToString();
    }

    private FormMappingException Missing(string what, string member)
    {
        var missing = length == 0 ? member : $"{Name}.{member}";
        return new(missing, $"The form must have '{missing}'.", $"Missing required value for {what} '{member}'.");
    }

    private FormMappingException TooDeep(string reached) => new(
        Name, $"The form is nested deeper than {limits.RecursionDepth} levels.", $"The maximum recursion depth of '{limits.RecursionDepth}' was exceeded for '{reached}'.");

    private FormMappingException TooMany(string what) => new(
        Name, $"'{Name}' has more than {limits.CollectionSize} elements.", $"The number of elements in the {what} exceeded the maximum number of '{limits.CollectionSize}' elements allowed.");
}
