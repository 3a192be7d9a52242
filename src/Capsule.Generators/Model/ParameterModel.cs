using Capsule.Generators.Infrastructure;

namespace Capsule.Generators.Model;

/// <summary>Where a parameter's value comes from. Types and default values are C#, names are the author's.</summary>
internal abstract record ParameterModel;

/// <summary>Something the host hands over.</summary>
/// <param name="What">Which.</param>
/// <param name="IsNullable">Whether the handler does without.</param>
/// <param name="Type">The document type of a collection; null otherwise.</param>
internal sealed record InjectedParameter(Injected What, bool IsNullable = false, string? Type = null) : ParameterModel;

internal enum Injected
{
    CancellationToken,
    Collection,
    Database,
    TaskClient,
    Session,
    Message,
    ScheduleRun,
    TaskProgress,
    RequestContext,
    HttpContext,
    HttpRequest,
    HttpResponse,
    User,
    BodyStream,
    BodyReader,
}

/// <summary>A service of the call's scope.</summary>
/// <param name="Type">Its type.</param>
/// <param name="IsOptional">Whether null, or <paramref name="Default"/>, stands in for a service that is not registered.</param>
/// <param name="Key">The key of a keyed service; null for none.</param>
/// <param name="Default">The default value; null for none.</param>
/// <param name="InferredAs">What it is called where nothing says that it is a service; null where something does.</param>
internal sealed record ServiceParameter(string Type, bool IsOptional, string? Key, string? Default, string? InferredAs = null) : ParameterModel;

/// <summary>An argument of a task, stored with its submission.</summary>
/// <param name="Name">Its name, which the stored submission uses.</param>
/// <param name="Type">Its type.</param>
/// <param name="Default">The default value; null for none.</param>
internal sealed record TaskArgument(string Name, string Type, string? Default) : ParameterModel;

/// <summary>A value of the route, the query string, a header or a form.</summary>
internal sealed record ValueParameter : ParameterModel
{
    public required ValueSource Source { get; init; }

    /// <summary>The name in the request.</summary>
    public required string Name { get; init; }

    /// <summary>The parameter's type.</summary>
    public required string Type { get; init; }

    /// <summary>The type of one value, without nullability; of an array, that of its elements.</summary>
    public required string ValueType { get; init; }

    /// <summary>How logs write the parameter's type.</summary>
    public required string DisplayType { get; init; }

    /// <summary>The parameter's name in the code.</summary>
    public required string DisplayName { get; init; }

    public required ValueShape Shape { get; init; }

    /// <summary>Whether <see cref="ValueType"/> is a value type.</summary>
    public required bool IsOfStructs { get; init; }

    public required Parser Parser { get; init; }

    /// <summary>Whether a request may leave it out.</summary>
    public required bool IsOptional { get; init; }

    /// <summary>The default value; null for none.</summary>
    public required string? Default { get; init; }
}

internal enum ValueSource
{
    /// <summary>The route when its pattern has the name, else the query string.</summary>
    RouteOrQuery,
    Route,
    Query,
    Header,
    Form,
}

internal enum ValueShape
{
    /// <summary>One value, of a type that is never null by itself.</summary>
    Single,

    /// <summary>One value of a <c>Nullable&lt;T&gt;</c>.</summary>
    NullableStruct,

    /// <summary>Several values; an empty one is no value.</summary>
    Array,

    /// <summary>Several values; an empty one is null.</summary>
    ArrayOfNullable,

    /// <summary><c>StringValues</c>.</summary>
    StringValues,
}

/// <summary>How text becomes a value.</summary>
internal enum Parser
{
    Text,
    Uri,
    Enum,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeOnly,

    /// <summary><c>ISpanParsable&lt;T&gt;</c>.</summary>
    SpanParsable,

    /// <summary><c>IParsable&lt;T&gt;</c>.</summary>
    Parsable,

    /// <summary>A public <c>TryParse(string, IFormatProvider, out T)</c> of its own.</summary>
    TryParseWithProvider,

    /// <summary>A public <c>TryParse(string, out T)</c> of its own.</summary>
    TryParse,

