namespace CustomerValue.Boosting;

/// <summary>The raw scores of a set of rows as trees are added, with their mean loss.</summary>
internal sealed class MarginStore
{
    /// <summary>Rows a task; sums are taken block by block and then over the blocks, so that they do not depend on the threads.</summary>
    public const int Block = 4096;

    private readonly TrainingRows rows;
    private readonly Objective objective;
    private readonly WorkerTeam team;
    private readonly double[] losses;
    private readonly double[] weights;

    public MarginStore(TrainingRows rows, Objective objective, double[] start, WorkerTeam team)
    {
        this.rows = rows;
        this.objective = objective;
        this.team = team;
        int count = rows.Data.RowCount;
        Margins = new double[(long)count * objective.Outputs];
        if (rows.BaseMargins.IsEmpty)
            for (int i = 0; i < Margins.Length; i++)
                Margins[i] = start[i % objective.Outputs];
        else
            rows.BaseMargins.Span.CopyTo(Margins);
        losses = new double[Blocks];
        weights = new double[Blocks];
    }

    public double[] Margins { get; }

    public int Blocks => (rows.Data.RowCount + Block - 1) / Block;

    public (int From, int Count) Range(int block) => (block * Block, Math.Min(Block, rows.Data.RowCount - block * Block));

    /// <summary>Adds a tree's values by walking it.</summary>
    public void AddWalking(GrownTree grown, int output, BinnedMatrix matrix, BinMapper mapper) => team.Run(Blocks, (block, _) =>
    {
        (int from, int count) = Range(block);
        for (int row = from; row < from + count; row++)
            Margins[row * objective.Outputs + output] += grown.Tree.Value(matrix.Columns, row, mapper, grown.SplitBins);
    });

    /// <summary>Mean weighted loss.</summary>
    public double Loss()
    {
        int outputs = objective.Outputs;
        team.Run(Blocks, (block, _) =>
        {
            (int from, int count) = Range(block);
            ReadOnlySpan<float> labels = rows.Labels.Span, rowWeights = rows.Weights.Span;
            double loss = 0, total = 0;
            for (int row = from; row < from + count; row++)
            {
                double weight = rowWeights.IsEmpty ? 1 : rowWeights[row];
                total += weight;
                if (weight > 0)
                    loss += weight * objective.Loss(Margins.AsSpan(row * outputs, outputs), labels[row]);
            }
            (losses[block], weights[block]) = (loss, total);
        });
        return losses.Sum() / weights.Sum();
    }
}
