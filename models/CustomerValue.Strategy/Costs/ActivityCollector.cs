using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Strategy.Files;

namespace CustomerValue.Strategy.Costs;

/// <summary>Gathers activities into columns and counts those of unknown customers.</summary>
/// <param name="customers">The customers known.</param>
/// <param name="place">Where a line stands, in messages.</param>
internal sealed class ActivityCollector(NameTable customers, Func<int, string> place)
{
    private readonly List<int> _customers = [], _days = [];
    private readonly List<ushort> _kinds = [];
    private readonly List<double> _quantities = [], _units = [];
    private readonly Dictionary<string, ushort> _codes = new(StringComparer.Ordinal);
    private readonly Tally _unknown = new();

    public void Add(in Activity activity, int line)
    {
        int customer = customers.Find(activity.CustomerId);
        if (customer < 0)
            _unknown.Add(place(line), $"'{activity.CustomerId}'");
        if (!_codes.TryGetValue(activity.Name, out ushort kind))
        {
            if (_codes.Count > ushort.MaxValue)
                throw new BadDataException($"{place(line)}: found more than {_codes.Count} different activities, expected kinds of activity; check the column.");
            kind = (ushort)_codes.Count;
            _codes.Add(activity.Name, kind);
        }
        _customers.Add(customer);
        _days.Add(activity.Day.DayNumber);
        _kinds.Add(kind);
        _quantities.Add(activity.Quantity);
        _units.Add(activity.Units ?? double.NaN);
    }

    public ActivityLog Build()
    {
        List<Finding> findings = [];
        _unknown.Report(findings, "unknown-activity-customers", Severity.Warning,
            "of activities name a customer without transactions; their cost is shown apart, not given to other customers",
            "Check the ids, or give the transactions of these customers.");
        return new ActivityLog(customers, new NameTable([.. _codes.Keys]),
            new ActivityColumns([.. _customers], [.. _days], [.. _kinds], [.. _quantities], [.. _units]), findings);
    }
}
