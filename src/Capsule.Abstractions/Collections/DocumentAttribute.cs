namespace Capsule;

/// <summary>Makes a record or class with a <c>string Id</c> property a document that is stored in a collection of its own.</summary>
/// <param name="name">The collection's name; in PascalCase it is the name of the generated property of <see cref="DocumentDatabase"/>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DocumentAttribute(string name) : Attribute
{
    /// <summary>The collection's name.</summary>
    public string Name { get; } = name;

    /// <summary>Who shares the documents; <see cref="Scope.App"/> by default.</summary>
    public Scope Scope { get; set; }
}

/// <summary>Who shares the documents of a collection. No filter reaches beyond it.</summary>
public enum Scope
{
    /// <summary>Everybody in the app.</summary>
    App,

    /// <summary>The members of the user's organisation, or the user alone without one (<see cref="UserInfo.OwnerId"/>).</summary>
    Owner,

    /// <summary>One user.</summary>
    User,

    /// <summary>One session.</summary>
    Session,
}
