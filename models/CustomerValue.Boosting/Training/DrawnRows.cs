namespace CustomerValue.Boosting;

/// <summary>Raw scores and labels of the rows drawn for a round, side by side.</summary>
/// <param name="rows">Rows at most.</param>
/// <param name="outputs">Raw scores a row.</param>
internal sealed class DrawnRows(int rows, int outputs)
{
    public double[] Margins { get; } = new double[rows * outputs];

    public float[] Labels { get; } = new float[rows];

    public void Gather(ReadOnlySpan<int> rows, ReadOnlySpan<double> margins, ReadOnlySpan<float> labels)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            Labels[i] = labels[rows[i]];
            for (int output = 0; output < outputs; output++)
                Margins[i * outputs + output] = margins[rows[i] * outputs + output];
        }
    }
}
