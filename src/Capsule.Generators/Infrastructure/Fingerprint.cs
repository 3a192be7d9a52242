namespace Capsule.Generators.Infrastructure;

/// <summary>
/// 128 bits that stand for a text of any length. Equal for equal input within one process; different input gives a different value but
/// for a chance of about 2⁻¹²⁸. It is not made to withstand input that was crafted to collide: authors compile their own code.
/// </summary>
internal readonly record struct Fingerprint(ulong High, ulong Low);

/// <summary>
/// Computes a <see cref="Fingerprint"/> word by word. Two lanes mix each word with different constants (the rounds of xxHash64 and of
/// MurmurHash3); each step is a bijection of its lane, so a difference once made is never lost by what follows alone.
/// </summary>
internal struct FingerprintBuilder
{
    private ulong high;
    private ulong low;
    private ulong count;

    public void Add(ulong word)
    {
        unchecked
        {
            high = Rotate(high + (word * 0xC2B2AE3D27D4EB4FUL), 31) * 0x9E3779B185EBCA87UL;
            low = (Rotate(low ^ (Rotate(word * 0x87C37B91114253D5UL, 31) * 0x4CF5AD432745937FUL), 27) * 5) + 0x52DCE729;
            count++;
        }
    }

    public void Add(long value) => Add(unchecked((ulong)value));

    public void Add(int value) => Add(unchecked((ulong)value));

    public void Add(bool value) => Add(value ? 1UL : 0UL);

    public void Add(Fingerprint value)
    {
        Add(value.High);
        Add(value.Low);
    }

    /// <summary>Adds the length and the characters; null differs from the empty text.</summary>
    public void Add(string? text)
    {
        if (text is null)
        {
            Add(-1);
            return;
        }

        Add(text.Length);
        var i = 0;
        for (; i + 4 <= text.Length; i += 4)
            Add(text[i] | ((ulong)text[i + 1] << 16) | ((ulong)text[i + 2] << 32) | ((ulong)text[i + 3] << 48));
        for (; i < text.Length; i++)
            Add((ulong)text[i]);
    }

    public readonly Fingerprint ToFingerprint()
    {
        unchecked
        {
            var high = Avalanche(this.high + count);
            var low = Avalanche(this.low ^ count);
            return new Fingerprint(high + low, low + (high * 3));
        }
    }

    private static ulong Rotate(ulong value, int bits) => (value << bits) | (value >> (64 - bits));

    private static ulong Avalanche(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCDUL;
            value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53UL;
            return value ^ (value >> 33);
        }
    }
}
