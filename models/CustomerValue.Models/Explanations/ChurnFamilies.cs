namespace CustomerValue.Models.Explanations;

/// <summary>Which contributions are told together, worked out once for all customers.</summary>
internal sealed class ChurnFamilies
{
    /// <summary>Place of the rhythm, which is no family of features.</summary>
    private const int OfRhythm = -1;

    private readonly List<string> _names = [];
    private readonly List<(double[] Values, int Family)> _columns = [];

    /// <param name="parts">The contributions.</param>
    /// <param name="writer">Knows which features are told by one sentence.</param>
    public ChurnFamilies(ChurnContributions parts, ChurnReasonWriter writer)
    {
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        foreach ((string feature, double[] values) in parts.Features)
        {
            int family = OfRhythm;
            if (!ChurnReasonWriter.IsRhythm(feature) && !known.TryGetValue(writer.FamilyOf(feature), out family))
            {
                known.Add(writer.FamilyOf(feature), family = _names.Count);
                _names.Add(writer.FamilyOf(feature));
            }
            _columns.Add((values, family));
        }
    }

    /// <summary>The feature under whose sentence each family is told.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Adds one customer's contributions up.</summary>
    /// <param name="parts">The contributions.</param>
    /// <param name="row">The customer.</param>
    /// <param name="sums">Receives the sum of each family.</param>
    /// <returns>The rhythm: the prior's own share, and what trees make of its answers.</returns>
    public double Sum(ChurnContributions parts, int row, double[] sums)
    {
        Array.Clear(sums);
        double rhythm = parts.Rhythm[row];
        foreach ((double[] values, int family) in _columns)
            if (family == OfRhythm)
                rhythm += values[row];
            else
                sums[family] += values[row];
        return rhythm;
    }
}
