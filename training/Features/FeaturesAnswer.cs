using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Training.Features;

/// <summary>What <c>features --json</c> gives.</summary>
internal sealed record FeaturesAnswer
{
    /// <summary>Days that the outcomes count.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Customers of all days together.</summary>
    public required long Rows { get; init; }

    /// <summary>Number of features.</summary>
    public required int Features { get; init; }

    /// <summary>SHA-256 of what the features are.</summary>
    public required string SchemaHash { get; init; }

    /// <summary>The file.</summary>
    public required string Out { get; init; }

    /// <summary>How it is written.</summary>
    public required string Format { get; init; }

    /// <summary>The C# class of a row, or null.</summary>
    public required string? Row { get; init; }

    /// <summary>What each day came to, oldest first.</summary>
    public required IReadOnlyList<FeaturesAtDay> Cutoffs { get; init; }

    /// <summary>Doubts about data.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Parts of the customers that the source computed one after another, and how many of them an earlier run had finished; null where aggregates are computed here.</summary>
    public required FeatureRanges? Ranges { get; init; }

    public static FeaturesAnswer Of(SnapshotRecipe recipe, FeaturesTally tally, FeatureRanges? ranges, string file, string format, string? row) => new()
    {
        HorizonDays = recipe.Horizon.Days,
        Rows = tally.Days.Sum(day => (long)day.Customers),
        Features = recipe.Schema.Count,
        SchemaHash = recipe.Schema.Hash,
        Out = file,
        Format = format,
        Row = row,
        Cutoffs = tally.Days,
        Findings = tally.Findings,
        Ranges = ranges,
    };
}

/// <summary>Parts of the customers.</summary>
/// <param name="Count">How many.</param>
/// <param name="TakenUp">How many of them an earlier run had finished.</param>
internal sealed record FeatureRanges(int Count, int TakenUp);

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

    /// <summary>With more customers of the same day.</summary>
    public FeaturesAtDay And(FeaturesAtDay others) => new(Cutoff, Customers + others.Customers, Churned + others.Churned, Purchases + others.Purchases, Spend + others.Spend);
}
