namespace CustomerValue.Models.Intervals;

/// <summary>The error distribution of one group.</summary>
/// <param name="Ratios">Quantiles at 0, 1/100, ..., 1 of actual over expected amount among those who spent; at most a million.</param>
/// <param name="Levels">Where outcomes really fell: the nominal level below which a share of 0, 1/100, ..., 1 of outcomes lay.</param>
public sealed record GroupQuantiles(double[] Ratios, double[] Levels)
{
    private const int Steps = 100;
    private const double MostRatio = 1e6;
    private const double GoldenRatio = 0.6180339887498949;

    /// <inheritdoc cref="OutcomeQuantiles.Quantile"/>
    public double Quantile(double level, double churn, double mean, double width = 1) =>
        mean < 0 ? -AtNominal(At(Levels, 1 - level), churn, -mean, width) : AtNominal(At(Levels, level), churn, mean, width);

    /// <summary>Probability of spending nothing where a churn probability is stated: what really happened in the group at such levels.</summary>
    public double ZeroProbability(double churn)
    {
        int above = Array.FindIndex(Levels, level => level >= churn);
        return above <= 0 ? (above < 0 ? 1 : 0) : (above - 1 + (churn - Levels[above - 1]) / (Levels[above] - Levels[above - 1])) / Steps;
    }

    /// <summary>Learns from outcomes, each taken at several equally likely levels of the whole base.</summary>
    /// <param name="rows">Customers of the group.</param>
    /// <param name="churn">Forecast probability of spending nothing.</param>
    /// <param name="mean">Forecast amount.</param>
    /// <param name="actual">What was spent.</param>
    /// <param name="levels">The levels, as factors.</param>
    /// <param name="widths">How wide each customer's ratios are; empty for 1 each.</param>
    internal static GroupQuantiles Learn(List<int> rows, ReadOnlySpan<double> churn, ReadOnlySpan<double> mean, ReadOnlySpan<double> actual, double[] levels, ReadOnlySpan<double> widths = default)
    {
        List<double> ratios = [];
        foreach (int i in rows)
            if (actual[i] > 0 && mean[i] > 0)
                foreach (double level in levels)
                    ratios.Add(Ratio(level * actual[i] * (1 - churn[i]) / mean[i], widths.IsEmpty ? 1 : widths[i]));
        GroupQuantiles plain = new(Grid(ratios, 0, 1), Identity());
        List<double> nominal = [];
        for (int k = 0; k < rows.Count; k++)
        {
            int i = rows[k];
            // A zero outcome lies anywhere within the churn probability: spread evenly (the golden ratio's multiples), so that levels stay exact.
            double spread = (k + 1) * GoldenRatio % 1;
            foreach (double level in levels)
                nominal.Add(actual[i] > 0 ? plain.LevelOf(level * actual[i], churn[i], mean[i], widths.IsEmpty ? 1 : widths[i]) : spread * churn[i]);
        }
        return plain with { Levels = Grid(nominal, 0, 1) };
    }

    private double AtNominal(double level, double churn, double mean, double width) =>
        level <= churn || churn >= 1 ? 0 : mean / (1 - churn) * Math.Pow(At(Ratios, (level - churn) / (1 - churn)), width);

    private double LevelOf(double amount, double churn, double mean, double width)
    {
        double ratio = mean > 0 ? Ratio(amount * (1 - churn) / mean, width) : double.PositiveInfinity;
        int above = Array.BinarySearch(Ratios, ratio);
        double position = above >= 0 ? above : ~above is var next && next == 0 ? 0 : next > Steps ? Steps
            : next - 1 + (ratio - Ratios[next - 1]) / (Ratios[next] - Ratios[next - 1]);
        return churn + (1 - churn) * position / Steps;
    }

    /// <summary>A customer's ratio as the group's would be.</summary>
    private static double Ratio(double own, double width) => Math.Min(Math.Pow(own, 1 / width), MostRatio);

    private static double At(double[] grid, double level)
    {
        double position = Math.Clamp(level, 0, 1) * Steps;
        int below = Math.Min((int)position, Steps - 1);
        return grid[below] + (position - below) * (grid[below + 1] - grid[below]);
    }

    private static double[] Grid(List<double> values, double lowest, double highest)
    {
        double[] grid = new double[Steps + 1];
        if (values.Count == 0)
        {
            for (int step = 0; step <= Steps; step++)
                grid[step] = lowest + (highest - lowest) * step / Steps;
            return grid;
        }
        values.Sort();
        for (int step = 0; step <= Steps; step++)
        {
            double position = (double)step / Steps * (values.Count - 1);
            int below = (int)position;
            grid[step] = below + 1 < values.Count ? values[below] + (position - below) * (values[below + 1] - values[below]) : values[^1];
        }
        return grid;
    }

    private static double[] Identity() => Grid([], 0, 1);
}
