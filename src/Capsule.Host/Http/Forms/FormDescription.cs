using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Capsule.Hosting;

/// <summary>The names that a form may have for an object, told by the same types that read them.</summary>
public sealed class FormDescription
{
    private const DynamicallyAccessedMemberTypes Described = DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>More names would help nobody; types that contain each other in many ways would have them.</summary>
    private const int MostFields = 1000;

    private readonly List<FormField> fields = [];
    private readonly Stack<Type> open = [];
    private FormField reached = new("", IsPattern: false, typeof(void), Member: null, Within: "");

    internal FormDescription()
    {
    }

    /// <summary>What was told of, in that order.</summary>
    internal IReadOnlyList<FormField> Fields => fields;

    /// <summary>Tells of a parameter of an object's constructor, without which the object can't be made.</summary>
    /// <param name="name">Its name in forms.</param>
    /// <param name="parameter">Its name in the code.</param>
    public void Argument<[DynamicallyAccessedMembers(Described)] TObject, T, TConverter>(string name, string parameter)
        where TConverter : IFormConverter<T>
    {
        var argument = typeof(TObject).GetConstructors().SelectMany(constructor => constructor.GetParameters()).First(candidate => candidate.Name == parameter);
        Member<T, TConverter>(name, PropertyOf<TObject>(parameter) is { } property ? new MemberParameter(property, argument) : argument, isRequired: true);
    }

    /// <summary>Tells of a property of an object.</summary>
    /// <param name="name">Its name in forms.</param>
    /// <param name="property">Its name in the code.</param>
    /// <param name="isRequired">Whether the object can't be made without it.</param>
    public void Property<[DynamicallyAccessedMembers(Described)] TObject, T, TConverter>(string name, string property, bool isRequired)
        where TConverter : IFormConverter<T> => Member<T, TConverter>(name, new MemberParameter(PropertyOf<TObject>(property)!), isRequired);

    /// <summary>Tells of the elements of a collection, each of its own name.</summary>
    public void Elements<T, TConverter>()
        where TConverter : IFormConverter<T> => Describe<T, TConverter>(reached with { Name = Pattern(@"\[[0-9]+\]"), IsPattern = true, Member = null });

    /// <summary>Tells of a collection of texts, which may also be several values of one name.</summary>
    /// <param name="type">The collection.</param>
    public void Texts<T, TConverter>(Type type)
        where TConverter : IFormConverter<T>
    {
        if (reached.Name.Length > 0)
            Value(type);
        else
            Elements<T, TConverter>();
    }

    /// <summary>Tells of the entries of a dictionary.</summary>
    public void Entries<T, TConverter>()
        where TConverter : IFormConverter<T> => Describe<T, TConverter>(reached with { Name = Pattern(@"\[[^\]]+\]"), IsPattern = true, Member = null });

    /// <summary>Tells of a value under the name reached so far.</summary>
    /// <param name="type">What it becomes.</param>
    /// <param name="isAlwaysThere">Whether it is there when the form has none, empty.</param>
    public void Value(Type type, bool isAlwaysThere = false) =>
        fields.Add(reached with { Type = type, Within = isAlwaysThere ? reached.Name : reached.Within });

    /// <summary>Tells of a whole object.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <typeparam name="TConverter">What makes it.</typeparam>
    public static void Describe<T, TConverter>(FormDescription form)
        where TConverter : IFormConverter<T>
    {
        ArgumentNullException.ThrowIfNull(form);
        form.Describe<T, TConverter>(form.reached);
    }

    private void Member<T, TConverter>(string name, ParameterInfo member, bool isRequired)
        where TConverter : IFormConverter<T>
    {
        // Validation asks for it where binding does not.
        isRequired |= member.IsDefined(typeof(RequiredAttribute), inherit: true);
        var part = reached.Name.Length == 0 ? name : $".{name}";
        var whole = reached.Name + (reached.IsPattern ? Regex.Escape(part) : part);
        Describe<T, TConverter>(reached with { Name = whole, Member = member, Within = isRequired ? reached.Within : whole });
    }

    private void Describe<T, TConverter>(FormField field)
        where TConverter : IFormConverter<T>
    {
        // A type that contains itself has names without end: it is shown once inside of itself.
        if (open.Count(type => type == typeof(TConverter)) > 1 || fields.Count >= MostFields)
            return;
        var before = reached;
        reached = field;
        open.Push(typeof(TConverter));
        TConverter.Describe(this);
        open.Pop();
        reached = before;
    }

    private string Pattern(string index) => (reached.IsPattern ? reached.Name : Regex.Escape(reached.Name)) + index;

    /// <summary>Of several that hide each other, the type's own.</summary>
    private static PropertyInfo? PropertyOf<[DynamicallyAccessedMembers(Described)] TObject>(string name) =>
        typeof(TObject).GetProperties().FirstOrDefault(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A value that a form may have.</summary>
/// <param name="Name">Its name, or the regular expression that its names match as a whole.</param>
/// <param name="IsPattern">Whether it is an expression.</param>
/// <param name="Type">What it becomes.</param>
/// <param name="Member">What it sets; null for elements and entries.</param>
/// <param name="Within">The name of the largest part of the form that can't be made without it: empty for the whole, its own name when it may be left out.</param>
internal sealed record FormField(string Name, bool IsPattern, Type Type, ParameterInfo? Member, string Within)
{
    /// <summary>Whether it is of a part of the form.</summary>
    public bool IsIn(string part) => part.Length == 0 || Name.StartsWith(part + ".", StringComparison.Ordinal);
}
