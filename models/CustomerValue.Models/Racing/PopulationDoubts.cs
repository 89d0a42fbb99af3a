using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Features;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Racing;

/// <summary>Looks at the customers themselves before anything is believed that was learnt from them.</summary>
internal static class PopulationDoubts
{
    private const double LeakingAuc = 0.98;
    private const int FewestOutcomes = 50;
    private const int RowsALevel = 20;

    /// <summary>Nobody who bought twice, amounts that are all alike, and attributes that know the outcome.</summary>
    /// <param name="latest">The population at the cutoff.</param>
    /// <param name="known">A population with outcomes to look for leaks in: an earlier origin's, or the holdout's; null where there is none.</param>
    public static IReadOnlyList<Finding> Of(Snapshot latest, Snapshot? known)
    {
        List<Finding> findings = [];
        if (latest.Aggregates.X.IndexOfAnyExcept(0) < 0)
            findings.Add(new Finding("all-new", Severity.Warning,
                $"None of {latest.Count} customers bought on a second day before {latest.Window.Cutoff:yyyy-MM-dd}, so no rhythm can be learnt; rates rest on naive rules.",
                "Wait for repeat purchases, or check that customer ids are the same from order to order."));
        ReadOnlySpan<double> spend = latest.Aggregates.TotalSpend, x = latest.Aggregates.X;
        double perPurchase = spend[0] / (x[0] + 1);
        bool constant = true;
        for (int i = 1; constant && i < spend.Length; i++)
            constant = Math.Abs(spend[i] / (x[i] + 1) - perPurchase) <= 1e-9 * Math.Abs(perPurchase);
        if (constant)
            findings.Add(new Finding("constant-amounts", Severity.Information,
                FormattableString.Invariant($"Every purchase is worth {perPurchase:0.##}, so spend says no more than purchases do."),
                "Nothing, if there is one price; otherwise check the column mapped to the amount."));
        if (known?.Outcomes is not null)
            AddLeaks(known, findings);
        return findings;
    }

    private static void AddLeaks(Snapshot known, List<Finding> findings)
    {
        bool[] stayedAway = Array.ConvertAll(known.Outcomes!.Purchases.ToArray(), purchases => purchases == 0);
        int away = stayedAway.Count(gone => gone);
        if (away < FewestOutcomes || stayedAway.Length - away < FewestOutcomes)
            return;
        FeatureSchema schema = known.Features.Schema;
        for (int f = 0; f < schema.Count; f++)
        {
            FeatureDefinition feature = schema.Features[f];
            if (feature.Source != FeatureSource.Attributes)
                continue;
            double auc = Ranking.AreaUnderCurve(Scores(known.Features.Column(f).Span, feature, stayedAway), stayedAway);
            if (Math.Max(auc, 1 - auc) > LeakingAuc)
                findings.Add(new Finding("leaking-attribute", Severity.Error,
                    FormattableString.Invariant($"Attribute {feature.Name} alone tells who stayed away after {known.Window.Cutoff:yyyy-MM-dd} (AUC {Math.Max(auc, 1 - auc):0.000}): it was probably recorded after the fact."),
                    "Leave it out of the attributes file, or give its value as it was known at the time."));
        }
    }

    /// <summary>Numbers as they are, missing ones lowest; levels by how many of them stayed away, rare ones together.</summary>
    private static double[] Scores(ReadOnlySpan<float> values, FeatureDefinition feature, bool[] stayedAway)
    {
        double[] scores = new double[values.Length];
        if (feature.Kind == FeatureKind.Numeric)
        {
            for (int i = 0; i < scores.Length; i++)
                scores[i] = float.IsNaN(values[i]) ? double.MinValue : values[i];
            return scores;
        }
        int levels = feature.Levels.Count;
        int[] all = new int[levels + 1], away = new int[levels + 1];
        for (int i = 0; i < values.Length; i++)
        {
            int level = float.IsNaN(values[i]) ? levels : (int)values[i];
            all[level]++;
            away[level] += stayedAway[i] ? 1 : 0;
        }
        for (int i = 0; i < scores.Length; i++)
        {
            int level = float.IsNaN(values[i]) ? levels : (int)values[i];
            scores[i] = all[level] >= RowsALevel ? away[level] / (double)all[level] : 0.5;
        }
        return scores;
    }
}
