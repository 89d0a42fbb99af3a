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
    private const int BlockSize = 512;

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
    public IReadOnlyList<ChurnExplanation> Explain(Snapshot snapshot, IReadOnlyList<int> rows, Forecast forecast) => Explain(snapshot, rows, forecast, int.MaxValue, threads: 1);

    /// <inheritdoc cref="Explain(Snapshot, IReadOnlyList{int}, Forecast)"/>
    /// <param name="snapshot">Features at a cutoff.</param>
    /// <param name="rows">Rows of the customers in the snapshot.</param>
    /// <param name="forecast">The champion's forecast of the whole snapshot.</param>
    /// <param name="most">Reasons to keep, at least 1; the others stand as one (<see cref="ChurnExplanation.Strongest"/>), and cost no words.</param>
    /// <param name="threads">Threads that word reasons, at least 1; results do not depend on it.</param>
    internal IReadOnlyList<ChurnExplanation> Explain(Snapshot snapshot, IReadOnlyList<int> rows, Forecast forecast, int most, int threads)
    {
        int[] chosen = [.. rows];
        ChurnContributions parts = ChurnAttribution.Of(champion, snapshot, chosen);
        ChurnReasonWriter writer = new(snapshot.Features);
        ChurnFamilies families = new(parts, writer);
        ChurnExplanation[] explanations = new ChurnExplanation[chosen.Length];
        if (chosen.Length <= BlockSize)
            Word(0, chosen.Length);
        else
            Parallel.For(0, (chosen.Length + BlockSize - 1) / BlockSize, new ParallelOptions { MaxDegreeOfParallelism = threads },
                block => Word(block * BlockSize, Math.Min((block + 1) * BlockSize, chosen.Length)));
        return explanations;

        void Word(int start, int end)
        {
            double[] sums = new double[families.Names.Count];
            List<(string Feature, double Contribution)> found = new(sums.Length + 2);
            for (int i = start; i < end; i++)
                explanations[i] = One(writer, parts, families, sums, found, i, snapshot.Aggregates.CustomerId(chosen[i]), chosen[i], Logit.OfInside(forecast.ChurnProbability[chosen[i]]), most);
        }
    }

    private static ChurnExplanation One(ChurnReasonWriter writer, ChurnContributions parts, ChurnFamilies families, double[] sums, List<(string Feature, double Contribution)> found, int at, string id, int row, double logit, int most)
    {
        double sum = parts.Base[at], rhythm = families.Sum(parts, at, sums);
        found.Clear();
        for (int family = 0; family < sums.Length; family++)
            if (sums[family] != 0)
                found.Add((families.Names[family], sums[family]));
        double alone = Logit.Probability(parts.Rhythm[at]);
        if (rhythm != 0)
            found.Add((RhythmFeature, rhythm));
        foreach ((_, double contribution) in found)
            sum += contribution;
        if (Math.Abs(logit - sum) > Rounding)
            found.Add((AdjustmentFeature, logit - sum));
        found.Sort((a, b) => Math.Abs(b.Contribution).CompareTo(Math.Abs(a.Contribution)) is var order and not 0 ? order : string.CompareOrdinal(a.Feature, b.Feature));
        List<Reason> reasons = new(Math.Min(found.Count, most - 1) + 1);
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
