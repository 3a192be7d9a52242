using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Capsule.Hosting;

/// <summary>Turns text of a request into a value. Chosen by generated code as a type argument, so the call is direct.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public interface IValueParser<T>
{
    /// <summary>The value; false when the text is none.</summary>
    static abstract bool TryParse(ReadOnlySpan<char> text, out T value);
}

/// <summary>The parsers of ASP.NET Core's binding: the invariant culture, and its styles for dates and times.</summary>
[SuppressMessage("Design", "CA1034", Justification = "One namespace of small types that only generated code names.")]
[SuppressMessage("Design", "CA1000", Justification = "Generated code calls them through the interface.")]
[SuppressMessage("Naming", "CA1720", Justification = "They are named as the types they parse.")]
public static class Parsers
{
    /// <summary>Text as it is.</summary>
    public readonly struct Text : IValueParser<string>
    {
        /// <inheritdoc />
        public static bool TryParse(ReadOnlySpan<char> text, out string value)
        {
            value = text.ToString();
            return true;
        }
    }

    /// <summary>A URI, relative or absolute.</summary>
    public readonly struct Uri : IValueParser<System.Uri>
    {
        /// <inheritdoc />
        public static bool TryParse(ReadOnlySpan<char> text, out System.Uri value) =>
            System.Uri.TryCreate(text.ToString(), UriKind.RelativeOrAbsolute, out value!);
    }

    /// <summary>An enum: names in their own case, or numbers, also those without a name.</summary>
    public readonly struct Enum<T> : IValueParser<T>
        where T : struct, System.Enum
    {
        /// <inheritdoc />
        public static bool TryParse(ReadOnlySpan<char> text, out T value) => System.Enum.TryParse(text, out value);
    }

    /// <summary>A type that reads spans by itself.</summary>
    public readonly struct SpanParsable<T> : IValueParser<T>
        where T : ISpanParsable<T>
    {
        /// <inheritdoc />
        public static bool TryParse(ReadOnlySpan<char> text, out T value) => T.TryParse(text, CultureInfo.InvariantCulture, out value!);
    }

    /// <summary>A type that reads strings by itself.</summary>
    public readonly struct Parsable<T> : IValueParser<T>
        where T : IParsable<T>
    {
        /// <inheritdoc />
        public static bool TryParse(ReadOnlySpan<char> text, out T value) => T.TryParse(text.ToString(), CultureInfo.InvariantCulture, out value!);
    }

    /// <summary>A value that may be absent; an empty text is not absent, and is no value.</summary>
    public readonly struct Nullable<T, TParser> : IValueParser<T?>
        where T : struct
        where TParser : IValueParser<T>
    {
        /// <inheritdoc />
        public static bool TryParse(ReadOnlySpan<char> text, out T? value)
        {
            var parsed = TParser.TryParse(text, out var inner);
            value = inner;
            return parsed;
        }
    }

    /// <summary>An element that may be null, and is when its text is empty.</summary>
    public readonly struct EmptyIsNull<T, TParser> : IValueParser<T?>
        where T : struct
        where TParser : IValueParser<T>
    {
        /// <inheritdoc />
        public static bool TryParse(ReadOnlySpan<char> text, out T? value)
        {
            value = null;
            return text.IsEmpty || Nullable<T, TParser>.TryParse(text, out value);
        }
    }

    /// <summary>An element of a reference type that may be null, and is when its text is empty.</summary>
    public readonly struct EmptyIsNullReference<T, TParser> : IValueParser<T?>
        where T : class
        where TParser : IValueParser<T>
    {
        /// <inheritdoc />
        public static bool TryParse(ReadOnlySpan<char> text, out T? value)
        {
            value = null;
            return text.IsEmpty || TParser.TryParse(text, out value!);
        }
    }

    /// <summary>A time in UTC; one with an offset is converted.</summary>
    public readonly struct DateTime : IValueParser<System.DateTime>
    {
        /// <inheritdoc />
        public static bool TryParse(ReadOnlySpan<char> text, out System.DateTime value) => System.DateTime.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out value);
    }

    /// <summary>A time with its offset; UTC without one.</summary>
    public readonly struct DateTimeOffset : IValueParser<System.DateTimeOffset>
    {
        /// <inheritdoc />
        public static bool TryParse(ReadOnlySpan<char> text, out System.DateTimeOffset value) => System.DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out value);
    }

    /// <summary>A date.</summary>
    public readonly struct DateOnly : IValueParser<System.DateOnly>
    {
        /// <inheritdoc />
        public static bool TryParse(ReadOnlySpan<char> text, out System.DateOnly value) =>
            System.DateOnly.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out value);
    }

    /// <summary>A time of day.</summary>
    public readonly struct TimeOnly : IValueParser<System.TimeOnly>
    {
        /// <inheritdoc />
        public static bool TryParse(ReadOnlySpan<char> text, out System.TimeOnly value) =>
            System.TimeOnly.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out value);
    }
}
