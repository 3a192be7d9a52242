using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Writes documents: their registrations, and the fields by which they are found.</summary>
internal static class DocumentEmitter
{
    /// <summary>The class around the fields type, so that equal names in different namespaces don't meet.</summary>
    public static string ContainerName(string typeIdentifier) => typeIdentifier + "Document";

    public static string FieldsName(DocumentModel document) => document.TypeName + "Fields";

    public static void EmitRegistration(SourceWriter writer, DocumentModel document)
    {
        using (writer.Block($"handlers.Add(new {Known.Hosting}DocumentType<{document.Type}>", ");"))
        {
            writer.WriteLine($"Name = {CSharp.Literal(document.Name)},");
            writer.WriteLine($"Scope = {document.Scope},");
            writer.WriteLine($"IdField = {CSharp.Literal(document.IdField)},");
            writer.WriteLine("GetId = static document => document.Id,");
        }
    }

    public static void EmitFields(SourceWriter writer, TypeModel type)
    {
        if (type.Document is not { } document)
            return;
        var access = document.IsPublic ? "public" : "internal";
        writer.WriteLine();
        writer.WriteLine("/// <summary>What a document is found by.</summary>");
        writer.WriteLine(Known.GeneratedCode);
        using (writer.Block($"{access} static class {ContainerName(type.Identifier)}"))
        {
            writer.WriteLine("/// <summary>The fields of the document, for filters, sorts and changes.</summary>");
            using (writer.Block($"{access} readonly struct {CSharp.Identifier(FieldsName(document))}"))
            {
                foreach (var field in document.Fields)
                {
                    var fieldType = $"{Known.Capsule}Field<{field.Type}>";
                    writer.WriteLine($"public {fieldType} {CSharp.Identifier(field.Name)} => new({CSharp.Literal(field.JsonName)});");
                }
            }
        }
    }
}
