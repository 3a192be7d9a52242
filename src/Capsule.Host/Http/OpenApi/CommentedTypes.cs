using System.Reflection;

namespace Capsule.Hosting;

/// <summary>What XML comments say of types, by the types. The generator has put it into the manifests.</summary>
internal sealed class CommentedTypes(HandlerRegistry handlers)
{
    private readonly Lazy<Dictionary<string, TypeDocumentation>> types = new(() => handlers.TypeDocumentation
        .GroupBy(text => text.Type, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal));

    /// <summary>Null for a type without comments.</summary>
    public TypeDocumentation? Find(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return types.Value.GetValueOrDefault((type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? "");
    }

    /// <summary>Of a property, or of a parameter that sets one; null without a comment.</summary>
    public MemberDocumentation? OfMember(ParameterInfo member) =>
        member.Member.DeclaringType is { } type ? Find(type)?.Members.FirstOrDefault(text => text.Name == (member is MemberParameter ? member.Member.Name : member.Name)) : null;

    /// <summary>What an enum is, with a list of its constants, since a schema has no place for what each of its values means.</summary>
    /// <param name="type">The enum.</param>
    /// <param name="nameOf">How a constant is written.</param>
    public string? OfConstants(Type type, Func<string, string> nameOf)
    {
        if (Find(type) is not { } text)
            return null;
        var constants = text.Members.Where(member => member.Text is not null).Select(member => $"- `{nameOf(member.Name)}`: {member.Text}").ToList();
        return constants.Count == 0 ? text.Text : string.Join("\n\n", new[] { text.Text, string.Join('\n', constants) }.OfType<string>());
    }
}
