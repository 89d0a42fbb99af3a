using System.Diagnostics.Metrics;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Telemetry;

namespace CustomerValue.Serving.Models;

/// <summary>How far the challenger's answers lie from the champion's for the same customers, as counts and as quantiles of the latest ones. Nothing of any customer is kept but four differences. Safe to use from many threads.</summary>
internal sealed class Differences
{
    /// <summary>Latest customers that quantiles are of.</summary>
    public const int Latest = 10_000;

    private static readonly (string Name, bool IsMoney, Func<CustomerPrediction, double> Of)[] s_figures =
    [
        ("churn_probability", false, one => one.ChurnProbability), ("expected_purchases", false, one => one.ExpectedPurchases), ("expected_spend", true, one => one.ExpectedSpend), ("lifetime_value", true, one => one.LifetimeValue),
    ];

    private readonly Histogram<double> _plain, _relative;
    private readonly Counter<long> _calls;
    private readonly Lock _lock = new();
    private readonly double[][] _champion = [.. s_figures.Select(_ => new double[Latest])], _challenger = [.. s_figures.Select(_ => new double[Latest])];
    private string? _version, _against;
    private long _customers;

    public Differences(ServiceMeter meter)
    {
        _plain = meter.Meter.CreateHistogram("customer_value.challenger.difference", "1", "Challenger less champion for the same customer: churn probability and expected purchases.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [-1, -.5, -.2, -.1, -.05, -.02, -.01, 0, .01, .02, .05, .1, .2, .5, 1] });
        _relative = meter.Meter.CreateHistogram("customer_value.challenger.relative.difference", "1", "Challenger less champion for the same customer, as a share of the mean of the two: expected spend and lifetime value.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [-1.5, -1, -.5, -.2, -.1, -.05, -.02, 0, .02, .05, .1, .2, .5, 1, 1.5] });
        _calls = meter.Meter.CreateCounter<long>("customer_value.challenger.calls", "{call}", "Calls that challenger and champion were both to answer, by what became of that: compared, dropped (the lane was busy) or failed.");
    }

    /// <summary>Counts what became of a call that both were to answer.</summary>
    /// <param name="version">The challenger.</param>
    /// <param name="outcome"><c>compared</c>, <c>dropped</c> or <c>failed</c>.</param>
    public void Count(string version, string outcome) => _calls.Add(1, new(ServiceMeter.VersionLabel, version), new("outcome", outcome));

    /// <summary>Adds what both said of the same customers.</summary>
    /// <param name="champion">What the champion said.</param>
    /// <param name="challenger">What the challenger said, in the same order.</param>
    public void Add(IReadOnlyList<CustomerPrediction> champion, IReadOnlyList<CustomerPrediction> challenger)
    {
        lock (_lock)
        {
            (string version, string against) = (challenger[0].ModelVersion, champion[0].ModelVersion);
            if (version != _version || against != _against)
                (_version, _against, _customers) = (version, against, 0);
            for (int i = 0; i < champion.Count; i++, _customers++)
                for (int f = 0; f < s_figures.Length; f++)
                {
                    (string name, bool isMoney, Func<CustomerPrediction, double> of) = s_figures[f];
                    double left = of(champion[i]), right = of(challenger[i]), mean = (Math.Abs(left) + Math.Abs(right)) / 2;
                    (isMoney ? _relative : _plain).Record(!isMoney ? right - left : mean > 0 ? (right - left) / mean : 0, new(ServiceMeter.VersionLabel, version), new("figure", name));
                    (_champion[f][_customers % Latest], _challenger[f][_customers % Latest]) = (left, right);
                }
        }
    }

    /// <summary>How far a version lies from the champion, over the latest customers whom both answered; null where there is none.</summary>
    public ComparedAnswers? Of(string version)
    {
        lock (_lock)
        {
            if (version != _version || _customers == 0)
                return null;
            int count = (int)Math.Min(_customers, Latest);
            return new ComparedAnswers(_against!, _customers, [.. s_figures.Index().Select(figure => Figure(figure.Item.Name, _champion[figure.Index].AsSpan(0, count), _challenger[figure.Index].AsSpan(0, count)))]);
        }
    }

    private static FigureDifference Figure(string name, ReadOnlySpan<double> champion, ReadOnlySpan<double> challenger)
    {
        double[] differences = new double[champion.Length];
        double left = 0, right = 0;
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = challenger[i] - champion[i];
            (left, right) = (left + champion[i], right + challenger[i]);
        }
        Array.Sort(differences);
        return new FigureDifference(name, left / differences.Length, right / differences.Length, At(0.1), At(0.5), At(0.9));

        double At(double level) => differences[(int)(level * (differences.Length - 1))];
    }
}

/// <summary>How far the challenger lies from the champion.</summary>
/// <param name="Against">The champion.</param>
/// <param name="Customers">Customers whom both answered.</param>
/// <param name="Figures">Figure by figure, over the latest 10,000 of them.</param>
internal sealed record ComparedAnswers(string Against, long Customers, IReadOnlyList<FigureDifference> Figures);

/// <summary>One figure of both.</summary>
/// <param name="Name">Its name, as in predictions.</param>
/// <param name="Champion">Mean of what the champion said.</param>
/// <param name="Challenger">Mean of what the challenger said.</param>
/// <param name="P10">Of the differences, challenger less champion, one in ten lies below.</param>
/// <param name="P50">Half lie below.</param>
/// <param name="P90">One in ten lies above.</param>
internal sealed record FigureDifference(string Name, double Champion, double Challenger, double P10, double P50, double P90);
