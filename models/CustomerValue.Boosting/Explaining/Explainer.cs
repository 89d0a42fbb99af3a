namespace CustomerValue.Boosting;

/// <summary>Contributions of a table or of one row, on top of <see cref="TreeShap"/>.</summary>
internal sealed unsafe class Explainer(IReadOnlyList<Tree> trees, IReadOnlyList<ModelFeature> features, double[] start)
{
    private const int StepsATask = 8;

    /// <summary>Up to so many rows go one by one, four leaves at a time, instead of as eight rows of which most are empty.</summary>
    private const int FewRows = 2;

    private readonly TreeShap _shap = new(trees, features, start.Length);
    private OneRowShap? _oneRow;

    public int Width => (features.Count + 1) * start.Length;

    public void Explain(ReadOnlyMemory<float>[] columns, int rows, Span<double> contributions, ReadOnlySpan<double> baseMargins)
    {
        if (rows <= FewRows)
        {
            ExplainFew(columns, rows, contributions, baseMargins);
            return;
        }
        TabledShap? tables = TabledShap.IsFor(_shap, rows) ? new(_shap) : null;
        int rowsATask = tables is not null ? TabledShap.Rows : StepsATask * TreeShap.Lanes;
        int tasks = (rows + rowsATask - 1) / rowsATask;
        bool based = !baseMargins.IsEmpty;
        // Spans cannot enter the delegate; both stay pinned until the loop is over.
        fixed (double* pinnedTarget = contributions, pinnedBase = baseMargins)
        {
            double* target = pinnedTarget, from = pinnedBase;
            void ExplainRows(int first, int behind)
            {
                if (tables is not null)
                {
                    TabledShap.Block block = tables.NewBlock(Width);
                    tables.Explain(columns, first, behind - first, block);
                    for (int row = first; row < behind; row++)
                        Write(block, row - first, new(target + (long)row * Width, Width), based ? new ReadOnlySpan<double>(from + (long)row * start.Length, start.Length) : start);
                    return;
                }
                TreeShap.Workspace work = _shap.NewWorkspace();
                for (int row = first; row < behind; row += TreeShap.Lanes)
                {
                    int count = Math.Min(TreeShap.Lanes, behind - row);
                    for (int feature = 0; feature < columns.Length; feature++)
                        columns[feature].Span.Slice(row, count).CopyTo(work.Values.AsSpan(feature * TreeShap.Lanes));
                    _shap.Explain(work);
                    for (int lane = 0; lane < count; lane++)
                        Write(work, lane, new(target + (long)(row + lane) * Width, Width), based ? new ReadOnlySpan<double>(from + (long)(row + lane) * start.Length, start.Length) : start);
                }
            }
            if (tasks <= 1)
                ExplainRows(0, rows);
            else
                Parallel.For(0, tasks, task => ExplainRows(task * rowsATask, Math.Min((task + 1) * rowsATask, rows)));
        }
    }

    private void ExplainFew(ReadOnlyMemory<float>[] columns, int rows, Span<double> contributions, ReadOnlySpan<double> baseMargins)
    {
        float[] values = new float[columns.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int feature = 0; feature < values.Length; feature++)
                values[feature] = columns[feature].Span[row];
            ExplainRow(values, contributions.Slice(row * Width, Width), baseMargins.IsEmpty ? baseMargins : baseMargins.Slice(row * start.Length, start.Length));
        }
    }

    /// <summary>Contributions of one row.</summary>
    public void ExplainRow(ReadOnlySpan<float> row, Span<double> contributions, ReadOnlySpan<double> baseMargins)
    {
        (_oneRow ??= new OneRowShap(_shap, features)).Explain(row, contributions);
        WriteStarts(contributions, baseMargins.IsEmpty ? start : baseMargins);
    }

    private void Write(TabledShap.Block block, int row, Span<double> target, ReadOnlySpan<double> starts)
    {
        for (int place = 0; place < target.Length; place++)
            target[place] = block.Sums[place * TabledShap.Rows + row];
        WriteStarts(target, starts);
    }

    private void Write(TreeShap.Workspace work, int lane, Span<double> target, ReadOnlySpan<double> starts)
    {
        for (int place = 0; place < target.Length; place++)
            target[place] = work.Sum(lane, place);
        WriteStarts(target, starts);
    }

    private void WriteStarts(Span<double> target, ReadOnlySpan<double> starts)
    {
        for (int output = 0; output < starts.Length; output++)
            target[output * (features.Count + 1) + features.Count] = starts[output] + _shap.Expected[output];
    }
}
