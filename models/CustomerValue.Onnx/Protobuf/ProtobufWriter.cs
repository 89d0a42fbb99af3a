using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CustomerValue.Onnx.Protobuf;

/// <summary>Writes the wire format of protocol buffers: a field is its number and kind, then its value.</summary>
/// <remarks>protobuf.dev, "Encoding": variable-length integers of seven bits a byte, lowest first; texts, messages and packed lists behind their length.</remarks>
internal sealed class ProtobufWriter
{
    private const int Variable = 0, Delimited = 2, FourBytes = 5;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>A whole number.</summary>
    public void Integer(int field, long value)
    {
        Tag(field, Variable);
        Varint((ulong)value);
    }

    /// <summary>A number of single precision.</summary>
    public void Single(int field, float value)
    {
        Tag(field, FourBytes);
        BinaryPrimitives.WriteSingleLittleEndian(_buffer.GetSpan(sizeof(float)), value);
        _buffer.Advance(sizeof(float));
    }

    /// <summary>Bytes.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, Delimited);
        Varint((ulong)value.Length);
        _buffer.Write(value);
    }

    /// <summary>A text.</summary>
    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message, written by the action.</summary>
    public void Message(int field, Action<ProtobufWriter> write)
    {
        ProtobufWriter inner = new();
        write(inner);
        Bytes(field, inner.Written);
    }

    /// <summary>A list of whole numbers, packed.</summary>
    public void Integers(int field, IEnumerable<long> values)
    {
        ProtobufWriter inner = new();
        foreach (long value in values)
            inner.Varint((ulong)value);
        Bytes(field, inner.Written);
    }

    private void Tag(int field, int kind) => Varint((ulong)(field << 3 | kind));

    private void Varint(ulong value)
    {
        const int most = 10;
        Span<byte> bytes = _buffer.GetSpan(most);
        int count = 0;
        for (; value >= 0x80; value >>= 7)
            bytes[count++] = (byte)(value | 0x80);
        bytes[count++] = (byte)value;
        _buffer.Advance(count);
    }
}
