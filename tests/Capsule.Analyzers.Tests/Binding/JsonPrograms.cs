using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Binding;

/// <summary>CAP0110.</summary>
internal static class JsonPrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Returns("record Thing(Action Done)"),
        Returns("record Thing(Type Kind)"),
        Returns("record Inner(nint Pointer); public record Thing(Inner Inner)"),
        Returns("record Thing(int[,] Table)"),
        Returns("record Key(int X); public record Thing(Dictionary<Key, int> Values)"),
        Returns("record Thing(Dictionary<(int, int), int> Values)"),
        Returns("record Thing([property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] Action? Done)"),
        Returns("record Base(System.Reflection.MethodInfo Method); public record Thing(System.Reflection.MethodInfo Method) : Base(Method)"),
        Returns("record Part(Func<int> Count); public record Thing(List<Part> Parts)"),
        Returns("record Part(Func<int> Count); public record Thing(Part[]? Parts)"),
        Members("[Task] public static int Handle(nint {|CAP0110:pointer|}) => 1;"),
        Members("[Task] public static Type {|CAP0110:Handle|}() => typeof(int);"),
        Types("public interface IShape; public record Drawing(IShape Shape); public static class App { [Task] public static void Handle(Drawing {|CAP0110:drawing|}) { } }"),
        Types("public abstract class Shape; public record Drawing(List<Shape> Shapes); public static class App { [Task] public static void Handle(Drawing {|CAP0110:drawing|}) { } }"),
        Types("public interface IShape; public record Drawing(IShape Shape); public static class App { [Endpoint(\"POST\", \"/\")] public static void Handle([FromBody] Drawing {|CAP0110:drawing|}) { } }"),
        Types("public record Thing(Action Done); public static class App { [Endpoint(\"GET\", \"/\")] public static Results<Ok<Thing>, NotFound> {|CAP0110:Handle|}() => TypedResults.NotFound(); }"),
        Types("[Document(\"rows\")] public record {|CAP0110:Row|}(string Id, Type Kind);"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Returns("record Thing(Dictionary<string, int> Values, Uri Link, System.Text.Json.Nodes.JsonNode Node, object Any, DayOfWeek Day)", isValid: true),
        Returns("record Thing([property: System.Text.Json.Serialization.JsonIgnore] Action Done)", isValid: true),
        Returns("record Thing([property: System.Text.Json.Serialization.JsonConverter(typeof(object))] Type Kind)", isValid: true),
        Returns("record Thing(Dictionary<Key, int> Values); [System.Text.Json.Serialization.JsonConverter(typeof(object))] public record Key(int X)", isValid: true),
        Returns("class Thing { public Type? Kind { private get; set; } }", isValid: true),
        Types("[System.Text.Json.Serialization.JsonPolymorphic] public abstract class Shape; public static class App { [Task] public static void Handle(Shape shape) { } }"),
        Returns("class Thing : List<int> { public Type Kind => typeof(int); }", isValid: true),
        Returns("record Thing(Type Kind); public abstract class TextConverter<T> : System.Text.Json.Serialization.JsonConverter<T>; public abstract class TypeConverter : TextConverter<Type>", isValid: true),
        Returns("record Thing(Type Kind); public abstract class AnyConverter : System.Text.Json.Serialization.JsonConverter<object>", isValid: true),
        Returns("record Thing(Action Done); public abstract class Factory : System.Text.Json.Serialization.JsonConverterFactory", isValid: true),
        Returns("interface IShape; public record Thing(IShape Shape)", isValid: true),
        Returns("record Thing(int X) { internal Action? Done { get; set; } public static Type Kind => typeof(int); public Action? Field; }", isValid: true),
        Returns("record Thing(Thing? Next, List<Thing> Others, int[][] Table)", isValid: true),
        Returns("record Thing([property: System.Text.Json.Serialization.JsonConverter(typeof(TypeConverter))] Type Kind); public class TypeConverter : System.Text.Json.Serialization.JsonConverter<Type> { public override Type? Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options) => null; public override void Write(System.Text.Json.Utf8JsonWriter writer, Type value, System.Text.Json.JsonSerializerOptions options) { } }", isValid: true),
        Returns("record Thing(Type Kind); public class TypeConverter : System.Text.Json.Serialization.JsonConverter<Type> { public override Type? Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options) => null; public override void Write(System.Text.Json.Utf8JsonWriter writer, Type value, System.Text.Json.JsonSerializerOptions options) { } }", isValid: true),
        Types("[System.Text.Json.Serialization.JsonDerivedType(typeof(Circle), \"circle\")] public abstract class Shape; public class Circle : Shape; public record Drawing(Shape Shape, IReadOnlyList<Shape> More); public static class App { [Task] public static void Handle(Drawing drawing) { } }"),
        Types("public class Settings { public IShape? Shape => null; public int Size { get; set; } } public interface IShape; public static class App { [Task] public static void Handle(Settings settings) { } }"),
        Types("public class Service { public Type Kind => typeof(int); } public static class App { [Endpoint(\"POST\", \"/\")] public static void Handle(Service service) { } [Message] public static void Chat(Service service) { } }"),
        Types("public abstract record Shape; [System.Text.Json.Serialization.JsonConverter(typeof(ShapeConverter))] public abstract record Round : Shape; public record Drawing(Round Shape); public static class App { [Task] public static void Handle(Drawing drawing) { } } public class ShapeConverter : System.Text.Json.Serialization.JsonConverter<Shape> { public override bool CanConvert(Type type) => type.IsAssignableTo(typeof(Shape)); public override Shape? Read(ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) => null; public override void Write(System.Text.Json.Utf8JsonWriter writer, Shape value, System.Text.Json.JsonSerializerOptions options) { } }"),
        Members("[Endpoint(\"GET\", \"/\")] public static IAsyncEnumerable<int> Handle() => null!;"),
        Members("[Task] public static IReadOnlyDictionary<string, int[]> Handle(IEnumerable<string> names, ISet<Guid> ids, IDictionary<DayOfWeek, int> days) => null!;"),
    ];

    private static string Returns(string type, bool isValid = false) =>
        Types($"public {type}{(type.EndsWith('}') ? "" : ";")} public static class App {{ [Endpoint(\"GET\", \"/\")] public static Thing {(isValid ? "Handle" : "{|CAP0110:Handle|}")}() => null!; }}");
}
