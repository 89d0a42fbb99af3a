using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>A 64-bit hash of a line's fields that does not depend on quoting or on how a decimal is padded (18 and 18.0 are the same).</summary>
internal static class LineHash
{
    private const ulong FieldMark = 0xA0761D6478BD642F, Multiplier = 0xE7037ED1A0B428DB;

    /// <summary>Hash of some bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes) => Add(FieldMark, bytes);

    /// <summary>Hash of a line with one more field.</summary>
    public static ulong AddField(ulong hash, ReadOnlySpan<byte> field) => Add(hash, WithoutPadding(field));

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        hash = Mix(hash ^ (ulong)bytes.Length);
        for (; bytes.Length >= 8; bytes = bytes[8..])
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        if (bytes.Length == 0)
            return hash;
        Span<byte> tail = stackalloc byte[8];
        tail.Clear();
        bytes.CopyTo(tail);
        return Mix(hash ^ MemoryMarshal.Read<ulong>(tail));
    }

    private static ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value ^ FieldMark, Multiplier, out ulong low);
        return high ^ low ^ (value << 32 | value >> 32);
    }

    /// <summary>A plain decimal without the zeros that end its fraction; any other text as it is.</summary>
    private static ReadOnlySpan<byte> WithoutPadding(ReadOnlySpan<byte> field)
    {
        if (field.Length < 2 || field[^1] is not ((byte)'0' or (byte)'.'))
            return field;
        int point = field.IndexOf((byte)'.');
        if (point <= 0 || field[(point + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9') || field[1..point].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || !(field[0] is (byte)'-' or (byte)'+' || char.IsAsciiDigit((char)field[0])))
            return field;
        ReadOnlySpan<byte> trimmed = field.TrimEnd((byte)'0');
        return trimmed[^1] == '.' ? trimmed[..^1] : trimmed;
    }
}
