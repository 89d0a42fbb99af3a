namespace CustomerValue.Boosting;

/// <summary>The raw scores of a set of rows as trees are added, with their mean loss.</summary>
internal sealed class MarginStore
{
    /// <summary>Rows a task; sums are taken block by block and then over the blocks, so that they do not depend on the threads.</summary>
    public const int Block = 4096;

    private readonly TrainingRows _rows;
    private readonly Objective _objective;
    private readonly WorkerTeam _team;
    private readonly double[] _losses;
    private readonly double[] _weights;

    public MarginStore(TrainingRows rows, Objective objective, double[] start, WorkerTeam team)
    {
        _rows = rows;
        _objective = objective;
        _team = team;
        int count = rows.Data.RowCount;
        Margins = new double[(long)count * objective.Outputs];
        if (rows.BaseMargins.IsEmpty)
            for (int i = 0; i < Margins.Length; i++)
                Margins[i] = start[i % objective.Outputs];
        else
            rows.BaseMargins.Span.CopyTo(Margins);
        _losses = new double[Blocks];
        _weights = new double[Blocks];
    }

    public double[] Margins { get; }

    public int Blocks => (_rows.Data.RowCount + Block - 1) / Block;

    public (int From, int Count) Range(int block) => (block * Block, Math.Min(Block, _rows.Data.RowCount - block * Block));

    /// <summary>Adds a tree's values by walking it.</summary>
    public void AddWalking(GrownTree grown, int output, BinnedMatrix matrix, BinMapper mapper) => _team.Run(Blocks, (block, _) =>
    {
        (int from, int count) = Range(block);
        for (int row = from; row < from + count; row++)
            Margins[row * _objective.Outputs + output] += grown.Tree.Value(matrix.Columns, row, mapper, grown.SplitBins);
    });

    /// <summary>Mean weighted loss.</summary>
    public double Loss()
    {
        int outputs = _objective.Outputs;
        _team.Run(Blocks, (block, _) =>
        {
            (int from, int count) = Range(block);
            ReadOnlySpan<float> labels = _rows.Labels.Span, rowWeights = _rows.Weights.Span;
            double loss = 0, total = 0;
            for (int row = from; row < from + count; row++)
            {
                double weight = rowWeights.IsEmpty ? 1 : rowWeights[row];
                total += weight;
                if (weight > 0)
                    loss += weight * _objective.Loss(Margins.AsSpan(row * outputs, outputs), labels[row]);
            }
            (_losses[block], _weights[block]) = (loss, total);
        });
        return _losses.Sum() / _weights.Sum();
    }
}
