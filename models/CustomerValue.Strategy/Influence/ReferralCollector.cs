using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Strategy.Files;

namespace CustomerValue.Strategy.Influence;

/// <summary>Gathers referrals, leaves out those that cannot be and builds the graph of the others.</summary>
internal sealed class ReferralCollector
{
    private readonly ReferralScope _scope;
    private readonly Func<int, string> _place;
    private readonly List<int> _from = [], _to = [], _days = [], _lines = [];
    private readonly List<double> _weights = [];
    private readonly Tally _unknown = new(), _self = new(), _later = new(), _early = new(), _circular = new(), _weightless = new();

    /// <param name="scope">Customers and days.</param>
    /// <param name="place">Where a line stands, in messages.</param>
    public ReferralCollector(ReferralScope scope, Func<int, string> place)
    {
        if (scope.FirstDays is { } days && days.Length != scope.Customers.Count)
            throw new ArgumentException($"There must be a first day for each of the {scope.Customers.Count} customers; there are {days.Length}.", nameof(scope));
        _scope = scope;
        _place = place;
    }

    public void Add(in Referral referral, int line)
    {
        int from = _scope.Customers.Find(referral.ReferrerId), to = _scope.Customers.Find(referral.RefereeId);
        if (from < 0 || to < 0)
            _unknown.Add(_place(line), $"'{(from < 0 ? referral.ReferrerId : referral.RefereeId)}'");
        else if (from == to)
            _self.Add(_place(line), $"'{referral.ReferrerId}'");
        else if (referral.Day >= _scope.Until)
            _later.Add(_place(line), Day(referral.Day.DayNumber));
        else if (referral.Weight == 0)
            _weightless.Add(_place(line), $"'{referral.ReferrerId}'");
        else
        {
            _from.Add(from);
            _to.Add(to);
            _days.Add(referral.Day.DayNumber);
            _weights.Add(referral.Weight);
            _lines.Add(line);
        }
    }

    public ReferralGraph Build()
    {
        int customers = _scope.Customers.Count;
        int[] joined = Joined(customers);
        bool[] kept = Keep(joined);
        int[] offsets = new int[customers + 1], direct = new int[customers];
        for (int edge = 0; edge < kept.Length; edge++)
            if (kept[edge])
            {
                offsets[_to[edge] + 1]++;
                direct[_from[edge]]++;
            }
        for (int customer = 0; customer < customers; customer++)
            offsets[customer + 1] += offsets[customer];

        int[] next = offsets[..customers], referrers = new int[offsets[^1]], ages = new int[offsets[^1]];
        double[] weights = new double[offsets[^1]];
        for (int edge = 0; edge < kept.Length; edge++)
        {
            if (!kept[edge])
                continue;
            int at = next[_to[edge]]++;
            (referrers[at], weights[at], ages[at]) = (_from[edge], _weights[edge], Math.Abs(_days[edge] - joined[_to[edge]]));
        }
        return new ReferralGraph(_scope.Customers, new ReferralEdges(offsets, referrers, weights, ages), direct, Findings());
    }

    /// <summary>The day each customer came: the first purchase, or the first day on which they brought someone or were brought.</summary>
    private int[] Joined(int customers)
    {
        int[] joined = new int[customers];
        if (_scope.FirstDays is { } first)
        {
            for (int customer = 0; customer < customers; customer++)
                joined[customer] = first[customer].DayNumber;
            return joined;
        }
        Array.Fill(joined, int.MaxValue);
        for (int edge = 0; edge < _to.Count; edge++)
        {
            joined[_from[edge]] = Math.Min(joined[_from[edge]], _days[edge]);
            joined[_to[edge]] = Math.Min(joined[_to[edge]], _days[edge]);
        }
        return joined;
    }

    private bool[] Keep(int[] joined)
    {
        bool[] kept = new bool[_from.Count];
        List<int> sameDay = [];
        for (int edge = 0; edge < kept.Length; edge++)
        {
            (int from, int to) = (_from[edge], _to[edge]);
            if (_days[edge] < joined[from])
                _early.Add(_place(_lines[edge]), $"'{_scope.Customers[from]}' referred on {Day(_days[edge])} and came on {Day(joined[from])}");
            else if (joined[from] > joined[to])
                _circular.Add(_place(_lines[edge]), $"'{_scope.Customers[from]}' came after '{_scope.Customers[to]}'");
            else
                kept[edge] = true;
            if (kept[edge] && joined[from] == joined[to])
                sameDay.Add(edge);
        }
        if (sameDay.Count == 0)
            return kept;

        int[] order = SameDayOrder.Of(joined.Length, sameDay, _from, _to);
        foreach (int edge in sameDay)
            if (order[_from[edge]] > order[_to[edge]])
            {
                kept[edge] = false;
                _circular.Add(_place(_lines[edge]), $"'{_scope.Customers[_from[edge]]}' and '{_scope.Customers[_to[edge]]}' came on one day");
            }
        return kept;
    }

    private List<Finding> Findings()
    {
        List<Finding> findings = [];
        _unknown.Report(findings, "unknown-referral-customers", Severity.Warning, "of referrals name a customer without transactions and count for nobody", "Check the ids, or give the transactions of these customers.");
        _self.Report(findings, "self-referrals", Severity.Warning, "of referrals name the same customer twice and count for nobody", "Correct or remove them.");
        _early.Report(findings, "referral-before-referrer", Severity.Warning, "of referrals lie before the day the referrer came, and count for nobody", "Check dates and ids; the referrer must have been a customer.");
        _circular.Report(findings, "circular-referrals", Severity.Warning, "of referrals close a circle or name a referee who was a customer before the referrer, and count for nobody", "Nothing, if they are invitations of old customers; otherwise check dates and ids.");
        _later.Report(findings, "referrals-after-cutoff", Severity.Information, string.Create(CultureInfo.InvariantCulture, $"of referrals lie on or after {_scope.Until:yyyy-MM-dd} and are not known yet"), "Nothing, if the cutoff is meant.");
        _weightless.Report(findings, "weightless-referrals", Severity.Information, "of referrals have a weight of 0 and count for nobody", "Nothing, or give them a weight.");
        return findings;
    }

    private static string Day(int number) => DateOnly.FromDayNumber(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
