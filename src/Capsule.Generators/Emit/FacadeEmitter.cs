using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Writes the extension members by which authors reach tasks and collections by name: <c>session.Tasks.SyncThreads</c>, <c>session.Db.Threads</c>.</summary>
internal static class FacadeEmitter
{
    public static void Emit(SourceWriter writer, TypeModel type)
    {
        var tasks = type.Handlers.OfType<TaskHandlerModel>().ToList();
        if (tasks.Count == 0 && type.Document is null)
            return;
        var isPublic = tasks.Exists(task => task.IsPublic) || type.Document is { IsPublic: true };
        writer.WriteLine();
        using (writer.Block("namespace Capsule"))
        {
            writer.WriteLine("/// <summary>Tasks and collections by name.</summary>");
            writer.WriteLine(Known.GeneratedCode);
            using (writer.Block($"{Access(isPublic)} static class {type.Assembly}_{type.Identifier}Extensions"))
            {
                if (tasks.Count > 0)
                    EmitTasks(writer, type, tasks);
                if (type.Document is { } document)
                    EmitDocument(writer, type, document);
            }
        }
    }

    private static void EmitTasks(SourceWriter writer, TypeModel type, List<TaskHandlerModel> tasks)
    {
        using (writer.Block($"extension({Known.Capsule}TaskClient tasks)"))
        {
            foreach (var task in tasks)
            {
                var definition = $"{Generated(type)}.{TaskEmitter.ContainerName(type.Identifier)}.{TaskEmitter.DefinitionName(task)}";
                writer.WriteLine($"/// <summary>{CSharp.XmlText(task.Documentation.Summary ?? $"The task {task.Name}.")}</summary>");
                writer.WriteLine($"{Access(task.IsPublic)} {definition} {CSharp.Identifier(task.Name)} => new(tasks);");
            }
        }
    }

    private static void EmitDocument(SourceWriter writer, TypeModel type, DocumentModel document)
    {
        var collection = $"{Known.Capsule}Collection<{document.Type}>";
        using (writer.Block($"extension({Known.Capsule}DocumentDatabase db)"))
        {
            writer.WriteLine("/// <summary>The collection, as the owner of this database sees it.</summary>");
            writer.WriteLine($"{Access(document.IsPublic)} {collection} {CSharp.Identifier(document.PropertyName)} => db.GetCollection<{document.Type}>();");
        }
        writer.WriteLine();
        var fields = $"{Generated(type)}.{DocumentEmitter.ContainerName(type.Identifier)}.{CSharp.Identifier(DocumentEmitter.FieldsName(document))}";
        using (writer.Block($"extension({collection} collection)"))
            EmitQueries(writer, document, fields);
    }

    /// <summary>Overloads of the collection's methods that build filters, sorts and changes from the document's fields.</summary>
    private static void EmitQueries(SourceWriter writer, DocumentModel document, string fields)
    {
        var access = Access(document.IsPublic);
        var filter = $"{Known.Func}<{fields}, {Known.Capsule}Filter> filter";
        var sort = $"{Known.Func}<{fields}, {Known.Capsule}Sort>";
        var changes = $"{Known.Func}<{fields}, {Known.Capsule}Changes> changes";
        var many = $"{Known.Task}<global::System.Collections.Generic.IReadOnlyList<{document.Type}>>";
        var one = $"{Known.Task}<{document.Type}?>";
        const string Paging = "int? limit = null, int skip = 0";
        const string Cancellation = Known.CancellationToken + " cancellationToken = default";

        var isFirst = true;
        Method("The documents that match.",
            $"{many} FindAsync({filter}, {Paging}, {sort}? sort = null, {Cancellation})",
            "FindAsync(filter(default), limit, skip, sort?.Invoke(default), cancellationToken)");
        Method("All documents, in the order given.",
            $"{many} FindAsync({sort} sort, {Paging}, {Cancellation})",
            "FindAsync(null, limit, skip, sort(default), cancellationToken)");
        Method("The first document that matches; null when none does.",
            $"{one} FindOneAsync({filter}, {sort}? sort = null, {Cancellation})",
            "FindOneAsync(filter(default), sort?.Invoke(default), cancellationToken)");
        Method("The first document in the order given; null when there is none.",
            $"{one} FindOneAsync({sort} sort, {Cancellation})",
            "FindOneAsync(null, sort(default), cancellationToken)");
        Method("The number of documents that match.",
            $"{Known.Task}<int> CountAsync({filter}, {Cancellation})",
            "CountAsync(filter(default), cancellationToken)");
        Method("Changes the document of an id. False when there is none in this scope.",
            $"{Known.Task}<bool> UpdateAsync(string id, {changes}, {Cancellation})",
            "UpdateAsync(id, changes(default), cancellationToken)");
        Method("Changes the documents that match and returns how many there were.",
            $"{Known.Task}<int> UpdateAsync({filter}, {changes}, {Cancellation})",
            "UpdateAsync(filter(default), changes(default), cancellationToken)");
        Method("Deletes the documents that match and returns how many there were.",
            $"{Known.Task}<int> DeleteAsync({filter}, {Cancellation})",
            "DeleteAsync(filter(default), cancellationToken)");

        void Method(string summary, string signature, string call)
        {
            if (!isFirst)
                writer.WriteLine();
            isFirst = false;
            writer.WriteLine($"/// <summary>{summary}</summary>");
            writer.WriteLine($"{access} {signature} =>");
            using (writer.Indent())
                writer.WriteLine($"collection.{call};");
        }
    }

    private static string Generated(TypeModel type) => $"global::{FileEmitter.Namespace(type.Assembly)}";

    private static string Access(bool isPublic) => isPublic ? "public" : "internal";
}
