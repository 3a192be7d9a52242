using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Writes the class that registers a type's handlers and holds their code.</summary>
internal static class HandlersEmitter
{
    public static string ClassName(string typeIdentifier) => typeIdentifier + "Handlers";

    public static void Emit(SourceWriter writer, TypeModel type, ICollection<Failure> failures)
    {
        var overloads = new Dictionary<string, int>(StringComparer.Ordinal);
        var sections = type.Handlers.Select(Section).ToList();
        writer.WriteLine(Known.GeneratedCode);
        using (writer.Block($"internal static class {ClassName(type.Identifier)}"))
        {
            using (writer.Block($"internal static void Register({Known.Hosting}HandlerRegistry handlers)"))
            {
                foreach (var section in sections)
                    writer.Write(section.Registration);
                ValidationEmitter.Emit(writer, type);
                if (type.Document is { } document)
                    DocumentEmitter.EmitRegistration(writer, document);
            }
            foreach (var section in sections)
                writer.Write(section.Members);
        }

        (SourceWriter Registration, SourceWriter Members) Section(HandlerModel handler)
        {
            var registration = new SourceWriter();
            var members = new SourceWriter();
            try
            {
                EmitHandler(registration, members, handler, NameOf(handler.Method.Name));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failures.Add(new Failure("CAP0902", [handler.Method.Id, exception.Message]));
                return (new SourceWriter(), new SourceWriter());
            }
            return (registration, members);
        }

        // A running app can take an edit when what is generated for other handlers stays as it is: members are called after their method, not counted.
        string NameOf(string method)
        {
            var overload = overloads[method] = overloads.TryGetValue(method, out var before) ? before + 1 : 0;
            return overload == 0 ? $"Handler_{method}" : $"Handler{CSharp.Number(overload)}_{method}";
        }
    }

    private static void EmitHandler(SourceWriter registration, SourceWriter members, HandlerModel handler, string name)
    {
        switch (handler)
        {
            case HttpHandlerModel http:
                HttpEmitter.Emit(registration, members, http, name);
                break;
            case TaskHandlerModel task:
                TaskEmitter.EmitRegistration(registration, task);
                break;
            default:
                InvocationEmitter.Emit(registration, members, handler, name);
                break;
        }
    }
}
