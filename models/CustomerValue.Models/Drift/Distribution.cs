using System.Globalization;
using CustomerValue.Data.Windows;

namespace CustomerValue.Models.Drift;

/// <summary>Whether a feature is watched for drift.</summary>
public enum Movement
{
    /// <summary>It should look as it did when the model was trained.</summary>
    Watched,

    /// <summary>It follows the season of the cutoff and is expected to move; shown, never counted as drift.</summary>
    Season,
}

/// <summary>How one feature or score was spread over the customers when the model was trained.</summary>
public sealed record Distribution
{
    /// <summary>Name of the feature or score.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a sentence.</summary>
    public required string Meaning { get; init; }

    /// <summary>Whether it is watched.</summary>
    public required Movement Movement { get; init; }

    /// <summary>Upper edges of the bins of a quantity, rising, each inclusive; the last bin is open. Empty for levels.</summary>
    public required IReadOnlyList<double> Edges { get; init; }

    /// <summary>Names of the levels; empty for a quantity.</summary>
    public required IReadOnlyList<string> Levels { get; init; }

    /// <summary>
    /// Customers by bin. A quantity has the bins missing, zero, then one below each edge, then the open one; levels have the bins missing, each level, others.
    /// </summary>
    public required IReadOnlyList<int> Counts { get; init; }

    /// <summary>Stability index of its movement over the <see cref="DriftBaseline.UsualDays"/> before the cutoff; 0 where that is not known.</summary>
    public required double Usual { get; init; }

    /// <summary>Of a score: stability index of how the version itself moves it with the season, at each <see cref="SeasonStepDays"/> from the cutoff on, for a year; empty where it does not.</summary>
    public IReadOnlyList<double> Season { get; init; } = [];

    /// <summary>Days between two values of <see cref="Season"/>.</summary>
    public const int SeasonStepDays = 28;

    /// <summary>The larger of the two values of <see cref="Season"/> around a day; 0 before the cutoff and where there are none.</summary>
    /// <param name="days">Days after the cutoff; those of later years have the season of the first.</param>
    internal double SeasonAt(int days)
    {
        int step = Math.Max(0, days) % DaysIn.Year / SeasonStepDays;
        return Season.Count == 0 ? 0 : Math.Max(Season[Math.Min(step, Season.Count - 1)], Season[Math.Min(step + 1, Season.Count - 1)]);
    }

    internal const int Missing = 0;
    private const int Zero = 1;
    private const int FirstOpen = 2;

    /// <summary>Number of bins.</summary>
    internal int BinCount => Levels.Count > 0 ? Levels.Count + 2 : Edges.Count + FirstOpen + 1;

    /// <summary>Customers by bin of other values.</summary>
    internal int[] Count(ReadOnlySpan<double> values)
    {
        double[] edges = [.. Edges];
        int[] counts = new int[BinCount];
        foreach (double value in values)
            counts[Levels.Count > 0 ? BinOfLevel(value) : BinOf(value, edges)]++;
        return counts;
    }

    /// <summary>A bin in words, such as <c>missing</c>, <c>zero</c>, <c>12.5 to 30</c> or the name of a level.</summary>
    internal string Label(int bin)
    {
        if (bin == Missing)
            return "missing";
        if (Levels.Count > 0)
            return bin <= Levels.Count ? Levels[bin - 1] : "others";
        if (bin == Zero)
            return "zero";
        int edge = bin - FirstOpen;
        return Edges.Count == 0 ? "other than zero"
            : edge == 0 ? $"to {Text(Edges[0])}"
            : edge == Edges.Count ? $"above {Text(Edges[^1])}"
            : $"{Text(Edges[edge - 1])} to {Text(Edges[edge])}";
    }

    private int BinOfLevel(double value) =>
        double.IsNaN(value) ? Missing : value >= 0 && value < Levels.Count ? 1 + (int)value : Levels.Count + 1;

    private static int BinOf(double value, double[] edges)
    {
        if (double.IsNaN(value))
            return Missing;
        if (value == 0)
            return Zero;
        int at = Array.BinarySearch(edges, value);
        return FirstOpen + (at >= 0 ? at : ~at);
    }

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
