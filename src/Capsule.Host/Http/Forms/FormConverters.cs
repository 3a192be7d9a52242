using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>Makes a value of a part of a form. Chosen by generated code as a type argument; for objects and collections, written by it.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public interface IFormConverter<T>
{
    /// <summary>Makes it of what the form has under the name reached so far. False when there is nothing.</summary>
    static abstract bool TryRead(FormData form, out T value);

    /// <summary>Tells which names it reads, from the name reached so far.</summary>
    static abstract void Describe(FormDescription form);
}

/// <summary>Makes single values of texts and files of a form.</summary>
[SuppressMessage("Design", "CA1034", Justification = "One namespace of small types that only generated code names.")]
[SuppressMessage("Design", "CA1000", Justification = "Generated code calls them through the interface.")]
public static class FormConverters
{
    /// <summary>A type that reads strings by itself.</summary>
    public readonly struct Parsable<T> : IFormConverter<T>
        where T : IParsable<T>
    {
        /// <inheritdoc />
        public static bool TryRead(FormData form, out T value)
        {
            ArgumentNullException.ThrowIfNull(form);
            value = default!;
            if (!form.TryGet(out var text))
                return false;
            return T.TryParse(text, CultureInfo.InvariantCulture, out value!) ? true : throw form.Unparsable(text);
        }

        /// <inheritdoc />
        public static void Describe(FormDescription form)
        {
            ArgumentNullException.ThrowIfNull(form);
            form.Value(typeof(T));
        }
    }

    /// <summary>An enum: names in any case, or numbers, also those without a name.</summary>
    public readonly struct Enum<T> : IFormConverter<T>
        where T : struct, Enum
    {
        /// <inheritdoc />
        public static bool TryRead(FormData form, out T value)
        {
            ArgumentNullException.ThrowIfNull(form);
            value = default;
            if (!form.TryGet(out var text))
                return false;
            return Enum.TryParse(text, ignoreCase: true, out value) ? true : throw form.Unparsable(text);
        }

        /// <inheritdoc />
        public static void Describe(FormDescription form)
        {
            ArgumentNullException.ThrowIfNull(form);
            form.Value(typeof(T));
        }
    }

    /// <summary>A URI, relative or absolute.</summary>
    public readonly struct Uri : IFormConverter<System.Uri>
    {
        /// <inheritdoc />
        public static bool TryRead(FormData form, out System.Uri value)
        {
            ArgumentNullException.ThrowIfNull(form);
            value = null!;
            if (!form.TryGet(out var text))
                return false;
            return System.Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out value!) ? true : throw form.Unparsable(text);
        }

        /// <inheritdoc />
        public static void Describe(FormDescription form)
        {
            ArgumentNullException.ThrowIfNull(form);
            form.Value(typeof(System.Uri));
        }
    }

    /// <summary>A value that may be null, and is when its text is empty.</summary>
    public readonly struct Nullable<T, TConverter> : IFormConverter<T?>
        where T : struct
        where TConverter : IFormConverter<T>
    {
        /// <inheritdoc />
        public static bool TryRead(FormData form, out T? value)
        {
            ArgumentNullException.ThrowIfNull(form);
            value = null;
            if (!form.TryGet(out var text))
                return false;
            if (text.Length > 0 && TConverter.TryRead(form, out var inner))
                value = inner;
            return true;
        }

        /// <inheritdoc />
        public static void Describe(FormDescription form) => TConverter.Describe(form);
    }

    /// <summary>A nullable of more than one text, or a dictionary of keys that read no spans, which ASP.NET Core leaves null.</summary>
    public readonly struct Nothing<T> : IFormConverter<T>
    {
        /// <inheritdoc />
        public static bool TryRead(FormData form, out T value)
        {
            value = default!;
            return false;
        }

        /// <inheritdoc />
        public static void Describe(FormDescription form)
        {
        }
    }

    /// <summary>A file.</summary>
    public readonly struct File : IFormConverter<IFormFile>
    {
        /// <inheritdoc />
        public static bool TryRead(FormData form, out IFormFile value)
        {
            ArgumentNullException.ThrowIfNull(form);
            value = form.Files.GetFile(form.Name)!;
            return value is not null;
        }

        /// <inheritdoc />
        public static void Describe(FormDescription form)
        {
            ArgumentNullException.ThrowIfNull(form);
            form.Value(typeof(IFormFile));
        }
    }

    /// <summary>The files of one name; there may be none.</summary>
    public readonly struct FileList : IFormConverter<IReadOnlyList<IFormFile>>
    {
        /// <inheritdoc />
        public static bool TryRead(FormData form, out IReadOnlyList<IFormFile> value)
        {
            ArgumentNullException.ThrowIfNull(form);
            value = form.Files.GetFiles(form.Name);
            return true;
        }

        /// <inheritdoc />
        public static void Describe(FormDescription form)
        {
            ArgumentNullException.ThrowIfNull(form);
            form.Value(typeof(IReadOnlyList<IFormFile>), isAlwaysThere: true);
        }
    }

    /// <summary>All files of the form.</summary>
    public readonly struct Files : IFormConverter<IFormFileCollection>
    {
        /// <inheritdoc />
        public static bool TryRead(FormData form, out IFormFileCollection value)
        {
            ArgumentNullException.ThrowIfNull(form);
            value = form.Files;
            return true;
        }

        /// <inheritdoc />
        public static void Describe(FormDescription form)
        {
            ArgumentNullException.ThrowIfNull(form);
            form.Value(typeof(IFormFileCollection), isAlwaysThere: true);
        }
    }
}
