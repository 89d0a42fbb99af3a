namespace CustomerValue.Strategy.Scorecard;

/// <summary>What a fitted scorecard is made of, as it is saved.</summary>
internal sealed record ScorecardState(string Format, string Name, double CurrentWeight, FittedIndicator[] Indicators)
{
    public const string FormatName = "customer-value-fitted-scorecard/1";
    private const double Tolerance = 1e-9;

    public bool IsSound() =>
        Format == FormatName && CurrentWeight is >= 0 and <= 1
        && Array.TrueForAll(Indicators, indicator => Enum.IsDefined(indicator.Branch) && indicator.Weight is >= 0 and <= 1 && Sound(indicator.Curve))
        && Enum.GetValues<ValueBranch>().All(branch => Math.Abs(Indicators.Where(indicator => indicator.Branch == branch).Sum(indicator => indicator.Weight) - 1) < Tolerance);

    private static bool Sound(ScoreCurve? curve)
    {
        if (curve is null)
            return true;
        bool sound = curve.Values.Length > 0 && curve.Values.Length == curve.Scores.Length
            && Array.TrueForAll(curve.Values, double.IsFinite) && Array.TrueForAll(curve.Scores, score => score is >= 0 and <= 1);
        for (int i = 1; sound && i < curve.Values.Length; i++)
            sound = curve.Values[i] > curve.Values[i - 1];
        return sound;
    }
}

/// <summary>An indicator with its weight on its side and its curve; no curve where no value was known.</summary>
internal sealed record FittedIndicator(string Name, ValueBranch Branch, double Weight, ScoreCurve? Curve);
