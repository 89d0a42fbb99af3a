using CustomerValue.Boosting;
using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Features;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Reporting.Figures;

/// <summary>What the champion looks at.</summary>
/// <param name="Method">How it was found, in words.</param>
/// <param name="Features">Features by weight, heaviest first; empty where the champion has none.</param>
public sealed record Importance(string Method, IReadOnlyList<FeatureWeight> Features)
{
    private const int Most = 25;
    private const int MostRows = 20_000;

    /// <summary>Gain of the champion's trees where it has any; else what permuting the history of purchases costs its buy-till-you-die model.</summary>
    internal static Importance Of(ICustomerModel champion, FeatureSchema schema, IPriorModel? prior, Holdout? holdout, int seed)
    {
        BoostedTarget?[] trees = [Find(champion, Target.Churn), Find(champion, Target.Purchases), Find(champion, Target.Spend)];
        if (trees.Any(target => target is not null))
            return OfTrees(trees, schema);
        return holdout is not null && Rhythm(champion, prior) is { } model ? OfRhythm(model, holdout, seed)
            : new Importance("The champion is a rule without weights.", []);
    }

    private static BoostedTarget? Find(ICustomerModel model, Target target) => model switch
    {
        AverageModel average => average.Parts.Select(part => Find(part, target)).FirstOrDefault(found => found is not null),
        PerTargetModel combined => Find(target switch { Target.Churn => combined.Churn, Target.Purchases => combined.Purchases, _ => combined.Spend }, target),
        Blend blend => blend.Models.Reverse().Select(part => Find(part, target)).FirstOrDefault(found => found is not null),
        BoostedModel boosted => boosted.Targets.FirstOrDefault(candidate => candidate.Target == target),
        _ => null,
    };

    private static IPriorModel? Rhythm(ICustomerModel model, IPriorModel? prior) => model switch
    {
        AverageModel average => Rhythm(average.Parts[0], prior),
        Blend blend => Rhythm(blend.Models[0], prior),
        PerTargetModel combined => Rhythm(combined.Churn, prior),
        IPriorModel own => own,
        SeasonalPrior seasonal => seasonal.Prior,
        _ => null,
    };

    private static Importance OfTrees(BoostedTarget?[] trees, FeatureSchema schema)
    {
        Dictionary<string, double>?[] shares = Array.ConvertAll(trees, GainShares);
        Dictionary<string, string> meanings = schema.Features.Concat(BoostingInputs.PriorFeatures).ToDictionary(feature => feature.Name, feature => feature.Meaning);
        IEnumerable<FeatureWeight> weights = shares.SelectMany(share => share?.Keys ?? Enumerable.Empty<string>()).Distinct()
            .Select(name => new FeatureWeight(name, meanings[name], Share(shares[0], name), Share(shares[1], name), Share(shares[2], name)));
        return new Importance("Share of the gain of all splits in the champion's trees (what they correct of the prior, where they start from it).",
            [.. weights.OrderByDescending(weight => weight.Mean).ThenBy(weight => weight.Feature, StringComparer.Ordinal).Take(Most)]);
    }

    private static double? Share(Dictionary<string, double>? shares, string name) => shares?.GetValueOrDefault(name);

    private static Dictionary<string, double>? GainShares(BoostedTarget? target)
    {
        if (target is null)
            return null;
        Dictionary<string, double> gains = new(StringComparer.Ordinal);
        foreach (FeatureImportance feature in target.Boosters.SelectMany(booster => booster.Importance()).Where(feature => feature.Gain > 0))
            gains[feature.Feature] = gains.GetValueOrDefault(feature.Feature) + feature.Gain;
        double total = gains.Values.Sum();
        return gains.ToDictionary(pair => pair.Key, pair => pair.Value / total);
    }

    /// <summary>Breiman's (2001) permutation importance on the three numbers a buy-till-you-die model sees, each permuted so that histories stay possible.</summary>
    private static Importance OfRhythm(IPriorModel model, Holdout holdout, int seed)
    {
        int count = holdout.Snapshot.Count, step = Math.Max(count / MostRows, 1);
        int[] rows = [.. Enumerable.Range(0, count).Where(row => row % step == 0)];
        int[] repeaters = [.. rows.Where(row => holdout.Snapshot.Histories[row].X > 0)];
        PurchaseHistories histories = holdout.Snapshot.Histories;
        double whole = Loss(row => histories[row]);
        Dictionary<int, int> anyone = Shuffle(rows, seed), repeater = Shuffle(repeaters, seed + 1);
        (string Name, string Meaning, double Cost)[] costs =
        [
            ("x", "How often the customer came back.", Loss(row => histories[row] is { X: > 0 } h ? h with { X = histories[repeater[row]].X } : histories[row]) - whole),
            ("recency", "How long ago the last purchase was, as a share of the time as a customer.", Loss(row => histories[row] is { X: > 0 } h ? h with { Tx = h.T * Fraction(histories[repeater[row]]) } : histories[row]) - whole),
            ("T", "How long ago the first purchase was.", Loss(row => histories[row] is var h && histories[anyone[row]].T is var age ? new PurchaseHistory(h.X, age * Fraction(h), age) : h) - whole),
        ];
        double total = costs.Sum(cost => Math.Max(cost.Cost, 0));
        return new Importance("Share of the rise in log loss of churn when one number of the purchase history is permuted among customers of the holdout.",
            [.. costs.Select(cost => new FeatureWeight(cost.Name, cost.Meaning, total > 0 ? Math.Max(cost.Cost, 0) / total : 0, null, null)).OrderByDescending(weight => weight.Churn)]);

        double Loss(Func<int, PurchaseHistory> historyOf)
        {
            double sum = 0;
            foreach (int row in rows)
            {
                double p = Math.Clamp(model.ChurnProbability(historyOf(row), holdout.Snapshot.Window.Horizon.Days), 1e-12, 1 - 1e-12);
                sum -= Math.Log(holdout.Churned[row] ? p : 1 - p);
            }
            return sum / rows.Length;
        }
    }

    private static double Fraction(PurchaseHistory history) => history.T > 0 ? history.Tx / history.T : 0;

    private static Dictionary<int, int> Shuffle(int[] rows, int seed)
    {
        int[] shuffled = [.. rows];
        new Random(seed).Shuffle(shuffled);
        return rows.Zip(shuffled).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}

/// <summary>Weight of one feature by target, as shares that add up to 1 over all features; null where the target's model has no such weights.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Churn">Weight in churn.</param>
/// <param name="Purchases">Weight in purchases.</param>
/// <param name="Spend">Weight in spend.</param>
public sealed record FeatureWeight(string Feature, string Meaning, double? Churn, double? Purchases, double? Spend)
{
    /// <summary>Mean over the targets that have weights.</summary>
    public double Mean => new[] { Churn, Purchases, Spend }.Where(weight => weight is not null).Select(weight => weight!.Value).DefaultIfEmpty().Average();
}
