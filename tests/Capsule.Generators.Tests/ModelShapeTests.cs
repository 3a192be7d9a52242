using System.Reflection;
using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Tests;

/// <summary>What the pipeline keeps between keystrokes: plain values only, or every old compilation would stay in memory.</summary>
public class ModelShapeTests
{
    private static readonly Type[] Models =
        [.. typeof(AssemblyModel).Assembly.GetTypes().Where(type => type.Namespace == typeof(AssemblyModel).Namespace && !type.IsNested)];

    public static TheoryData<string> ModelNames => [.. Models.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void A_model_holds_plain_values(string name)
    {
        var model = Models.Single(type => type.Name == name);
        foreach (var field in model.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            Assert.True(IsPlain(field.FieldType), $"{name} holds a {field.FieldType}: {field.Name}");
    }

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void A_model_is_equal_by_value(string name)
    {
        var model = Models.Single(type => type.Name == name);
        Assert.True(model.IsEnum || IsStatic(model) || typeof(IEquatable<>).MakeGenericType(model).IsAssignableFrom(model), name);
        Assert.All(
            model.GetProperties(BindingFlags.Instance | BindingFlags.Public),
            property => Assert.True(property.SetMethod is not { } set || IsInitOnly(set), $"{name}.{property.Name} can be changed."));
    }

    /// <summary>The check itself: it must see a symbol behind an array and a generic.</summary>
    [Theory]
    [InlineData(typeof(Microsoft.CodeAnalysis.ISymbol))]
    [InlineData(typeof(Microsoft.CodeAnalysis.Location))]
    [InlineData(typeof(List<string>))]
    [InlineData(typeof(string[]))]
    [InlineData(typeof(object))]
    public void Other_values_are_not_plain(Type type) => Assert.False(IsPlain(type));

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || Models.Contains(type)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>) && IsPlain(type.GenericTypeArguments[0]))
        || (Nullable.GetUnderlyingType(type) is { } value && IsPlain(value));

    private static bool IsStatic(Type type) => type.IsAbstract && type.IsSealed;

    private static bool IsInitOnly(MethodInfo set) =>
        set.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");
}
