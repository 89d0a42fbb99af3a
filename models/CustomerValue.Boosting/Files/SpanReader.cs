using System.Buffers.Binary;
using System.Text;

namespace CustomerValue.Boosting;

/// <summary>Reads little-endian values from a block of bytes, never beyond its end.</summary>
internal ref struct SpanReader(ReadOnlySpan<byte> bytes)
{
    private const int Alignment = 4;

    private static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly int Remaining => _bytes.Length - _at;

    public ReadOnlySpan<byte> Take(int count, string what)
    {
        if (count < 0 || count > Remaining)
            throw new InvalidModelException($"The model file ends at byte {_bytes.Length}, within {what}: {count} bytes from byte {_at} on were expected.");
        ReadOnlySpan<byte> taken = _bytes.Slice(_at, count);
        _at += count;
        return taken;
    }

    public int Int(string what) => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int), what));

    public float Float(string what) => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float), what));

    public double Double(string what) => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double), what));

    public ulong Word(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong), what));

    /// <summary>A count whose items take at least <paramref name="itemBytes"/> each, so that it cannot promise more than the file holds.</summary>
    public int Count(int itemBytes, string what)
    {
        int count = Int(what);
        if (count < 0 || (long)count * itemBytes > Remaining)
            throw new InvalidModelException($"The model file promises {count} {what}, more than its remaining {Remaining} bytes can hold.");
        return count;
    }

    /// <summary>UTF-8 behind its length, padded to four bytes.</summary>
    public string Text(string what)
    {
        int length = Count(1, $"bytes of {what}");
        ReadOnlySpan<byte> text = Take(length, what);
        Take(Math.Min(Padding(length), Remaining), what);
        try
        {
            return s_utf8.GetString(text);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidModelException($"The model file has a {what} that is not UTF-8.", exception);
        }
    }

    public static int Padding(int length) => (Alignment - length % Alignment) % Alignment;
}
