using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Features;

namespace CustomerValue.Models.Drift;

/// <summary>
/// How far the customers that a model answers for lie from those it was trained on, told while it answers. It keeps counts by bin of the latest 10,000 to 20,000 customers and nothing of any one of them.
/// A customer asked for twice counts twice. Safe to use from many threads.
/// </summary>
public sealed class DriftWatch
{
    /// <summary>Customers after which counts begin anew; those before them are kept until the next time.</summary>
    public const int WindowCustomers = 10_000;

    /// <summary>Customers below which nothing is said.</summary>
    public const int LeastCustomers = 100;

    private readonly DriftBaseline _baseline;
    private readonly DriftOptions _options;
    private readonly double _tail;
    private readonly Window[] _scores;
    private readonly (int Column, Window Window)[] _features;
    private long _asOf;

    /// <summary>A watch that has seen nobody.</summary>
    /// <param name="baseline">What things were like in training.</param>
    /// <param name="schema">The features of the model.</param>
    /// <param name="options">What counts as drift.</param>
    /// <exception cref="BadDataException">The baseline is none of such a model.</exception>
    public DriftWatch(DriftBaseline baseline, FeatureSchema schema, DriftOptions options)
    {
        if (!baseline.Features.Select(feature => feature.Name).SequenceEqual(schema.Features.Select(feature => feature.Name)) || !baseline.Scores.Select(score => score.Name).SequenceEqual(DriftBaseline.ScoreNames))
            throw new BadDataException($"Found {DriftBaseline.FileName} of other features or scores than the model's, expected the {schema.Count} of the model. Train again.");
        if (baseline.Features.Concat(baseline.Scores).FirstOrDefault(spread => spread.Counts.Count != spread.BinCount) is { } odd)
            throw new BadDataException($"{DriftBaseline.FileName}, {odd.Name}: found {odd.Counts.Count} counts, expected {odd.BinCount}. Train again.");
        (_baseline, _options) = (baseline, options);
        _scores = [.. baseline.Scores.Select(score => new Window(score))];
        _features = [.. baseline.Features.Select((feature, column) => (column, new Window(feature))).Where(feature => baseline.Features[feature.column].Movement == Movement.Watched)];
        _tail = DriftDetector.Tail(baseline, options);
        _asOf = baseline.Cutoff.DayNumber;
    }

    /// <summary>Takes in what was said of customers.</summary>
    /// <param name="asOf">First day of the forecast.</param>
    /// <param name="churnProbability">A value a customer.</param>
    /// <param name="expectedPurchases">A value a customer, purchase days.</param>
    /// <param name="expectedSpend">A value a customer, money.</param>
    public void AddScores(DateOnly asOf, ReadOnlySpan<double> churnProbability, ReadOnlySpan<double> expectedPurchases, ReadOnlySpan<double> expectedSpend)
    {
        Volatile.Write(ref _asOf, asOf.DayNumber);
        _scores[0].Add(churnProbability);
        _scores[1].Add(expectedPurchases);
        _scores[2].Add(expectedSpend);
    }

    /// <summary>Takes in the features of customers.</summary>
    /// <param name="features">Of the model's own schema.</param>
    public void AddFeatures(FeatureTable features)
    {
        foreach ((int column, Window window) in _features)
            window.Add(DriftBaseline.Values(features, column));
    }

    /// <summary>How the scores moved; none while fewer than <see cref="LeastCustomers"/> were seen.</summary>
    public IReadOnlyList<RunningDrift> Scores() => [.. _scores.Select(Measure).OfType<RunningDrift>()];

    /// <summary>How the watched features moved; none while fewer than <see cref="LeastCustomers"/> were seen.</summary>
    public IReadOnlyList<RunningDrift> Features() => [.. _features.Select(feature => Measure(feature.Window)).OfType<RunningDrift>()];

    private RunningDrift? Measure(Window window)
    {
        int[] then = [.. window.Baseline.Counts], now = window.Counts();
        int customers = now.Sum();
        int asOf = (int)Volatile.Read(ref _asOf);
        double reach = DriftDetector.Reach(_baseline, DateOnly.FromDayNumber(asOf));
        return customers < LeastCustomers ? null
            : new RunningDrift(window.Baseline.Name, Stability.Index(then, now), DriftDetector.Limit(window.Baseline, then, now, _options.Threshold, _tail, reach, asOf - _baseline.Cutoff.DayNumber), customers);
    }

    /// <summary>The latest customers by bin, in two halves of which the older is dropped as a whole.</summary>
    private sealed class Window(Distribution baseline)
    {
        private readonly Lock _lock = new();
        private int[] _now = new int[baseline.BinCount], _before = new int[baseline.BinCount];
        private int _seen;

        public Distribution Baseline => baseline;

        public void Add(ReadOnlySpan<double> values)
        {
            int[] counts = baseline.Count(values);
            lock (_lock)
            {
                if (_seen >= WindowCustomers)
                    (_before, _now, _seen) = (_now, new int[counts.Length], 0);
                for (int bin = 0; bin < counts.Length; bin++)
                    _now[bin] += counts[bin];
                _seen += values.Length;
            }
        }

        public int[] Counts()
        {
            lock (_lock)
                return [.. _now.Zip(_before, (now, before) => now + before)];
        }
    }
}

/// <summary>How far a feature or score of the latest customers lies from training.</summary>
/// <param name="Name">Name of the feature or score.</param>
/// <param name="Stability">Population stability index, 0 where nothing moved.</param>
/// <param name="Limit">Above it the movement counts as drift: the threshold, what chance alone does to so few customers, or what is usual in that time, whichever is most.</param>
/// <param name="Customers">Customers that it was measured on.</param>
public sealed record RunningDrift(string Name, double Stability, double Limit, int Customers);
