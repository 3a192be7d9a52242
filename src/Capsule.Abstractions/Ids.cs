using System.Security.Cryptography;

namespace Capsule;

/// <summary>The one place where ids are made.</summary>
internal static class Ids
{
    private static readonly AsyncLocal<Func<string, int, string?>?> source = new();

    /// <summary>
    /// Makes ids in the current asynchronous flow, from their prefix and number of bytes, where it does not return null: those of a handler that runs
    /// again after a crash are the same ones.
    /// </summary>
    internal static Func<string, int, string?>? Source
    {
        get => source.Value;
        set => source.Value = value;
    }

    /// <summary>
    /// A new id that sorts behind the earlier ones (a UUID of version 7): rows that are made at about the same time lie side by side in the storage, and
    /// are written together.
    /// </summary>
    /// <param name="prefix">What it begins with, for example <c>ses_</c>.</param>
    internal static string NewOrdered(string prefix) => $"{prefix}{Guid.CreateVersion7():N}";

    /// <summary>A new random id.</summary>
    /// <param name="prefix">What it begins with, for example <c>ses_</c>.</param>
    /// <param name="bytes">How many random bytes follow, as lower-case hexadecimal digits.</param>
    internal static string New(string prefix, int bytes = 12) =>
        source.Value?.Invoke(prefix, bytes) ?? prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
