using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>What a stand-in for a method returns: the type itself has no such method.</summary>
public readonly record struct Absent;

/// <summary>Turns a text into a value, with a culture.</summary>
public delegate bool TextParser<T>(string text, IFormatProvider provider, out T value);

/// <summary>Turns a text into a value.</summary>
public delegate bool PlainTextParser<T>(string text, out T value);

/// <summary>A stand-in for <see cref="TextParser{T}"/>.</summary>
public delegate Absent AbsentTextParser<T>(string text, IFormatProvider provider, out T value);

/// <summary>A stand-in for <see cref="PlainTextParser{T}"/>.</summary>
public delegate Absent AbsentPlainTextParser<T>(string text, out T value);

/// <summary>Any method with the parameters of <see cref="TextParser{T}"/>: one that returns something else.</summary>
public delegate void UnfitTextParser<T>(string text, IFormatProvider provider, out T value);

/// <summary>Any method with the parameters of <see cref="PlainTextParser{T}"/>: one that returns something else.</summary>
public delegate void UnfitPlainTextParser<T>(string text, out T value);

/// <summary>
/// Finds the methods by which a type is bound. Another source generator may add them, which only the compiler sees: generated code hands
/// over lambdas that call them, and the overload that the compiler takes says whether the type has the method or only a stand-in.
/// </summary>
[SuppressMessage("Usage", "CA1801", Justification = "Overloads differ by what they are given, which a stand-in has no use for.")]
[SuppressMessage("Style", "IDE0060", Justification = "Overloads differ by what they are given, which a stand-in has no use for.")]
public static class Decide
{
    /// <summary>The type has the method.</summary>
    public static TextParser<T>? Parser<T>(TextParser<T> method) => method;

    /// <inheritdoc cref="Parser{T}(TextParser{T})" />
    public static TextParser<T>? Parser<T>(PlainTextParser<T> method) => (string text, IFormatProvider _, out T value) => method(text, out value);

    /// <summary>The type has no such method.</summary>
    public static TextParser<T>? Parser<T>(AbsentTextParser<T> method) => null;

    /// <inheritdoc cref="Parser{T}(AbsentTextParser{T})" />
    public static TextParser<T>? Parser<T>(AbsentPlainTextParser<T> method) => null;

    /// <summary>The type has a method of the name that returns something else, which makes it no parser.</summary>
    public static TextParser<T>? Parser<T>(UnfitTextParser<T> method) => null;

    /// <inheritdoc cref="Parser{T}(UnfitTextParser{T})" />
    public static TextParser<T>? Parser<T>(UnfitPlainTextParser<T> method) => null;

    /// <summary>The type says that it reads strings by itself.</summary>
    public static TextParser<T>? Parsable<T>(int preferred)
        where T : IParsable<T> => static (string text, IFormatProvider provider, out T value) => T.TryParse(text, provider, out value!);

    /// <summary>The type does not say so: the overload for any other.</summary>
    public static TextParser<T>? Parsable<T>(long otherwise) => null;

    /// <summary>The type has the method.</summary>
    public static RequestBinder<T>? Binder<T>(Func<HttpContext, ParameterInfo, ValueTask<T>> method) => new(method, takesParameter: true);

    /// <inheritdoc cref="Binder{T}(Func{HttpContext, ParameterInfo, ValueTask{T}})" />
    public static RequestBinder<T>? Binder<T>(Func<HttpContext, ValueTask<T>> method) => new((http, _) => method(http), takesParameter: false);

    /// <inheritdoc cref="Binder{T}(Func{HttpContext, ParameterInfo, ValueTask{T}})" />
    public static RequestBinder<T>? Binder<T>(Func<HttpContext, ParameterInfo, ValueTask<T?>> method)
        where T : struct => RequestBinder<T>.Of(async (http, info) => await method(http, info) is { } value ? (true, value) : (false, default), takesParameter: true);

    /// <inheritdoc cref="Binder{T}(Func{HttpContext, ParameterInfo, ValueTask{T}})" />
    public static RequestBinder<T>? Binder<T>(Func<HttpContext, ValueTask<T?>> method)
        where T : struct => RequestBinder<T>.Of(async (http, _) => await method(http) is { } value ? (true, value) : (false, default), takesParameter: false);

    /// <summary>The type has no such method.</summary>
    public static RequestBinder<T>? Binder<T>(Func<HttpContext, ParameterInfo, Absent> method) => null;

    /// <inheritdoc cref="Binder{T}(Func{HttpContext, ParameterInfo, Absent})" />
    public static RequestBinder<T>? Binder<T>(Func<HttpContext, Absent> method) => null;

    /// <summary>The type has a method of the name that returns something else, which makes it no binder.</summary>
    public static RequestBinder<T>? Binder<T>(Action<HttpContext, ParameterInfo> method) => null;

    /// <inheritdoc cref="Binder{T}(Action{HttpContext, ParameterInfo})" />
    public static RequestBinder<T>? Binder<T>(Action<HttpContext> method) => null;

    /// <summary>The type says that it reads itself from requests.</summary>
    public static RequestBinder<T>? Bindable<T>(int preferred)
        where T : class, IBindableFromHttpContext<T> => new(async (http, info) => (await T.BindAsync(http, info))!, takesParameter: true);

    /// <summary>The type does not say so: the overload for any other.</summary>
    public static RequestBinder<T>? Bindable<T>(long otherwise) => null;
}
