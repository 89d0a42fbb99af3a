namespace CustomerValue.Strategy.Scorecard;

/// <summary>Maps an indicator's value to a score in [0, 1]: straight between points, level beyond the first and the last.</summary>
/// <param name="Values">Rising values.</param>
/// <param name="Scores">Score at each.</param>
internal sealed record ScoreCurve(double[] Values, double[] Scores)
{
    public double Score(double value)
    {
        if (double.IsNaN(value))
            return double.NaN;
        int at = Array.BinarySearch(Values, value);
        if (at >= 0)
            return Scores[at];
        at = ~at;
        if (at == 0)
            return Scores[0];
        if (at == Values.Length)
            return Scores[^1];
        double share = (value - Values[at - 1]) / (Values[at] - Values[at - 1]);
        return Scores[at - 1] + (share * (Scores[at] - Scores[at - 1]));
    }

    public double[] Score(ReadOnlySpan<double> values)
    {
        double[] scores = new double[values.Length];
        for (int i = 0; i < scores.Length; i++)
            scores[i] = Score(values[i]);
        return scores;
    }
}
