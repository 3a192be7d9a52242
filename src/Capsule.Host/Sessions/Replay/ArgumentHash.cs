using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Capsule.Hosting.Sessions;

/// <summary>Tells the arguments of one effect from those of another.</summary>
internal static class ArgumentHash
{
    /// <summary>32 hexadecimal digits for a list of values; null is not the empty text.</summary>
    public static string Of(params ReadOnlySpan<string?> arguments)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var argument in arguments)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{argument?.Length ?? -1}:")));
            hash.AppendData(Encoding.UTF8.GetBytes(argument ?? ""));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
