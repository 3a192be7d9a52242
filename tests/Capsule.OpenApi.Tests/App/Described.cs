using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Capsule.OpenApi.Tests.App;

/// <summary>How urgent something is.</summary>
public enum Urgency
{
    /// <summary>Some day.</summary>
    Low,

    /// <summary>Today.</summary>
    High,
}

/// <summary>A note to create.</summary>
/// <remarks>Notes belong to whoever makes them.</remarks>
/// <param name="Title">What it is called.</param>
/// <param name="Urgency">How urgent it is.</param>
/// <param name="Tags">Words to find it by.</param>
/// <param name="Parent">The note above it; none when absent.</param>
public sealed record NewNote(
    [StringLength(80, MinimumLength = 3)] string Title,
    Urgency Urgency,
    [MaxLength(5)] IReadOnlyList<string> Tags,
    Place? Parent = null)
{
    /// <summary>How many pages it has.</summary>
    /// <example>12</example>
    [Range(1, 500)]
    public int Pages { get; init; } = 1;

    /// <summary>Whom to tell.</summary>
    [EmailAddress]
    public string? Reader { get; init; }

    /// <summary>Where more is to be found.</summary>
    [Url]
    public string? Link { get; init; }

    /// <summary>Its color.</summary>
    [AllowedValues("red", "green")]
    public string? Color { get; init; }

    /// <summary>A code of letters.</summary>
    [RegularExpression("[A-Z]{3}")]
    public string? Code { get; init; }

    /// <summary>Where it hangs.</summary>
    public Place? Place { get; init; }

    /// <summary>How urgent it was.</summary>
    public Urgency? Before { get; init; }

    /// <summary>Nobody needs it any more.</summary>
    [Obsolete("Gone.")]
    public string? Old { get; init; }
}

/// <summary>Where something is.</summary>
public sealed record Place
{
    /// <summary>The room.</summary>
    public required string Room { get; init; }
}

/// <summary>What a query asks for.</summary>
/// <param name="Text">Words that are in it.</param>
/// <param name="Page">Which page, from 1.</param>
/// <param name="Limit" example="20">At most so many.</param>
public sealed record NoteQuery([FromQuery(Name = "q")] string Text, [Range(1, 100)] int Page = 1, int? Limit = null);

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">What is on it.</param>
/// <param name="Next">How to get the next one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A note.</summary>
public sealed record Note(int Id, string Title, Urgency Urgency);

/// <summary>Notes on the wall.</summary>
public static class NoteHandlers
{
    /// <summary>Creates a note.</summary>
    /// <remarks>
    /// <para>It is <b>kept</b> for ever, see <see cref="Note"/>.</para>
    /// <list type="bullet">
    /// <item>Titles are unique.</item>
    /// <item><term>Tags</term><description>are not.</description></item>
    /// </list>
    /// </remarks>
    /// <param name="note">The note to create.</param>
    /// <returns>The note as it was stored.</returns>
    /// <response code="201">It is stored.</response>
    /// <response code="409">There is one of that title.</response>
    /// <example>
    /// <code>
    /// POST /notes
    ///   { "title": "Milk" }
    /// </code>
    /// </example>
    [Endpoint("POST", "/notes")]
    public static Results<Created<Note>, Conflict> Create(NewNote note) => note.Title == "taken"
        ? TypedResults.Conflict()
        : TypedResults.Created("/notes/1", new Note(1, note.Title, note.Urgency));

    /// <summary>Searches notes.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="urgency" example="High">Only those of this urgency.</param>
    /// <param name="words">Only those with these words.</param>
    /// <param name="version">The version of the client.</param>
    [Endpoint("GET", "/notes", Authorized = false)]
    public static Page<Note> Search(
        [AsParameters] NoteQuery query, Urgency? urgency, [FromQuery(Name = "word")] string[] words, [FromHeader(Name = "X-Version")] string version = "1") =>
        new([new Note(query.Page, $"{query.Text} {urgency} {words.Length} {version}", urgency ?? Urgency.Low)], null);

    /// <summary>Reads a note.</summary>
    /// <param name="id">Its number.</param>
    [Endpoint("GET", "/notes/{id}", Authorized = false)]
    public static Note? Get(int id) => id == 0 ? null : new Note(id, "One", Urgency.High);

    /// <summary>Puts a file on a note.</summary>
    /// <param name="id">The note's number.</param>
    /// <param name="file">The file.</param>
    /// <param name="caption">What is under it.</param>
    /// <param name="pinned">Whether it stays on top.</param>
    [Endpoint("POST", "/notes/{id:int}/files", Authorized = false)]
    public static string Attach(int id, IFormFile file, [FromForm] string? caption, [FromForm] bool pinned) => $"{id} {file.FileName} {caption} {pinned}";

    /// <summary>Imports notes.</summary>
    [Endpoint("POST", "/notes/import", Authorized = false)]
    public static async Task<int> Import(Stream body)
    {
        using var reader = new StreamReader(body);
        return (await reader.ReadToEndAsync()).Length;
    }

    /// <summary>Changes what may be left out.</summary>
    /// <param name="change">What to change.</param>
    [Endpoint("PATCH", "/notes/{id}", Authorized = false)]
    [Obsolete("Create another one.")]
    public static void Change(long id, Place? change = null) { }

    /// <summary>Takes what the session has.</summary>
    [Data("of_session")]
    public static string OfSession(Session session) => session.Id;

    /// <summary>Works with a session or without.</summary>
    [Data("maybe_session")]
    public static string MaybeSession(Session? session) => session?.Id ?? "";

    /// <summary>Takes what the session has, of one among others.</summary>
    [Data("inside_session")]
    public static string InsideSession([AsParameters] OfSession inside) => inside.Session.Id;

    /// <summary>Takes a session that may be there, and the one that must.</summary>
    [Data("twice_session")]
    public static string TwiceSession(Session? maybe, Session session) => session.Id + maybe?.Id;

    /// <summary>Works with a session or without, among others.</summary>
    [Data("maybe_inside_session")]
    public static string MaybeInsideSession([AsParameters] MaybeOfSession inside) => inside.Session?.Id ?? "";

    /// <inheritdoc cref="Get" />
    [Endpoint("GET", "/old/notes/{id}", Authorized = false)]
    public static Note? GetOld(int id) => Get(id);
}

/// <summary>A session and a page.</summary>
public sealed record OfSession(Session Session, int Page = 1);

/// <summary>A page, and a session when there is one.</summary>
public sealed record MaybeOfSession(int Page, Session? Session);
