using CustomerValue.Data.Features;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;

namespace CustomerValue.Models.Drift;

/// <summary>What customers, scores and figures were like when a model was trained: <c>drift-baseline.json</c> of a version.</summary>
public sealed record DriftBaseline
{
    /// <summary>Everything before this day was learnt from.</summary>
    public required DateOnly Cutoff { get; init; }

    /// <summary>Days ahead that scores speak of.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Customers at the cutoff.</summary>
    public required int Customers { get; init; }

    /// <summary>Days before the cutoff over which the usual movement was learnt; 0 where history was too short.</summary>
    public required int UsualDays { get; init; }

    /// <summary>Each feature at the cutoff.</summary>
    public required IReadOnlyList<Distribution> Features { get; init; }

    /// <summary>Churn probability, expected purchases and expected spend at the cutoff.</summary>
    public required IReadOnlyList<Distribution> Scores { get; init; }

    /// <summary>How good the model was.</summary>
    public required ModelPerformance Performance { get; init; }

    /// <summary>Name of the file in the version folder.</summary>
    public const string FileName = "drift-baseline.json";

    private const string YearUnit = "of the year";
    private const string YearAgo = "year_ago";
    private const string SeasonPrefix = "season_";

    /// <summary>Names of the scores, in order.</summary>
    internal static IReadOnlyList<string> ScoreNames { get; } = ["churn_probability", "expected_purchases", "expected_spend"];

    /// <summary>The baseline of a race's champion; the usual movement comes from the race's validation.</summary>
    /// <param name="result">The race.</param>
    public static DriftBaseline Learn(RaceResult result)
    {
        Horizon horizon = result.Latest.Window.Horizon;
        DriftSample at = DriftSample.Of(result.Latest, result.Said.Of(result.Champion));
        DateOnly cutoff = result.Latest.Window.Cutoff;
        double now = result.Champion.LogSpendLevel(cutoff);
        double[] levels = [.. Enumerable.Range(0, DaysIn.Year / Distribution.SeasonStepDays + 1).Select(step => result.Champion.LogSpendLevel(cutoff.AddDays(step * Distribution.SeasonStepDays)) - now)];
        return Learn(at, result.Validation is { } earlier ? DriftSample.Of(earlier.Snapshot, result.Champion.Forecast(earlier.Snapshot, horizon)) : null, levels);
    }

    /// <summary>The baseline of customers at a cutoff.</summary>
    /// <param name="at">The customers at the cutoff, with outcomes where they are known.</param>
    /// <param name="earlier">Customers at an earlier day, scored by the same model, from which the usual movement is learnt; or null.</param>
    /// <param name="levels">Log of the level at which the model expects the base, over that of the cutoff, at each <see cref="Distribution.SeasonStepDays"/> from it on: so far its scores move without any drift. Or null.</param>
    public static DriftBaseline Learn(DriftSample at, DriftSample? earlier = null, IReadOnlyList<double>? levels = null)
    {
        FeatureSchema schema = at.Features.Schema;
        List<Distribution> features = [];
        for (int i = 0; i < schema.Count; i++)
        {
            double[] values = Values(at.Features, i);
            FeatureDefinition feature = schema.Features[i];
            features.Add(Spread(feature.Name, feature.Meaning, MovementOf(feature, values), feature.Levels, values, earlier is null ? [] : Values(earlier.Features, i)));
        }
        List<Distribution> scores = [];
        foreach (string name in ScoreNames)
        {
            double[] values = ScoresOf(at.Forecast, name);
            Distribution score = Spread(name, MeaningOf(name), Movement.Watched, [], values, earlier is null ? [] : ScoresOf(earlier.Forecast, name));
            scores.Add(score with { Season = [.. (levels ?? []).Select(level => Stability.Index([.. score.Counts], score.Count(AtLevel(name, values, Math.Exp(level)))))] });
        }
        return new DriftBaseline
        {
            Cutoff = at.Window.Cutoff,
            HorizonDays = at.Window.Horizon.Days,
            Customers = at.Count,
            UsualDays = earlier is null ? 0 : at.Window.Cutoff.DayNumber - earlier.Window.Cutoff.DayNumber,
            Features = features,
            Scores = scores,
            Performance = ModelPerformance.Of(at),
        };
    }

    /// <summary>A column as doubles.</summary>
    internal static double[] Values(FeatureTable features, int column)
    {
        ReadOnlySpan<float> floats = features.Column(column).Span;
        double[] values = new double[floats.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = floats[i];
        return values;
    }

    /// <summary>A score by name.</summary>
    internal static double[] ScoresOf(Forecast forecast, string name) =>
        name == ScoreNames[0] ? forecast.ChurnProbability : name == ScoreNames[1] ? forecast.ExpectedPurchases : forecast.ExpectedSpend;

    private static Distribution Spread(string name, string meaning, Movement movement, IReadOnlyList<string> levels, double[] values, double[] earlier)
    {
        Distribution spread = new()
        {
            Name = name,
            Meaning = meaning,
            Movement = movement,
            Edges = levels.Count > 0 ? [] : Binning.Edges(values),
            Levels = levels,
            Counts = [],
            Usual = 0,
        };
        int[] counts = spread.Count(values);
        return spread with { Counts = counts, Usual = earlier.Length > 0 ? Stability.Index(counts, spread.Count(earlier)) : 0 };
    }

    /// <summary>Scores of a base that buys more or less by a factor; the probability of no purchase as of purchases that come by chance.</summary>
    private static double[] AtLevel(string name, double[] values, double factor) => name == ScoreNames[0] ? Array.ConvertAll(values, churn => Math.Pow(churn, factor)) : Array.ConvertAll(values, value => factor * value);

    private static string MeaningOf(string score) => score switch
    {
        "churn_probability" => "Probability of no purchase within the horizon.",
        "expected_purchases" => "Expected purchase days within the horizon.",
        _ => "Expected money within the horizon.",
    };

    /// <summary>The place of the cutoff in the year is the same for all customers; windows a year ago look at another season with every cutoff.</summary>
    private static Movement MovementOf(FeatureDefinition feature, double[] values)
    {
        bool place = feature.Unit.EndsWith(YearUnit, StringComparison.Ordinal) && Array.TrueForAll(values, value => value == values[0]);
        bool window = feature.Name.Contains(YearAgo, StringComparison.Ordinal) || feature.Name.StartsWith(SeasonPrefix, StringComparison.Ordinal);
        return place || (window && feature.Source == FeatureSource.Aggregates) ? Movement.Season : Movement.Watched;
    }
}
