using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Reporting.Figures;

/// <summary>Kinds of customers for which errors are shown apart: one model may be right on the whole and wrong on each.</summary>
/// <remarks>Each customer belongs to the first that fits: long gone, whale, new, frequent, rare.</remarks>
public static class CustomerSegments
{
    private const double WhaleShare = 0.05;
    private const int FrequentPurchaseDays = 4;

    /// <summary>Names with their meaning, in the order of codes.</summary>
    /// <param name="horizon">How far ahead is predicted.</param>
    public static IReadOnlyList<(string Name, string Meaning)> Kinds(Horizon horizon) =>
    [
        ("long gone", FormattableString.Invariant($"no purchase in the last {horizon.LongSilenceDays} days")),
        ("whales", FormattableString.Invariant($"the {100 * WhaleShare:0} % of the others who spent most so far")),
        ("new", FormattableString.Invariant($"first purchase within the last {Newness(horizon)} days")),
        ("frequent", FormattableString.Invariant($"{FrequentPurchaseDays} purchase days or more")),
        ("rare", FormattableString.Invariant($"fewer than {FrequentPurchaseDays} purchase days")),
    ];

    /// <summary>Code of each customer's kind.</summary>
    public static int[] Assign(Snapshot snapshot)
    {
        CustomerAggregates aggregates = snapshot.Aggregates;
        ReadOnlySpan<double> x = aggregates.X, tx = aggregates.Tx, age = aggregates.T, spend = aggregates.TotalSpend;
        int silence = snapshot.Window.Horizon.LongSilenceDays, newness = Newness(snapshot.Window.Horizon);
        double whale = WhaleSpend(age, tx, spend, silence);
        int[] codes = new int[x.Length];
        for (int i = 0; i < codes.Length; i++)
            codes[i] = age[i] - tx[i] >= silence ? 0
                : spend[i] > whale ? 1
                : age[i] < newness ? 2
                : x[i] + 1 >= FrequentPurchaseDays ? 3 : 4;
        return codes;
    }

    private static double WhaleSpend(ReadOnlySpan<double> age, ReadOnlySpan<double> tx, ReadOnlySpan<double> spend, int silence)
    {
        List<double> spends = [];
        for (int i = 0; i < spend.Length; i++)
            if (age[i] - tx[i] < silence)
                spends.Add(spend[i]);
        spends.Sort();
        return spends.Count == 0 ? double.PositiveInfinity : spends[Math.Max((int)((1 - WhaleShare) * spends.Count) - 1, 0)];
    }

    private static int Newness(Horizon horizon) => Math.Min(horizon.Days, 90);
}
