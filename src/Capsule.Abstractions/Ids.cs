using System.Security.Cryptography;

namespace Capsule;

/// <summary>The one place where ids are made.</summary>
internal static class Ids
{
    private static readonly AsyncLocal<Func<string, string>?> source = new();

    /// <summary>Makes ids in the current asynchronous flow from their prefix; for tests that want to know them beforehand.</summary>
    internal static Func<string, string>? Source
    {
        get => source.Value;
        set => source.Value = value;
    }

    /// <summary>A new random id.</summary>
    /// <param name="prefix">What it begins with, for example <c>ses_</c>.</param>
    /// <param name="bytes">How many random bytes follow, as lower-case hexadecimal digits.</param>
    internal static string New(string prefix, int bytes = 12) =>
        source.Value?.Invoke(prefix) ?? prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
