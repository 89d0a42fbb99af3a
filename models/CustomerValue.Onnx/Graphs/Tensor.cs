using System.Buffers.Binary;
using CustomerValue.Onnx.Protobuf;

namespace CustomerValue.Onnx.Graphs;

/// <summary>ONNX's numbers for what a tensor holds (<c>TensorProto.DataType</c>).</summary>
internal enum ElementType
{
    /// <summary>Single precision.</summary>
    Single = 1,

    /// <summary>Bytes.</summary>
    Byte = 2,

    /// <summary>Whole numbers of 64 bits.</summary>
    Integer = 7,

    /// <summary>Texts.</summary>
    Text = 8,

    /// <summary>Double precision.</summary>
    Double = 11,
}

/// <summary>Constant numbers (<c>TensorProto</c>).</summary>
/// <param name="Type">What they are.</param>
/// <param name="Dimensions">Lengths of the axes; none for one number.</param>
/// <param name="Raw">The numbers, little-endian.</param>
internal sealed record Tensor(ElementType Type, IReadOnlyList<long> Dimensions, byte[] Raw)
{
    private const int DimensionsField = 1, TypeField = 2, NameField = 8, RawField = 9;

    public static Tensor Scalar(double value) => new(ElementType.Double, [], Little([value]));

    public static Tensor Of(double[] values) => new(ElementType.Double, [values.Length], Little(values));

    public static Tensor Scalar(long value)
    {
        byte[] raw = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(raw, value);
        return new(ElementType.Integer, [], raw);
    }

    public static Tensor Of(byte[] values) => new(ElementType.Byte, [values.Length], values);

    public void Write(ProtobufWriter writer, string? name)
    {
        writer.Integers(DimensionsField, Dimensions);
        writer.Integer(TypeField, (long)Type);
        if (name is not null)
            writer.Text(NameField, name);
        writer.Bytes(RawField, Raw);
    }

    private static byte[] Little(double[] values)
    {
        byte[] raw = new byte[values.Length * sizeof(double)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(raw.AsSpan(i * sizeof(double)), values[i]);
        return raw;
    }
}
