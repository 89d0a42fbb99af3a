using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Explanations;

/// <summary>Explains churn probabilities: exact contributions in log-odds, and each of them as a sentence.</summary>
/// <remarks>
/// Trees contribute by TreeSHAP (Lundberg et al. 2020), averaged over the bag; the prior they start from contributes as <see cref="RhythmFeature"/>,
/// together with what the trees make of the prior's own answers. Blends mix log-odds, so contributions mix alike. Features that say the same thing
/// (a number and its logarithm, the two angles of a season) are added up. What a later step moves (calibration, another horizon) stands as
/// <see cref="AdjustmentFeature"/>. A model without features has one contribution, the rhythm.
/// </remarks>
/// <param name="champion">The model whose churn is explained.</param>
public sealed class ChurnExplainer(ICustomerModel champion)
{
    /// <summary>Name under which the history of purchases as a whole contributes.</summary>
    public const string RhythmFeature = "buying_rhythm";

    /// <summary>Name under which steps after the model contribute; absent where there are none.</summary>
    public const string AdjustmentFeature = "adjustment";

    private const double Rounding = 1e-6;

    /// <summary>Explains customers of a snapshot.</summary>
    /// <param name="snapshot">Features at a cutoff; its outcomes are never looked at.</param>
    /// <param name="rows">Rows of the customers in the snapshot.</param>
    /// <returns>One explanation a row, in the order of <paramref name="rows"/>.</returns>
    public IReadOnlyList<ChurnExplanation> Explain(Snapshot snapshot, IReadOnlyList<int> rows) =>
        rows.Count == 0 ? [] : Explain(snapshot, rows, champion.Predict(snapshot, snapshot.Window.Horizon));

    /// <summary>Explains customers of a snapshot whose forecast is at hand.</summary>
    /// <param name="snapshot">Features at a cutoff.</param>
    /// <param name="rows">Rows of the customers in the snapshot.</param>
    /// <param name="forecast">The champion's forecast of the whole snapshot.</param>
    /// <returns>One explanation a row, in the order of <paramref name="rows"/>.</returns>
    public IReadOnlyList<ChurnExplanation> Explain(Snapshot snapshot, IReadOnlyList<int> rows, Forecast forecast) => Explain(snapshot, rows, forecast, int.MaxValue);

    /// <inheritdoc cref="Explain(Snapshot, IReadOnlyList{int}, Forecast)"/>
    /// <param name="snapshot">Features at a cutoff.</param>
    /// <param name="rows">Rows of the customers in the snapshot.</param>
    /// <param name="forecast">The champion's forecast of the whole snapshot.</param>
    /// <param name="most">Reasons to keep, at least 1; the others stand as one (<see cref="ChurnExplanation.Strongest"/>), and cost no words.</param>
    internal IReadOnlyList<ChurnExplanation> Explain(Snapshot snapshot, IReadOnlyList<int> rows, Forecast forecast, int most)
    {
        int[] chosen = [.. rows];
        ChurnContributions parts = ChurnAttribution.Of(champion, snapshot, chosen);
        ChurnReasonWriter writer = new(snapshot.Features);
        return [.. chosen.Select((row, i) => One(writer, parts, i, snapshot.Aggregates.CustomerId(row), row, Logit.OfInside(forecast.ChurnProbability[row]), most))];
    }

    private static ChurnExplanation One(ChurnReasonWriter writer, ChurnContributions parts, int at, string id, int row, double logit, int most)
    {
        double rhythm = parts.Rhythm[at], sum = parts.Base[at];
        Dictionary<string, double> merged = new(StringComparer.Ordinal);
        foreach ((string feature, double[] values) in parts.Features)
            if (ChurnReasonWriter.IsRhythm(feature))
                rhythm += values[at];
            else if (values[at] != 0)
                merged[writer.FamilyOf(feature)] = merged.GetValueOrDefault(writer.FamilyOf(feature)) + values[at];

        List<(string Feature, double Contribution)> found = [.. merged.Select(pair => (pair.Key, pair.Value))];
        double alone = Logit.Probability(parts.Rhythm[at]);
        if (rhythm != 0)
            found.Add((RhythmFeature, rhythm));
        foreach ((_, double contribution) in found)
            sum += contribution;
        if (Math.Abs(logit - sum) > Rounding)
            found.Add((AdjustmentFeature, logit - sum));
        found.Sort((a, b) => Math.Abs(b.Contribution).CompareTo(Math.Abs(a.Contribution)) is var order and not 0 ? order : string.CompareOrdinal(a.Feature, b.Feature));
        List<Reason> reasons = [];
        double rest = 0;
        foreach ((string feature, double contribution) in found)
            if (reasons.Count == most)
                rest += contribution;
            else
                reasons.Add(feature switch
                {
                    RhythmFeature => new Reason(feature, alone, contribution, ChurnReasonWriter.Rhythm(alone)),
                    AdjustmentFeature => new Reason(feature, null, contribution, "Past forecasts of this height were off by as much, and this one was moved accordingly"),
                    _ => writer.Write(feature, row, contribution),
                });
        if (found.Count > most)
            reasons.Add(ChurnExplanation.Rest(found.Count - most, rest));
        return new ChurnExplanation(id, logit, parts.Base[at], reasons);
    }
}
