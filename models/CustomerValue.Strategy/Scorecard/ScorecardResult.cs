namespace CustomerValue.Strategy.Scorecard;

/// <summary>Index of each customer, 0 to 100, and what each indicator contributes to it.</summary>
/// <remarks>
/// Contribution = 100 x weight x score / weight of all indicators of the side that are known for the customer; contributions of a side add up to its
/// index. NaN where nothing of a side is known.
/// </remarks>
public sealed class ScorecardResult
{
    private const int Block = 4096;
    private readonly double[][] _contributions;
    private readonly double[] _current, _potential, _index, _coverage;

    private ScorecardResult(FittedScorecard scorecard, int count)
    {
        Indicators = scorecard.Indicators;
        _contributions = new double[Indicators.Count][];
        (_current, _potential, _index, _coverage) = (new double[count], new double[count], new double[count], new double[count]);
    }

    /// <summary>The indicators in the order of contributions.</summary>
    public IReadOnlyList<WeightedIndicator> Indicators { get; }

    /// <summary>Number of customers.</summary>
    public int Count => _index.Length;

    /// <summary>Index of current value by customer.</summary>
    public ReadOnlySpan<double> Current => _current;

    /// <summary>Index of potential value by customer.</summary>
    public ReadOnlySpan<double> Potential => _potential;

    /// <summary>Index of both sides by their weights, or of the one that is known.</summary>
    public ReadOnlySpan<double> Index => _index;

    /// <summary>Share of all weight whose indicators are known for the customer, 0 to 1.</summary>
    public ReadOnlySpan<double> Coverage => _coverage;

    /// <summary>Points that an indicator contributes to its side's index, by customer; 0 where it is missing.</summary>
    public ReadOnlySpan<double> Contributions(int indicator) => _contributions[indicator];

    internal static ScorecardResult Compute(FittedScorecard scorecard, IndicatorTable table)
    {
        ScorecardResult result = new(scorecard, table.Count);
        FittedIndicator[] indicators = scorecard.State.Indicators;
        Parallel.For(0, indicators.Length, i => result._contributions[i] = Scores(indicators[i], table));
        // From scores to points in place, a block of customers at a time.
        Parallel.For(0, (table.Count + Block - 1) / Block, block =>
        {
            int start = block * Block, end = Math.Min(start + Block, table.Count);
            for (int customer = start; customer < end; customer++)
                result.Sum(indicators, scorecard.CurrentWeight, customer);
        });
        return result;
    }

    private static double[] Scores(FittedIndicator indicator, IndicatorTable table)
    {
        ReadOnlySpan<double> values = table.Column(indicator.Name);
        if (indicator.Curve is { } curve && values.Length > 0)
            return curve.Score(values);
        double[] missing = new double[table.Count];
        Array.Fill(missing, double.NaN);
        return missing;
    }

    private void Sum(FittedIndicator[] indicators, double currentWeight, int customer)
    {
        double currentKnown = 0, potentialKnown = 0;
        for (int i = 0; i < indicators.Length; i++)
            if (!double.IsNaN(_contributions[i][customer]))
            {
                if (indicators[i].Branch == ValueBranch.Current)
                    currentKnown += indicators[i].Weight;
                else
                    potentialKnown += indicators[i].Weight;
            }
        double current = 0, potential = 0;
        for (int i = 0; i < indicators.Length; i++)
        {
            ref double cell = ref _contributions[i][customer];
            bool isCurrent = indicators[i].Branch == ValueBranch.Current;
            double known = isCurrent ? currentKnown : potentialKnown;
            cell = double.IsNaN(cell) || known == 0 ? 0 : 100 * indicators[i].Weight * cell / known;
            if (isCurrent)
                current += cell;
            else
                potential += cell;
        }
        double ofCurrent = currentKnown > 0 ? currentWeight : 0, ofPotential = potentialKnown > 0 ? 1 - currentWeight : 0;
        _current[customer] = currentKnown > 0 ? current : double.NaN;
        _potential[customer] = potentialKnown > 0 ? potential : double.NaN;
        _index[customer] = ofCurrent + ofPotential > 0 ? ((ofCurrent * current) + (ofPotential * potential)) / (ofCurrent + ofPotential) : double.NaN;
        _coverage[customer] = Math.Min(1, (currentWeight * currentKnown) + ((1 - currentWeight) * potentialKnown));
    }
}
