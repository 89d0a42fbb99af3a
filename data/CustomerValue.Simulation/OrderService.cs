using CustomerValue.Data.Windows;

namespace CustomerValue.Simulation;

/// <summary>Collects the service activities of one customer after another, and their true cost.</summary>
internal sealed class OrderService(SimulationOptions options)
{
    // True rates in cents: a fixed part for material or freight, and a part per minute of work.
    private const long CentsPerMinute = 85;
    private static readonly long[] s_fixedCents = [320, 140, 0, 400];
    private static readonly Comparison<SimulatedActivity> s_byDay = static (a, b) => a.Day.CompareTo(b.Day);
    private RowList<SimulatedActivity> _rows = new();
    private SimulationSegment _segment = options.Segments[0];
    private RandomStream _random;
    private int _first;
    private long _cents;

    public void Start(int customer, in HiddenProfile profile, RowList<SimulatedActivity> rows)
    {
        _rows = rows;
        _first = rows.Count;
        _cents = 0;
        _segment = options.Segments[profile.Core.Segment];
        _random = new RandomStream(options.Seed, customer, StreamPurpose.Service);
    }

    public void Order(int customer, int day, int channel)
    {
        if (channel != SimulationVocabulary.StoreChannel)
            Add(customer, day + 1 + _random.NextIndex(4), SimulationVocabulary.Delivery, 4 + _random.NextIndex(5));
        if (_random.NextBool(_segment.ComplaintShare))
            Add(customer, day + 2 + _random.NextIndex(9), SimulationVocabulary.Complaint, 10 + _random.NextIndex(21));
    }

    public void ReturnHandled(int customer, int day) =>
        Add(customer, day, SimulationVocabulary.ReturnHandling, 5 + _random.NextIndex(6));

    /// <summary>Adds the calls of the active days, sorts by day and returns the money that all activities cost.</summary>
    public double Finish(int customer, in HiddenProfile profile, double dropoutDay)
    {
        double until = Math.Min(dropoutDay, options.Days);
        double perDay = profile.CallsPerYear / DaysIn.MeanYear;
        double now = profile.Core.AcquiredDay;
        if (perDay > 1e-9)
        {
            while ((now += _random.NextExponential() / perDay) < until)
                Add(customer, (int)now, SimulationVocabulary.Call, 3 + _random.NextIndex(13));
        }

        _rows.SortFrom(_first, s_byDay);
        return _cents / 100.0;
    }

    private void Add(int customer, int day, int activity, int minutes)
    {
        if (day >= options.Days)
            return;
        _cents += s_fixedCents[activity] + minutes * CentsPerMinute;
        _rows.Add(new SimulatedActivity(customer, day, activity, minutes));
    }
}
