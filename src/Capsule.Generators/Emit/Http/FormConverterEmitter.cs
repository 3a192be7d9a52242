using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Names the type that makes a value of a part of a form, and writes it for objects, collections and dictionaries.</summary>
internal static class FormConverterEmitter
{
    private const string Converters = Known.Hosting + "FormConverters.";

    /// <param name="parameter">The parameter.</param>
    /// <param name="index">Which of its types.</param>
    /// <param name="own">What the converters of its types are called, but for their numbers.</param>
    public static string ConverterOf(FormObjectParameter parameter, int index, string own)
    {
        var type = parameter.Types[index];
        return type.Kind switch
        {
            FormTypeKind.Parsable or FormTypeKind.Enum or FormTypeKind.Nothing => $"{Converters}{type.Kind}<{type.Type}>",
            FormTypeKind.Nullable => $"{Converters}Nullable<{parameter.Types[type.Inner].Type}, {ConverterOf(parameter, type.Inner, own)}>",
            FormTypeKind.Object or FormTypeKind.Collection or FormTypeKind.Dictionary => $"{own}_{CSharp.Number(index)}",
            _ => Converters + type.Kind,
        };
    }

    public static void Emit(SourceWriter members, HttpHandlerModel handler, string factory)
    {
        foreach (var bound in BindingPlan.Of(handler.Method.Parameters))
        {
            if (bound.Parameter is not FormObjectParameter parameter)
                continue;
            for (var index = 0; index < parameter.Types.Count; index++)
                Emit(members, parameter, index, $"{factory}Form{bound.Id}");
        }
    }

    private static void Emit(SourceWriter members, FormObjectParameter parameter, int index, string own)
    {
        var type = parameter.Types[index];
        if (type.Kind is not (FormTypeKind.Object or FormTypeKind.Collection or FormTypeKind.Dictionary))
            return;
        members.WriteLine();
        using (members.Block($"private readonly struct {ConverterOf(parameter, index, own)} : {Known.Hosting}IFormConverter<{type.Type}>"))
        {
            using (members.Block($"public static bool TryRead({Known.Hosting}FormData form, out {type.Type} value)"))
            {
                if (type.Kind == FormTypeKind.Object)
                    EmitObject(members, type, index => TypeArguments(parameter, index, own));
                else
                    EmitCollection(members, type, IsOfTexts(parameter, type), TypeArguments(parameter, type.Inner, own));
            }
            using (members.Block($"public static void Describe({Known.Hosting}FormDescription form)"))
            {
                if (type.Kind == FormTypeKind.Object)
                    EmitMembers(members, type, index => TypeArguments(parameter, index, own));
                else if (IsOfTexts(parameter, type))
                    members.WriteLine($"form.Texts<{TypeArguments(parameter, type.Inner, own)}>(typeof({type.Type}));");
                else
                    members.WriteLine($"form.{(type.Key is null ? "Elements" : "Entries")}<{TypeArguments(parameter, type.Inner, own)}>();");
            }
        }
    }

    /// <summary>Whether elements may be several values of one name.</summary>
    private static bool IsOfTexts(FormObjectParameter parameter, FormTypeModel type) => type.Key is null
        && parameter.Types[type.Inner].Kind is FormTypeKind.Parsable or FormTypeKind.Enum or FormTypeKind.Uri or FormTypeKind.Nullable;

    public static string TypeArguments(FormObjectParameter parameter, int index, string own) =>
        $"{parameter.Types[index].Type}, {ConverterOf(parameter, index, own)}";

    private static void EmitCollection(SourceWriter writer, FormTypeModel type, bool isOfTexts, string inner)
    {
        var read = type.Key is null ? $"TryReadAll<{inner}>" : $"TryReadEntries<{type.Key}, {inner}>";
        writer.WriteLine($"var found = form.{read}(out var all){(isOfTexts ? $" || form.TryReadEach<{inner}>(out all)" : "")};");
        writer.WriteLine($"value = found ? {type.Made ?? $"{Known.Hosting}FormData.Fill(new {type.Type}(), all)"} : default!;");
        writer.WriteLine("return found;");
    }

    /// <summary>Reads every member first: what is wrong with one is said before what is missing, and of an object that is not there nothing is missing.</summary>
    private static void EmitObject(SourceWriter writer, FormTypeModel type, Func<int, string> typeArguments)
    {
        var members = type.Arguments.Concat(type.Properties).ToList();
        writer.WriteLine("value = default!;");
        if (type.IsRecursive)
            EmitIf(writer, "!form.HasAny()", "return false;");
        for (var i = 0; i < members.Count; i++)
            writer.WriteLine($"var has{CSharp.Number(i)} = form.TryRead<{typeArguments(members[i].Type)}>({CSharp.Literal(members[i].Name)}, out var member{CSharp.Number(i)});");
        if (members.Count == 0)
        {
            writer.WriteLine("return false;");
            return;
        }
        EmitIf(writer, $"!({string.Join(" | ", members.Select((_, i) => $"has{CSharp.Number(i)}"))})", "return false;");
        for (var i = 0; i < members.Count; i++)
        {
            var isArgument = i < type.Arguments.Count;
            if (isArgument || members[i].IsRequired)
                EmitIf(writer, $"!has{CSharp.Number(i)}", $"throw form.Missing{(isArgument ? "Argument" : "Property")}({CSharp.Literal(members[i].Name)});");
        }
        using (writer.Block("try"))
            EmitMaking(writer, type);
        using (writer.Block("catch (global::System.Exception exception)"))
            writer.WriteLine("throw form.Refuse(exception);");
        writer.WriteLine("return true;");
    }

    private static void EmitMembers(SourceWriter writer, FormTypeModel type, Func<int, string> typeArguments)
    {
        foreach (var argument in type.Arguments)
            writer.WriteLine($"form.Argument<{type.Type}, {typeArguments(argument.Type)}>({CSharp.Literal(argument.Name)}, {CSharp.Literal(argument.Property)});");
        foreach (var property in type.Properties)
            writer.WriteLine($"form.Property<{type.Type}, {typeArguments(property.Type)}>({CSharp.Literal(property.Name)}, {CSharp.Literal(property.Property)}, {CSharp.Boolean(property.IsRequired)});");
    }

    private static void EmitMaking(SourceWriter writer, FormTypeModel type)
    {
        var properties = type.Properties
            .Select((property, i) => (Property: property, Text: $"{CSharp.Identifier(property.Property)} = member{CSharp.Number(type.Arguments.Count + i)}"))
            .ToLookup(property => property.Property.IsInitOnly, property => property.Text);
        var arguments = string.Join(", ", type.Arguments.Select((_, i) => $"member{CSharp.Number(i)}"));
        var initializer = properties.Contains(true) ? $" {{ {string.Join(", ", properties[true])} }}" : "";
        writer.WriteLine($"value = new({arguments}){initializer};");
        foreach (var property in properties[false])
            writer.WriteLine($"value.{property};");
    }

    private static void EmitIf(SourceWriter writer, string condition, string statement)
    {
        writer.WriteLine($"if ({condition})");
        using (writer.Indent())
            writer.WriteLine(statement);
    }
}
