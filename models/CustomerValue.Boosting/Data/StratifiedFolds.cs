namespace CustomerValue.Boosting;

/// <summary>Shares rows out to folds so that every fold has the same mix of labels.</summary>
public static class StratifiedFolds
{
    /// <summary>Each row's fold, 0 to <paramref name="folds"/> - 1. Same seed, same folds.</summary>
    /// <param name="labels">One label a row. Rows are shuffled, ordered by label and dealt in turn, so amounts are stratified as well as classes.</param>
    /// <param name="folds">2 up to the number of rows.</param>
    /// <param name="seed">Any number.</param>
    public static int[] Assign(ReadOnlySpan<float> labels, int folds, int seed = 1)
    {
        if (folds < 2 || folds > labels.Length)
            throw new ArgumentOutOfRangeException(nameof(folds), folds, $"Expected 2 to {labels.Length} folds, the number of rows.");
        (float Label, double Draw, int Row)[] order = new (float, double, int)[labels.Length];
        for (int row = 0; row < order.Length; row++)
            order[row] = (labels[row], RowSampler.Uniform(seed, 0, row), row);
        Array.Sort(order);
        int[] fold = new int[labels.Length];
        for (int place = 0; place < order.Length; place++)
            fold[order[place].Row] = place % folds;
        return fold;
    }

    /// <summary>The rows in and outside one fold, ascending.</summary>
    public static (int[] Training, int[] Held) Split(ReadOnlySpan<int> assignment, int fold)
    {
        List<int> training = [], held = [];
        for (int row = 0; row < assignment.Length; row++)
            (assignment[row] == fold ? held : training).Add(row);
        return ([.. training], [.. held]);
    }
}
