using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Writes what comments say: of a handler beside its registration, of types in a file of their own.</summary>
internal static class DocumentationEmitter
{
    /// <summary>The class with the texts of types; its method is only called when a document is asked for.</summary>
    public const string ClassName = "TypeDocumentation";
    public const string Method = "Read";

    public static void Emit(SourceWriter writer, DocumentationModel documentation)
    {
        if (documentation == DocumentationModel.Empty)
            return;
        using (writer.Block($"Documentation = new {Known.Hosting}HandlerDocumentation", ","))
        {
            Text("Summary", documentation.Summary);
            Text("Description", documentation.Remarks);
            Text("Returns", documentation.Returns);
            Text("Example", documentation.Example);
            Text("Group", documentation.Group);
            List("Parameters", documentation.Parameters.Select(Member));
            List("Responses", documentation.Responses.Select(response => $"new({CSharp.Literal(response.Status)}, {CSharp.Literal(response.Text)})"));
        }

        void Text(string property, string? text)
        {
            if (text is not null)
                writer.WriteLine($"{property} = {CSharp.Literal(text)},");
        }

        void List(string property, IEnumerable<string> items)
        {
            var list = items.ToList();
            if (list.Count > 0)
                writer.WriteLine($"{property} = [{string.Join(", ", list)}],");
        }
    }

    public static void Emit(SourceWriter writer, EquatableArray<TypeText> types)
    {
        writer.WriteLine(Known.GeneratedCode);
        using (writer.Block($"internal static class {ClassName}"))
        {
            using (writer.Block($"internal static global::System.Collections.Generic.IEnumerable<{Known.Hosting}TypeDocumentation> {Method}()"))
            {
                foreach (var type in types)
                {
                    var members = string.Join(", ", type.Members.Select(Member));
                    writer.WriteLine(
                        $"yield return new({CSharp.Literal(type.Name)}, {CSharp.Literal(type.Text)}, {CSharp.Literal(type.Example)}, [{members}]);");
                }
                writer.WriteLine("yield break;");
            }
        }
    }

    private static string Member(MemberText member) =>
        member.Example is null
            ? $"new({CSharp.Literal(member.Name)}, {CSharp.Literal(member.Text)})"
            : $"new({CSharp.Literal(member.Name)}, {CSharp.Literal(member.Text)}, {CSharp.Literal(member.Example)})";
}
