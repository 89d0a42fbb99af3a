namespace CustomerValue.Boosting;

/// <summary>Features with what is to be learnt from them.</summary>
/// <param name="Data">The features.</param>
/// <param name="Labels">One label a row, within the objective's domain.</param>
/// <param name="Weights">One weight a row, finite and not negative, some positive; empty means 1 for each. A weight of 2 equals the row given twice.</param>
/// <param name="BaseMargins">Where each row's raw score starts (logit for logistic, log of the mean for Poisson, gamma and Tweedie); row after row,
/// <see cref="Objective.Outputs"/> values a row. Empty means that all rows start at the best constant. Trees then learn only the correction.</param>
public sealed record TrainingRows(
    BoostingData Data,
    ReadOnlyMemory<float> Labels,
    ReadOnlyMemory<float> Weights = default,
    ReadOnlyMemory<double> BaseMargins = default)
{
    /// <summary>The same table, binned before: saves the binning where several boosters learn from one table. Needs rows without weights, and
    /// <see cref="BoosterOptions.MaxBins"/> as it was binned with. Default null: each run bins for itself.</summary>
    public BinnedData? Binned { get; init; }

    /// <summary>The given rows, in the given order, with their labels, weights and margins.</summary>
    public TrainingRows Select(ReadOnlySpan<int> rows) => new(
        Data.Select(rows),
        Pick(Labels.Span, rows, 1),
        Weights.IsEmpty ? default : Pick(Weights.Span, rows, 1),
        BaseMargins.IsEmpty ? default : Pick(BaseMargins.Span, rows, BaseMargins.Length / Math.Max(1, Data.RowCount)));

    private static T[] Pick<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows, int width)
    {
        T[] picked = new T[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
            values.Slice(rows[i] * width, width).CopyTo(picked.AsSpan(i * width));
        return picked;
    }
}
