using CustomerValue.Data.Features;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Reporting.Figures;

/// <summary>Errors by level of one attribute: whether the champion treats some customers worse than others.</summary>
/// <param name="Attribute">Name of the feature.</param>
/// <param name="Levels">Levels with enough customers, in their own order.</param>
/// <param name="LargestChurnGap">Largest distance of predicted from actual churn over the levels shown.</param>
/// <param name="Unfair">Levels whose gap is above 5 points and cannot be chance (three standard errors).</param>
public sealed record AttributeErrors(string Attribute, IReadOnlyList<GroupErrors> Levels, double LargestChurnGap, IReadOnlyList<string> Unfair)
{
    /// <summary>Fewest customers of a level that is shown.</summary>
    public const int FewestCustomers = 50;

    private const double LargeGap = 0.05;
    private const double StandardErrors = 3;

    /// <summary>Measures every categorical feature with at least two levels that have enough customers; customer attributes come first.</summary>
    internal static IReadOnlyList<AttributeErrors> Measure(Holdout holdout, Forecast forecast)
    {
        FeatureTable features = holdout.Snapshot.Features;
        return [.. features.Schema.Features
            .Where(feature => feature.Kind == FeatureKind.Categorical)
            .OrderBy(feature => feature.Source == FeatureSource.Attributes ? 0 : 1)
            .Select(feature => Of(holdout, forecast, feature))
            .Where(attribute => attribute.Levels.Count > 1)];
    }

    private static AttributeErrors Of(Holdout holdout, Forecast forecast, FeatureDefinition feature)
    {
        Snapshot snapshot = holdout.Snapshot;
        ReadOnlySpan<float> values = snapshot.Features[feature.Name];
        int unknown = feature.Levels.Count;
        int[] codes = new int[values.Length];
        for (int i = 0; i < codes.Length; i++)
            codes[i] = float.IsNaN(values[i]) ? unknown : (int)values[i];
        List<(string, string)> groups = [.. feature.Levels.Select(level => (level, $"{feature.Name} is {level}")), ("(not known)", $"{feature.Name} is not known")];
        GroupErrors[] levels = [.. GroupErrors.Measure(holdout, forecast, codes, groups).Where(level => level.Customers >= FewestCustomers)];
        return new AttributeErrors(feature.Name, levels,
            levels.Select(level => Math.Abs(level.ChurnGap)).DefaultIfEmpty().Max(),
            [.. levels.Where(level => Math.Abs(level.ChurnGap) > LargeGap && Math.Abs(level.ChurnGap) > StandardErrors * level.ChurnError).Select(level => level.Name)]);
    }
}
