using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CustomerValue.Boosting;

/// <summary>Writes the binary model format; see <see cref="BoosterFormat"/>.</summary>
internal sealed class BoosterWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public static void Write(Booster model, Stream stream)
    {
        BoosterWriter writer = new();
        writer.Int(BoosterFormat.Magic);
        writer.Int(BoosterFormat.Version);
        writer.Int(model.ExpectsBaseMargins ? BoosterFormat.BaseMarginFlag : 0);
        writer.Text(model.Objective.Name);
        writer.Int(model.Start.Length);
        foreach (double start in model.Start)
            writer.Double(start);
        writer.Int(model.Features.Count);
        foreach (ModelFeature feature in model.Features)
            writer.Feature(feature);
        writer.Int(model.Trees.Count);
        foreach (Tree tree in model.Trees)
            writer.Tree(tree);
        stream.Write(writer._buffer.WrittenSpan);
    }

    private void Feature(ModelFeature feature)
    {
        Text(feature.Name);
        Int((int)feature.Kind);
        Int(feature.Levels.Count);
        foreach (string level in feature.Levels)
            Text(level);
        Padded(feature.LevelBins);
    }

    private void Tree(Tree tree)
    {
        Int(tree.Nodes.Length);
        Int(tree.Sets.Length / Boosting.Tree.SetWords);
        foreach (ref readonly TreeNode node in tree.Nodes.AsSpan())
        {
            Int(node.Left);
            Int(node.Feature | (node.MissingLeft ? BoosterFormat.MissingLeftBit : 0));
            Float(node.Threshold);
            Int(node.Set);
            Float(node.Value);
            Float(node.Gain);
            Float(node.Cover);
        }
        foreach (ulong word in tree.Sets)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_buffer.GetSpan(sizeof(ulong)), word);
            _buffer.Advance(sizeof(ulong));
        }
    }

    private void Int(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(sizeof(int)), value);
        _buffer.Advance(sizeof(int));
    }

    private void Float(float value) => Int(BitConverter.SingleToInt32Bits(value));

    private void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.GetSpan(sizeof(double)), value);
        _buffer.Advance(sizeof(double));
    }

    private void Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Int(bytes.Length);
        Padded(bytes);
    }

    private void Padded(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        _buffer.Write(stackalloc byte[SpanReader.Padding(bytes.Length)]);
    }
}
