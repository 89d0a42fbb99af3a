using System.Globalization;
using CustomerValue.Models.Formulas;
using CustomerValue.Onnx.Graphs;

namespace CustomerValue.Onnx;

/// <summary>A version's champion as an ONNX file, which any ONNX runtime answers from.</summary>
/// <remarks>
/// Columns of one value a row go in by name: features as <c>float</c>, NaN where missing; categories as <c>string</c>, any unknown one where missing; what needs full precision, the prior's
/// answers among it, as <c>double</c>; the day as of which is answered as <c>int64</c>, days since 1970-01-01. <c>ChurnProbability</c>, <c>ExpectedPurchases</c> and <c>ExpectedSpend</c> come out as <c>double</c>.
/// Operators: <c>ai.onnx</c> 18 and <c>ai.onnx.ml</c> 5, IR version 10.
/// </remarks>
public static class OnnxFile
{
    private static readonly int s_epoch = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>Version of the standard operators that the file asks for.</summary>
    public const int Opset = Graph.Opset;

    /// <summary>Version of the operators of <c>ai.onnx.ml</c> that it asks for.</summary>
    public const int MachineLearningOpset = Graph.MachineLearningOpset;

    /// <summary>Writes the file.</summary>
    public static void Write(VersionFormulas formulas, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(formulas);
        ArgumentNullException.ThrowIfNull(stream);
        Graph graph = new();
        Dictionary<string, string> columns = formulas.Inputs.ToDictionary(input => input.Name, input => AsNumber(graph, input), StringComparer.Ordinal);
        (string Name, Formula Formula, string Meaning)[] answers =
        [
            ("ChurnProbability", formulas.Answers.Churn, "Probability of no purchase within the horizon."),
            ("ExpectedPurchases", formulas.Answers.Purchases, "Expected purchase days within the horizon."),
            ("ExpectedSpend", formulas.Answers.Spend, "Expected money within the horizon, net of returns."),
        ];
        (IReadOnlyList<FormulaStep> steps, int[] results) = FormulaSteps.Of([.. answers.Select(answer => answer.Formula)]);
        string[] names = new string[steps.Count];
        for (int i = 0; i < names.Length; i++)
            names[i] = NodeOf(graph, steps[i], columns, [.. steps[i].Operands.Select(operand => names[operand])]);
        string shape = graph.Node("Shape", columns[formulas.Inputs[0].Name]);
        for (int i = 0; i < answers.Length; i++)
        {
            graph.Node("Expand", "", new NodeAttributes(), [names[results[i]], shape], answers[i].Name); // an answer that is the same for everyone is still one a row
            graph.Output(answers[i].Name, ElementType.Double, answers[i].Meaning);
        }
        stream.Write(graph.ToBytes("champion", $"Champion of version {formulas.Version}: churn, purchases and spend of each customer within {formulas.HorizonDays.ToString(CultureInfo.InvariantCulture)} days.",
            [("version", formulas.Version), ("horizon_days", formulas.HorizonDays.ToString(CultureInfo.InvariantCulture))]));
    }

    private static string AsNumber(Graph graph, FormulaInput input) => input.Kind switch
    {
        FormulaInputKind.Feature => ToDouble(graph, graph.Input(input.Name, ElementType.Single, input.Meaning)),
        FormulaInputKind.Number => graph.Input(input.Name, ElementType.Double, input.Meaning),
        FormulaInputKind.Day => graph.Input(input.Name, ElementType.Integer, input.Meaning + " Days since 1970-01-01."),
        _ => ToDouble(graph, graph.Node("LabelEncoder", Graph.MachineLearning, new NodeAttributes().Add("keys_strings", input.Levels)
            .Add("values_floats", input.Levels.Select((_, code) => (float)code)).Add("default_float", float.NaN), [graph.Input(input.Name, ElementType.Text, input.Meaning)])),
    };

    private static string ToDouble(Graph graph, string name) => Cast(graph, name, ElementType.Double);

    private static string Cast(Graph graph, string name, ElementType type) => graph.Node("Cast", "", new NodeAttributes().Add("to", (long)type), [name]);

    private static string NodeOf(Graph graph, FormulaStep step, Dictionary<string, string> columns, string[] operands) => step.Formula switch
    {
        NumberFormula number => graph.Constant(Tensor.Scalar(number.Value)),
        InputFormula input => columns[input.Input.Name],
        DayFormula day => AtDay(graph, day, columns),
        TreesFormula trees => TreesNode.Add(graph, trees.Booster, graph.Node("Concat", "", new NodeAttributes().Add("axis", 1L), operands)),
        OperationFormula { Operation: FormulaOperation.Single } => ToDouble(graph, Cast(graph, operands[0], ElementType.Single)),
        OperationFormula { Operation: FormulaOperation.WhereAbove } => graph.Node("Where", graph.Node("Greater", operands[0], operands[1]), operands[2], operands[3]),
        OperationFormula { Operation: FormulaOperation.WhereMissing } => graph.Node("Where", graph.Node("IsNaN", operands[0]), operands[1], operands[2]),
        OperationFormula operation => graph.Node(operation.Operation switch { FormulaOperation.Subtract => "Sub", FormulaOperation.Multiply => "Mul", FormulaOperation.Divide => "Div", FormulaOperation same => same.ToString() }, operands),
        _ => throw new NotSupportedException(step.Formula.GetType().Name),
    };

    /// <summary>Looks a day up in a table with NaN at either end.</summary>
    private static string AtDay(Graph graph, DayFormula day, Dictionary<string, string> columns)
    {
        string before = graph.Constant(Tensor.Scalar((long)day.First.DayNumber - s_epoch - 1));
        string place = graph.Node("Sub", columns[Models.Snapshots.SnapshotNames.Cutoff], before);
        string held = graph.Node("Min", graph.Node("Max", place, graph.Constant(Tensor.Scalar(0L))), graph.Constant(Tensor.Scalar(day.Values.Count + 1L)));
        return graph.Node("Gather", graph.Constant(Tensor.Of([double.NaN, .. day.Values, double.NaN])), held);
    }
}
