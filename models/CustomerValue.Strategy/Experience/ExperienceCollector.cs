using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Strategy.Files;

namespace CustomerValue.Strategy.Experience;

/// <summary>Sums answers by customer and compares customers with their segment.</summary>
internal sealed class ExperienceCollector
{
    private const int Everyone = -1;
    private readonly ExperienceScope _scope;
    private readonly Func<int, string> _place;
    private readonly double[] _benefit, _cost;
    private readonly Tally _unknown = new(), _later = new();

    /// <param name="scope">Customers, segments and days.</param>
    /// <param name="place">Where a line stands, in messages.</param>
    public ExperienceCollector(ExperienceScope scope, Func<int, string> place)
    {
        int count = scope.Customers.Count;
        if (scope.Segments is { } segments && segments.Length != count)
            throw new ArgumentException($"There must be a segment for each of the {count} customers; there are {segments.Length}.", nameof(scope));
        _scope = scope;
        _place = place;
        (_benefit, _cost) = (new double[count], new double[count]);
    }

    public void Add(in ExperienceAnswer answer, int line)
    {
        int customer = _scope.Customers.Find(answer.CustomerId);
        if (customer < 0)
            _unknown.Add(_place(line), $"'{answer.CustomerId}'");
        else if (answer.Day >= _scope.Until)
            _later.Add(_place(line), answer.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        else
        {
            _benefit[customer] += answer.Utility + answer.ProcessQuality;
            _cost[customer] += answer.Price + answer.Effort;
        }
    }

    public PerceivedValue Build()
    {
        double[] ratio = new double[_benefit.Length], against = new double[_benefit.Length];
        Dictionary<int, List<double>> bySegment = new() { [Everyone] = [] };
        for (int customer = 0; customer < ratio.Length; customer++)
        {
            ratio[customer] = _cost[customer] > 0 ? _benefit[customer] / _cost[customer] : double.NaN;
            if (double.IsNaN(ratio[customer]))
                continue;
            bySegment[Everyone].Add(ratio[customer]);
            if (Segment(customer) is >= 0 and int segment)
            {
                if (!bySegment.TryGetValue(segment, out List<double>? own))
                    bySegment.Add(segment, own = []);
                own.Add(ratio[customer]);
            }
        }
        Dictionary<int, double> medians = bySegment.Where(pair => pair.Key == Everyone || pair.Value.Count >= _scope.LeastPeers)
            .ToDictionary(pair => pair.Key, pair => Median(pair.Value));
        for (int customer = 0; customer < ratio.Length; customer++)
        {
            double median = medians.TryGetValue(Segment(customer), out double own) ? own : medians[Everyone];
            against[customer] = median > 0 ? ratio[customer] / median : double.NaN;
        }
        return new PerceivedValue(ratio, against, Findings(bySegment));
    }

    private int Segment(int customer) => _scope.Segments is { } segments && segments[customer] >= 0 ? segments[customer] : Everyone;

    private List<Finding> Findings(Dictionary<int, List<double>> bySegment)
    {
        List<Finding> findings = [];
        _unknown.Report(findings, "unknown-experience-customers", Severity.Warning, "of answers name a customer without transactions and are left out", "Check the ids, or give the transactions of these customers.");
        _later.Report(findings, "answers-after-cutoff", Severity.Information, string.Create(CultureInfo.InvariantCulture, $"of answers lie on or after {_scope.Until:yyyy-MM-dd} and are not known yet"), "Nothing, if the cutoff is meant.");
        int small = bySegment.Count(pair => pair.Key != Everyone && pair.Value.Count < _scope.LeastPeers);
        if (small > 0)
            findings.Add(new Finding("small-segments", Severity.Information,
                string.Create(CultureInfo.InvariantCulture, $"{small} segment(s) have fewer than {_scope.LeastPeers} customers with answers; these are compared with everyone."), "Nothing, or ask more customers."));
        return findings;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        int count = values.Count;
        return count == 0 ? double.NaN : (values[(count - 1) / 2] + values[count / 2]) / 2;
    }
}
