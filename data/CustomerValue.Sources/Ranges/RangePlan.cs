using System.Globalization;
using System.Text;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Windows;

namespace CustomerValue.Sources;

/// <summary>What a source is asked for: the aggregates of some pasts with the outcomes after them, in so many ranges of customers.</summary>
/// <param name="There">The source.</param>
/// <param name="Catalogue">The aggregates.</param>
/// <param name="Windows">The pasts and horizons; no two have one cutoff and all one horizon.</param>
/// <param name="Ranges">Of how many parts the customers are.</param>
public sealed record RangePlan(SourceAggregates There, AggregateCatalogue Catalogue, IReadOnlyList<ObservationWindow> Windows, int Ranges)
{
    /// <summary>The most ranges that can be asked for.</summary>
    public const int MostRanges = 10_000;

    // A range's rows, once for each past, are what the server sorts and groups at a time; 10 million come to about 3 GB there and to less here.
    private const long RowsOfRange = 10_000_000, FewRows = 500_000;
    private const int FewestRanges = 4;

    /// <summary>How many ranges do for a table: one where it is small, and otherwise as many as keep each within the memory of a usual server.</summary>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="cutoffs">How many pasts are asked for at once.</param>
    public static int RangesFor(long rows, int cutoffs) =>
        rows <= FewRows ? 1 : (int)Math.Clamp((rows * cutoffs + RowsOfRange - 1) / RowsOfRange, FewestRanges, MostRanges);

    /// <summary>Everything that the answer depends on, as text: two plans with one text have one answer, as long as the table stays as it is.</summary>
    /// <param name="product">Name and version of the program.</param>
    internal string Key(string product)
    {
        StringBuilder text = new();
        foreach (string line in (string[])[product, .. There.Identity, Catalogue.Hash, There.HorizonCatalogue(Windows[0].Horizon).Hash, .. Windows.Select(window => window.ToString()), Ranges.ToString(CultureInfo.InvariantCulture)])
            text.Append(line.ReplaceLineEndings("\\n")).Append('\n');
        return text.ToString();
    }
}
