using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace CustomerValue.Onnx.Tests;

/// <summary>Columns of a snapshot as ONNX Runtime takes them, and its answers.</summary>
internal static class OnnxColumns
{
    private static readonly int s_epoch = new DateOnly(1970, 1, 1).DayNumber;

    public static NamedOnnxValue Of(FormulaInput input, Snapshot snapshot)
    {
        double[] values = input.Read(snapshot);
        return input.Kind switch
        {
            FormulaInputKind.Feature => Column(input.Name, Array.ConvertAll(values, value => (float)value)),
            FormulaInputKind.Number => Column(input.Name, values),
            FormulaInputKind.Day => Column(input.Name, Array.ConvertAll(values, value => (long)value - s_epoch)),
            _ => Column(input.Name, Array.ConvertAll(values, value => double.IsNaN(value) ? "" : input.Levels[(int)value])),
        };
    }

    public static Dictionary<string, double[]> Answer(byte[] file, IEnumerable<NamedOnnxValue> columns)
    {
        using InferenceSession session = new(file);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> answers = session.Run([.. columns]);
        return answers.ToDictionary(answer => answer.Name, answer => answer.AsTensor<double>().ToArray(), StringComparer.Ordinal);
    }

    private static NamedOnnxValue Column<T>(string name, T[] values) => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(values, [values.Length, 1]));
}
