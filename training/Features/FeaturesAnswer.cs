using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Training.Features;

/// <summary>What <c>features --json</c> gives.</summary>
/// <param name="HorizonDays">Days that the outcomes count.</param>
/// <param name="Rows">Customers of all days together.</param>
/// <param name="Features">Number of features.</param>
/// <param name="SchemaHash">SHA-256 of what the features are.</param>
/// <param name="Out">The file.</param>
/// <param name="Format">How it is written.</param>
/// <param name="Row">The C# class of a row, or null.</param>
/// <param name="Cutoffs">What each day came to, oldest first.</param>
/// <param name="Findings">Doubts about data.</param>
internal sealed record FeaturesAnswer(
    int HorizonDays, long Rows, int Features, string SchemaHash, string Out, string Format, string? Row, IReadOnlyList<FeaturesAtDay> Cutoffs, IReadOnlyList<Finding> Findings)
{
    public static FeaturesAnswer Of(IReadOnlyList<Snapshot> snapshots, Horizon horizon, string file, string format, string? row) => new(
        horizon.Days, snapshots.Sum(snapshot => (long)snapshot.Count), snapshots[0].Features.Schema.Count, snapshots[0].Features.Schema.Hash, file, format, row, [.. snapshots.Select(FeaturesAtDay.Of)], []);
}

/// <summary>One day's population.</summary>
/// <param name="Cutoff">The day.</param>
/// <param name="Customers">Customers with a purchase before it.</param>
/// <param name="Churned">How many of them did not buy within the horizon; null where the data end before it.</param>
/// <param name="Purchases">Their purchase days within it.</param>
/// <param name="Spend">Their money within it.</param>
internal sealed record FeaturesAtDay(DateOnly Cutoff, int Customers, int? Churned, double? Purchases, double? Spend)
{
    public static FeaturesAtDay Of(Snapshot snapshot) => new(
        snapshot.Window.Cutoff, snapshot.Count, snapshot.Outcomes?.Churned.ToArray().Count(stayed => stayed), snapshot.Outcomes?.Purchases.ToArray().Sum(), snapshot.Outcomes?.Spend.ToArray().Sum());
}