    /// <summary>Whatever the final compilation finds.</summary>
    Undecided,
}

/// <summary>The request's body, as JSON; or, when nothing says so, a service if the container has the type.</summary>
internal sealed record BodyParameter : ParameterModel
{
    public required string Name { get; init; }

    /// <summary>Its type, with nullability.</summary>
    public required string Type { get; init; }

    /// <summary>How logs write the type.</summary>
    public required string DisplayType { get; init; }

    /// <summary>Whether an attribute says that it is the body.</summary>
    public required bool IsExplicit { get; init; }

    /// <summary>Whether the request may come without.</summary>
    public required bool IsOptional { get; init; }

    /// <summary>Whether only an attribute says that it may.</summary>
    public bool IsEmptyAllowed { get; init; }

    /// <summary>The default value; null for none.</summary>
    public required string? Default { get; init; }

    /// <summary>What only the final compilation decides; null where nothing is left open.</summary>
    public UndecidedModel? Undecided { get; init; }
}

/// <summary>A type that another generator may make one that reads itself from the request or from text.</summary>
/// <param name="Type">The type without nullability.</param>
/// <param name="Source">Where a text of it would be.</param>
/// <param name="MayBeBody">Whether the HTTP method lets a body be inferred.</param>
internal sealed record UndecidedModel(string Type, ValueSource Source, bool MayBeBody);

/// <summary>A form, or files of one.</summary>
internal sealed record FormParameter : ParameterModel
{
    public required FormPart Part { get; init; }

    /// <summary>The name in the request; of a part without, that of the parameter.</summary>
    public required string Name { get; init; }

    /// <summary>How logs write the type.</summary>
    public required string DisplayType { get; init; }

    /// <summary>The parameter's name in the code.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Whether the form may come without.</summary>
    public required bool IsOptional { get; init; }
}

internal enum FormPart
{
    /// <summary>The form itself.</summary>
    Form,
    Files,
    File,
}

/// <summary>A value whose type reads it from the request by itself, with <c>BindAsync</c>.</summary>
internal sealed record CustomParameter : ParameterModel
{
    public required string Name { get; init; }

    /// <summary>Its type, with nullability.</summary>
    public required string Type { get; init; }

    /// <summary>How logs write the type.</summary>
    public required string DisplayType { get; init; }

    /// <summary>The type with the method, as C#; null where an interface says that the parameter's own type has it.</summary>
    public required string? Binder { get; init; }

    /// <summary>The parameter's type without nullability.</summary>
    public required string BoundType { get; init; }

    /// <summary>Whether the method takes the parameter's description too.</summary>
    public required bool TakesParameter { get; init; }

    /// <summary>Whether the declaration lets a request leave it out.</summary>
    public required bool IsOptional { get; init; }

    /// <summary>Whether what the method gives is taken as it is: where there always is a value, or none will do.</summary>
    public required bool IsTakenAsItIs { get; init; }
}

/// <summary>An object whose constructor's parameters, or else writable properties, are bound like parameters.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Constructor">The types of the constructor's parameters, as <c>typeof</c> takes them; empty where properties are set.</param>
/// <param name="Members">What it is made of.</param>
internal sealed record ObjectParameter(string Type, EquatableArray<string> Constructor, EquatableArray<MemberModel> Members) : ParameterModel;

/// <summary>A property, and where its value comes from.</summary>
internal sealed record MemberModel(string Property, ParameterModel Parameter);

/// <summary>A parameter, or a member of an object that stands for several, whose type adds metadata to the endpoint.</summary>
/// <param name="Position">Which of the method's parameters it belongs to.</param>
/// <param name="Member">Which of the parameter's members it is; null for the parameter itself.</param>
/// <param name="Type">Its type.</param>
/// <param name="DescribesParameter">Whether the type does so by the parameter.</param>
/// <param name="DescribesEndpoint">Whether the type does so by the method.</param>
internal sealed record MetadataProviderModel(int Position, int? Member, string Type, bool DescribesParameter, bool DescribesEndpoint);
