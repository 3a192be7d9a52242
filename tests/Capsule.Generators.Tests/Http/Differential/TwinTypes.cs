namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>The types that the programs of this suite use, as source text.</summary>
internal static class TwinTypes
{
    public const string Usings = """
        using System.Collections;
        using System.Globalization;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using Capsule;
        using Microsoft.AspNetCore.Http.HttpResults;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Extensions.Primitives;

        """;

    public const string Source = Showing + Parsed + Written + Forms;

    /// <summary>What handlers of responses stream; members of their class.</summary>
    public const string Streams = """
            private static async IAsyncEnumerable<int> Numbers() { await Task.Yield(); yield return 1; yield return 2; }

            private static async IAsyncEnumerable<Shape> Shapes() { await Task.Yield(); yield return new Circle(1); }

            private static async IAsyncEnumerable<string> Lines() { await Task.Yield(); yield return "one"; yield return "two\nlines"; }

            private static async IAsyncEnumerable<Todo> Items() { await Task.Yield(); yield return new("a", 1); }

        """;

    private const string Showing = """
        public static class Show
        {
            public static string Of(object? value) => value switch
            {
                null => "null",
                string text => $"'{text}'",
                DateTime time => time.ToString("O") + time.Kind,
                DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
                IEnumerable all => $"[{string.Join(" ", all.Cast<object?>().Select(Of))}]",
                IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString()!,
            };

            private static readonly JsonSerializerOptions options = new() { Converters = { new FileNames() } };

            public static string Json(object? value) => $"{value?.GetType().Name} {JsonSerializer.Serialize(value, options)}";

            private sealed class FileNames : JsonConverter<IFormFile>
            {
                public override IFormFile Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new NotSupportedException();

                public override void Write(Utf8JsonWriter writer, IFormFile file, JsonSerializerOptions options) => writer.WriteStringValue($"{file.Name}@{file.FileName} {file.Length}");
            }
        }

        """;

    private const string Parsed = """
        [Flags] public enum Colors : byte { None = 0, Red = 1, Green = 2, Blue = 4 }

        public readonly record struct Point(int X, int Y)
        {
            public static bool TryParse(string? text, out Point point)
            {
                point = new(-1, -1);
                if (text?.Split(':') is not [var first, var second] || !int.TryParse(first, out var x) || !int.TryParse(second, out var y))
                    return false;
                point = new(x, y);
                return true;
            }
        }

        public readonly record struct Amount(decimal Value)
        {
            public static bool TryParse(string? text, IFormatProvider? provider, out Amount amount)
            {
                var parsed = decimal.TryParse(text, NumberStyles.Number, provider, out var value);
                amount = new(value);
                return parsed;
            }

            public static bool TryParse(string? text, out Amount amount) => throw new InvalidOperationException("The one with a culture goes first.");
        }

        public readonly record struct Twofold(int Number) : IParsable<Twofold>
        {
            static Twofold IParsable<Twofold>.Parse(string text, IFormatProvider? provider) => throw new FormatException();

            static bool IParsable<Twofold>.TryParse(string? text, IFormatProvider? provider, out Twofold result)
            {
                var parsed = int.TryParse(text, provider, out var number);
                result = new(number);
                return parsed;
            }

            public static bool TryParse(string? text, out Twofold result) => throw new InvalidOperationException("The one of the interface goes first.");
        }

        public readonly record struct Threefold(int Number) : IParsable<Threefold>
        {
            static Threefold IParsable<Threefold>.Parse(string text, IFormatProvider? provider) => throw new FormatException();

            static bool IParsable<Threefold>.TryParse(string? text, IFormatProvider? provider, out Threefold result)
            {
                var parsed = int.TryParse(text, provider, out var number);
                result = new(number);
                return parsed;
            }

            public static bool TryParse(string? text, IFormatProvider? provider, out Threefold result) => throw new InvalidOperationException("The one of the interface goes first.");

            public static bool TryParse(string? text, out Threefold result) => throw new InvalidOperationException("The one of the interface goes first.");
        }

        public sealed record Tag(string Text)
        {
            public static bool TryParse(string? text, out Tag? tag)
            {
                tag = text is { Length: > 0 and < 8 } ? new Tag(text) : null;
                return tag is not null;
            }
        }

        public readonly record struct Celsius(double Degrees) : IParsable<Celsius>
        {
            static Celsius IParsable<Celsius>.Parse(string text, IFormatProvider? provider) => new(double.Parse(text, provider));

            static bool IParsable<Celsius>.TryParse(string? text, IFormatProvider? provider, out Celsius result)
            {
                var parsed = double.TryParse(text, provider, out var degrees);
                result = new(degrees);
                return parsed && double.IsFinite(degrees);
            }
        }

        public readonly record struct Percent(int Value) : ISpanParsable<Percent>
        {
            public static Percent Parse(string text, IFormatProvider? provider) => Parse(text.AsSpan(), provider);

            public static Percent Parse(ReadOnlySpan<char> text, IFormatProvider? provider) => throw new FormatException();

            public static bool TryParse(string? text, IFormatProvider? provider, out Percent result) => TryParse(text.AsSpan(), provider, out result);

            public static bool TryParse(ReadOnlySpan<char> text, IFormatProvider? provider, out Percent result)
            {
                result = default;
                if (!text.EndsWith("%") || !int.TryParse(text[..^1], provider, out var value) || value > 100)
                    return false;
                result = new(value);
                return true;
            }
        }

        public abstract class ParsesItself<T> where T : ParsesItself<T>, new()
        {
            public string Text { get; private set; } = "";

            public static bool TryParse(string? text, out T result)
            {
                result = new T { Text = text ?? "" };
                return text is { Length: > 0 and < 8 };
            }

            public override string ToString() => Text;
        }

        public sealed class SubTag : ParsesItself<SubTag>;

        """;

