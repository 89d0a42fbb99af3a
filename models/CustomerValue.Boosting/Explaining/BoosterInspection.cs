namespace CustomerValue.Boosting;

/// <summary>Looks into a model, or at how it answers.</summary>
public static class BoosterInspection
{
    /// <summary>Gain, cover and splits of every feature, in the model's order; zeros where a feature was never used.</summary>
    public static IReadOnlyList<FeatureImportance> Importance(this Booster model)
    {
        ArgumentNullException.ThrowIfNull(model);
        double[] gain = new double[model.Features.Count], cover = new double[model.Features.Count];
        int[] splits = new int[model.Features.Count];
        foreach (TreeNode node in model.Trees.SelectMany(tree => tree.Nodes).Where(node => !node.IsLeaf))
        {
            gain[node.Feature] += node.Gain;
            cover[node.Feature] += node.Cover;
            splits[node.Feature]++;
        }
        return [.. model.Features.Select((feature, i) => new FeatureImportance(feature.Name, gain[i], cover[i], splits[i]))];
    }

    /// <summary>How much worse the model becomes when one feature after the other is shuffled. Breiman (2001), section 10.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Rows with labels, best ones that the model has not seen.</param>
    /// <param name="repeats">Shuffles a feature; 1 and above.</param>
    /// <param name="seed">Seed of the shuffles.</param>
    public static IReadOnlyList<PermutationImportance> PermutationImportance(this Booster model, TrainingRows rows, int repeats = 1, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        double loss = MeanLoss(model, rows);
        List<PermutationImportance> importances = [];
        foreach (FeatureColumn column in rows.Data.Columns)
        {
            double shuffled = 0;
            for (int repeat = 0; repeat < repeats; repeat++)
            {
                int[] order = Shuffled(rows.Data.RowCount, seed, importances.Count * repeats + repeat);
                shuffled += MeanLoss(model, rows with { Data = Replaced(rows.Data, column, column.Select(order)) });
            }
            importances.Add(new(column.Name, shuffled / repeats - loss));
        }
        return importances;
    }

    /// <summary>The mean prediction over the rows with one feature set to each of the given values. Friedman (2001), section 8.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Rows over which to average.</param>
    /// <param name="feature">The feature's name.</param>
    /// <param name="values">Values to set; level codes of <paramref name="data"/> where categorical; NaN for missing.</param>
    /// <param name="baseMargins">Starting scores where the model expects them.</param>
    public static IReadOnlyList<PartialDependencePoint> PartialDependence(this Booster model, BoostingData data, string feature, IReadOnlyList<float> values, ReadOnlySpan<double> baseMargins = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(values);
        FeatureColumn column = data.Columns.FirstOrDefault(column => column.Name == feature)
            ?? throw new FeatureMismatchException($"The table has no column '{feature}'.");
        double[] responses = new double[data.RowCount];
        float[] constant = new float[data.RowCount];
        List<PartialDependencePoint> points = [];
        foreach (float value in values)
        {
            Array.Fill(constant, value);
            FeatureColumn set = column.Kind == ColumnKind.Numeric ? FeatureColumn.Numeric(feature, constant) : FeatureColumn.Categorical(feature, constant, column.Levels);
            model.Predict(Replaced(data, column, set), responses, baseMargins);
            points.Add(new(value, responses.Average()));
        }
        return points;
    }

    private static BoostingData Replaced(BoostingData data, FeatureColumn old, FeatureColumn replacement) =>
        new([.. data.Columns.Select(column => ReferenceEquals(column, old) ? replacement : column)]);

    private static double MeanLoss(Booster model, TrainingRows rows)
    {
        int outputs = model.Objective.Outputs;
        double[] margins = new double[(long)rows.Data.RowCount * outputs];
        model.PredictRaw(rows.Data, margins, rows.BaseMargins.Span);
        double loss = 0, total = 0;
        for (int row = 0; row < rows.Data.RowCount; row++)
        {
            double weight = rows.Weights.IsEmpty ? 1 : rows.Weights.Span[row];
            loss += weight * model.Objective.Loss(margins.AsSpan(row * outputs, outputs), rows.Labels.Span[row]);
            total += weight;
        }
        return loss / total;
    }

    private static int[] Shuffled(int count, int seed, int round)
    {
        double[] draws = new double[count];
        int[] order = new int[count];
        for (int row = 0; row < count; row++)
            (draws[row], order[row]) = (RowSampler.Uniform(seed, round, row), row);
        Array.Sort(draws, order);
        return order;
    }
}
