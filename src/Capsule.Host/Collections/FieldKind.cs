using System.Numerics;

namespace Capsule.Hosting;

/// <summary>How values of a field are compared and ordered. The rules are the same for every storage back end.</summary>
internal enum FieldKind
{
    /// <summary>
    /// Strings, characters, <see cref="Guid"/>, <see cref="DateOnly"/>, <see cref="TimeOnly"/> and enums written by name: by Unicode code points, case and accents counting.
    /// Also the order of anything written as a string that its own kind can't read.
    /// </summary>
    Text,

    /// <summary>Booleans (false before true), integers of up to 64 bits with sign, enums written as numbers.</summary>
    Integer,

    /// <summary>Binary floating point, by value.</summary>
    Real,

    /// <summary>Decimals and larger integers, by value and in full precision: 1.0 equals 1.00.</summary>
    Decimal,

    /// <summary><see cref="DateTimeOffset"/> by the instant, whatever the offset; <see cref="DateTime"/> likewise, taken as UTC when it has no zone.</summary>
    Instant,

    /// <summary><see cref="TimeSpan"/>, by length.</summary>
    Duration,

    /// <summary>Lists and objects: equal when their JSON is; they have no order.</summary>
    Json,
}

internal static class FieldKinds
{
    private static readonly Dictionary<Type, FieldKind> known = new()
    {
        [typeof(string)] = FieldKind.Text,
        [typeof(char)] = FieldKind.Text,
        [typeof(Guid)] = FieldKind.Text,
        [typeof(Uri)] = FieldKind.Text,
        [typeof(Version)] = FieldKind.Text,
        [typeof(DateOnly)] = FieldKind.Text,
        [typeof(TimeOnly)] = FieldKind.Text,
        [typeof(bool)] = FieldKind.Integer,
        [typeof(sbyte)] = FieldKind.Integer,
        [typeof(byte)] = FieldKind.Integer,
        [typeof(short)] = FieldKind.Integer,
        [typeof(ushort)] = FieldKind.Integer,
        [typeof(int)] = FieldKind.Integer,
        [typeof(uint)] = FieldKind.Integer,
        [typeof(long)] = FieldKind.Integer,
        [typeof(Half)] = FieldKind.Real,
        [typeof(float)] = FieldKind.Real,
        [typeof(double)] = FieldKind.Real,
        [typeof(decimal)] = FieldKind.Decimal,
        [typeof(ulong)] = FieldKind.Decimal,
        [typeof(Int128)] = FieldKind.Decimal,
        [typeof(UInt128)] = FieldKind.Decimal,
        [typeof(BigInteger)] = FieldKind.Decimal,
        [typeof(DateTimeOffset)] = FieldKind.Instant,
        [typeof(DateTime)] = FieldKind.Instant,
        [typeof(TimeSpan)] = FieldKind.Duration,
    };

    /// <summary>How values of a type are compared; a nullable one as its underlying type.</summary>
    public static FieldKind Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return known.TryGetValue(type, out var kind) ? kind
            : !type.IsEnum ? FieldKind.Json
            : Enum.GetUnderlyingType(type) == typeof(ulong) ? FieldKind.Decimal : FieldKind.Integer;
    }
}