    private const string Written = """
        public sealed record Todo(string Title, int Priority);

        public struct Size
        {
            public int Width { get; set; }
            public int Height { get; set; }
        }

        [JsonDerivedType(typeof(Circle), "circle")] public abstract record Shape;

        public sealed record Circle(int Radius) : Shape;

        public interface IAnimal { string Name { get; } }

        public record Animal(string Name) : IAnimal;

        public sealed record Dog(string Name, int Legs) : Animal(Name);

        public sealed class Explicit : IResult
        {
            Task IResult.ExecuteAsync(HttpContext context) => context.Response.WriteAsync("explicit");
        }

        public readonly struct StructResult : IResult
        {
            public Task ExecuteAsync(HttpContext context) => context.Response.WriteAsync("struct");
        }

        """;

    private const string Forms = """
        public sealed record FormRecord(string Name, int Count);

        public class FormClass
        {
            public string Name { get; set; } = "initial";
            public int Count { get; set; } = 7;
            public string ReadOnly => Name;
            public string Private { get; private set; } = "private";
            internal string? Internal { get; set; }
            public static string? Shared { get; set; }
            public string? field;
            public string? this[int index] { get => null; set { } }
        }

        public sealed partial class FormPartial
        {
            public string? Name { get; set; }
            public int Count { get; set; }
        }

        public struct FormStruct
        {
            public string? Name { get; set; }
            public int Count { get; set; }
        }

        public record struct FormRecordStruct(string Name, int Count = 7);

        public sealed class FormMixed(string name)
        {
            public string Name { get; } = name;
            public int Count { get; init; } = 7;
            public string? More { get; set; }
            [System.Runtime.Serialization.DataMember(Name = "ordered")] public string? Order { get; set; }
            [System.Runtime.Serialization.DataMember] public string? Kept { get; set; }
            [System.Runtime.Serialization.IgnoreDataMember] public string? Ignored { get; set; }
        }

        public sealed class FormRequired
        {
            public required string Name { get; set; }
            public required int Count { get; init; }
        }

        public class FormDerived : FormClass
        {
            public new long Count { get; set; }
            public string? Other { get; set; }
        }

        public sealed class FormThrows
        {
            public FormThrows(string name) => Name = name == "ok" ? name : throw new ArgumentException("No.");

            public string Name { get; }
        }

        public sealed class FormSetterThrows
        {
            private string name = "";

            public string Name { get => name; set => name = value == "ok" ? value : throw new ArgumentException("No."); }
        }

        public sealed class FormNullables
        {
            public int? Count { get; set; } = 7;
            public bool? Flag { get; set; }
            public DateTime? At { get; set; }
            public DayOfWeek? Day { get; set; }
            public Size? Size { get; set; }
        }

        public sealed class FormParsed
        {
            public DateTime At { get; set; }
            public DateTimeOffset Moment { get; set; }
            public DateOnly Date { get; set; }
            public TimeOnly Time { get; set; }
            public Guid Id { get; set; }
            public Uri? Link { get; set; }
            public decimal Money { get; set; }
            public double Number { get; set; }
            public char Letter { get; set; }
            public Celsius Celsius { get; set; }
            public Point Point { get; set; }
        }

        public sealed record FormAddress(string Street, int Zip);

        public sealed record FormNested(string Name, FormAddress Address)
        {
            public string[]? Tags { get; set; }
            public List<FormAddress>? Lines { get; set; }
            public Dictionary<string, decimal> Prices { get; set; } = [];
        }

        public sealed class FormNestedClass
        {
            public string? Name { get; set; }
            public FormAddressClass? Address { get; set; }
            public string[]? Tags { get; set; }
            public List<FormAddressClass>? Lines { get; set; }
            public Dictionary<string, decimal>? Prices { get; set; }
        }

        public sealed class FormAddressClass
        {
            public string? Street { get; set; }
            public int Zip { get; set; }
        }

        public sealed class Node
        {
            public string? Name { get; set; }
            public Node? Child { get; set; }
            public List<Node>? Children { get; set; }
        }

        public sealed record NodeRecord(string Name, NodeRecord? Child = null, List<NodeRecord>? Children = null);

        public class Ancestor
        {
            public string? Name { get; set; }
            public Descendant? Child { get; set; }
        }

        public sealed class Descendant : Ancestor
        {
            public int Age { get; set; }
        }

        public sealed record FormAmong([FromForm] FormRecord Form, int Page);

        public sealed record StructBody([FromBody] int Count);

        public sealed class Numbers : List<int>;

        public sealed class Prices : Dictionary<string, int>;

        public sealed class FormGeneric<T>
        {
            public T? Value { get; set; }
        }

        public sealed class FormCollectionsOf
        {
            public IEnumerable<int>? All { get; set; }
            public Dictionary<string, string>? Map { get; set; }
            public HashSet<string>? Set { get; set; }
            public List<List<int>>? Nested { get; set; }
            public Dictionary<string, FormClass>? Objects { get; set; }
        }

        """;
}
