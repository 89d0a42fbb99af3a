using CustomerValue.Onnx.Protobuf;

namespace CustomerValue.Onnx.Graphs;

/// <summary>The attributes of one node (<c>AttributeProto</c>).</summary>
internal sealed class NodeAttributes
{
    private const int AttributeField = 5, NameField = 1, SingleField = 2, IntegerField = 3, TensorField = 5, SinglesField = 7, IntegersField = 8, TextsField = 9, TypeField = 20;
    private const int SingleType = 1, IntegerType = 2, TensorType = 4, SinglesType = 6, IntegersType = 7, TextsType = 8;

    private readonly List<Action<ProtobufWriter>> _attributes = [];

    public NodeAttributes Add(string name, long value) => Add(name, IntegerType, writer => writer.Integer(IntegerField, value));

    public NodeAttributes Add(string name, float value) => Add(name, SingleType, writer => writer.Single(SingleField, value));

    public NodeAttributes Add(string name, Tensor value) => Add(name, TensorType, writer => writer.Message(TensorField, tensor => value.Write(tensor, null)));

    public NodeAttributes Add(string name, IEnumerable<long> values) => Add(name, IntegersType, writer => writer.Integers(IntegersField, values));

    public NodeAttributes Add(string name, IEnumerable<float> values) => Add(name, SinglesType, writer =>
    {
        foreach (float value in values)
            writer.Single(SinglesField, value);
    });

    public NodeAttributes Add(string name, IEnumerable<string> values) => Add(name, TextsType, writer =>
    {
        foreach (string value in values)
            writer.Text(TextsField, value);
    });

    public void Write(ProtobufWriter node)
    {
        foreach (Action<ProtobufWriter> attribute in _attributes)
            node.Message(AttributeField, attribute);
    }

    private NodeAttributes Add(string name, int type, Action<ProtobufWriter> write)
    {
        _attributes.Add(writer =>
        {
            writer.Text(NameField, name);
            write(writer);
            writer.Integer(TypeField, type);
        });
        return this;
    }
}
