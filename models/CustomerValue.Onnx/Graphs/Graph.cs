using System.Globalization;
using CustomerValue.Onnx.Protobuf;

namespace CustomerValue.Onnx.Graphs;

/// <summary>An ONNX graph under construction: columns in, nodes, columns out (<c>ModelProto</c>, <c>GraphProto</c>).</summary>
internal sealed class Graph
{
    /// <summary>Version of the standard operators.</summary>
    public const int Opset = 18;

    /// <summary>Version of the operators of <c>ai.onnx.ml</c>: the first one whose trees know double precision and sets of levels.</summary>
    public const int MachineLearningOpset = 5;

    /// <summary>Domain of trees and encoders.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    private const int IrVersion = 10;

    private readonly List<Action<ProtobufWriter>> _nodes = [], _constants = [], _inputs = [], _outputs = [];
    private int _named;

    /// <summary>A column that the caller brings: one value a row.</summary>
    public string Input(string name, ElementType type, string meaning)
    {
        _inputs.Add(writer => Column(writer, name, type, meaning));
        return name;
    }

    /// <summary>A column that is answered.</summary>
    public void Output(string name, ElementType type, string meaning) => _outputs.Add(writer => Column(writer, name, type, meaning));

    /// <summary>Numbers that are always the same.</summary>
    public string Constant(Tensor tensor)
    {
        string name = NewName();
        _constants.Add(writer => tensor.Write(writer, name));
        return name;
    }

    /// <summary>A node of the standard operators.</summary>
    /// <returns>Name of what it gives.</returns>
    public string Node(string operation, params string[] inputs) => Node(operation, "", new NodeAttributes(), inputs);

    /// <summary>A node.</summary>
    /// <returns>Name of what it gives.</returns>
    public string Node(string operation, string domain, NodeAttributes attributes, IReadOnlyList<string> inputs, string? output = null)
    {
        string name = output ?? NewName();
        _nodes.Add(writer =>
        {
            foreach (string input in inputs)
                writer.Text(1, input);
            writer.Text(2, name);
            writer.Text(3, name);
            writer.Text(4, operation);
            attributes.Write(writer);
            writer.Text(7, domain);
        });
        return name;
    }

    /// <summary>The file.</summary>
    /// <param name="name">Name of the graph.</param>
    /// <param name="description">What it is.</param>
    /// <param name="metadata">Facts about the model by name.</param>
    public byte[] ToBytes(string name, string description, IEnumerable<(string Name, string Value)> metadata)
    {
        ProtobufWriter model = new();
        model.Integer(1, IrVersion);
        model.Text(2, "customer-value");
        model.Text(6, description);
        model.Message(7, graph =>
        {
            foreach (Action<ProtobufWriter> node in _nodes)
                graph.Message(1, node);
            graph.Text(2, name);
            foreach (Action<ProtobufWriter> constant in _constants)
                graph.Message(5, constant);
            foreach (Action<ProtobufWriter> input in _inputs)
                graph.Message(11, input);
            foreach (Action<ProtobufWriter> output in _outputs)
                graph.Message(12, output);
        });
        foreach ((string domain, int version) in new[] { ("", Opset), (MachineLearning, MachineLearningOpset) })
            model.Message(8, opset =>
            {
                opset.Text(1, domain);
                opset.Integer(2, version);
            });
        foreach ((string key, string value) in metadata)
            model.Message(14, entry =>
            {
                entry.Text(1, key);
                entry.Text(2, value);
            });
        return model.Written.ToArray();
    }

    private string NewName() => string.Create(CultureInfo.InvariantCulture, $"step_{_named++}");

    /// <summary>As many rows as there are, one value each (<c>ValueInfoProto</c>).</summary>
    private static void Column(ProtobufWriter writer, string name, ElementType type, string meaning)
    {
        writer.Text(1, name);
        writer.Message(2, value => value.Message(1, tensor =>
        {
            tensor.Integer(1, (long)type);
            tensor.Message(2, shape =>
            {
                shape.Message(1, rows => rows.Text(2, "rows"));
                shape.Message(1, one => one.Integer(1, 1));
            });
        }));
        writer.Text(3, meaning);
    }
}
