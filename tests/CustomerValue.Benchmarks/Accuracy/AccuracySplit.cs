using System.Globalization;
using CustomerValue.Data.Windows;

namespace CustomerValue.Benchmarks.Accuracy;

/// <summary>One log, cut at one day: what comes after it is forecast.</summary>
/// <param name="Log">Name of the log.</param>
/// <param name="Cutoff">First day of the holdout.</param>
/// <param name="Horizon">Length of the holdout.</param>
/// <param name="Withheld">Whether nothing in the house was chosen on it.</param>
internal sealed record AccuracySplit(string Log, DateOnly Cutoff, Horizon Horizon, bool Withheld)
{
    /// <summary>For example <c>online-retail/2011-02-01/90</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Log}/{Cutoff:yyyy-MM-dd}/{Horizon.Days}");

    /// <summary>All splits whose holdout the logs cover. Nothing was chosen on the CDNOW master file nor on cutoffs of Online Retail II from June 2011 on, the reference split among them.</summary>
    public static IReadOnlyList<AccuracySplit> All { get; } = [.. Cdnow("cdnow-sample", withheld: false), .. Cdnow("cdnow-master", withheld: true), .. OnlineRetail(), .. Shops()];

    /// <summary>Whether a pattern with stars for any text names it; one without stars, what its name begins with.</summary>
    public bool Fits(string pattern) => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern.Contains('*', StringComparison.Ordinal) ? pattern : pattern + "*", Name);

    private static IEnumerable<AccuracySplit> Cdnow(string log, bool withheld) =>
        from split in new (DateOnly Cutoff, int Days)[] { (new(1997, 7, 1), 90), (new(1997, 7, 1), 180), (new(1997, 10, 1), 90), (new(1997, 10, 1), 273), (new(1998, 1, 1), 90), (new(1998, 1, 1), 180) }
        select new AccuracySplit(log, split.Cutoff, split.Days, withheld);

    private static IEnumerable<AccuracySplit> OnlineRetail()
    {
        DateOnly end = new(2011, 12, 10);
        for (DateOnly cutoff = new(2010, 9, 1); cutoff <= new DateOnly(2011, 10, 1); cutoff = cutoff.AddMonths(1))
            foreach (Horizon horizon in (Horizon[])[30, 60, 90, 180])
                if (horizon.After(cutoff) <= end)
                    yield return new AccuracySplit("online-retail", cutoff, horizon, cutoff >= new DateOnly(2011, 6, 1));
        yield return new AccuracySplit("online-retail", new DateOnly(2011, 9, 1), 100, Withheld: true);
    }

    private static IEnumerable<AccuracySplit> Shops() =>
        from kind in SimulatedShop.Kinds.Keys
        from cutoff in new DateOnly[] { new(2022, 1, 1), new(2022, 12, 1), new(2023, 6, 1), new(2023, 11, 1) }
        select new AccuracySplit(kind, cutoff, 90, Withheld: false);
}
