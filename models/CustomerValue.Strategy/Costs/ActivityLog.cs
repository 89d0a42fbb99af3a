using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Strategy.Costs;

/// <summary>All activities by row, columnar: customer 4 bytes, day 4, kind 2, quantity 8, units 8.</summary>
public sealed class ActivityLog
{
    private readonly ActivityColumns _columns;

    internal ActivityLog(NameTable customers, NameTable names, ActivityColumns columns, IReadOnlyList<Finding> findings)
    {
        Customers = customers;
        Names = names;
        Findings = findings;
        _columns = columns;
    }

    /// <summary>The customers whose index rows carry.</summary>
    public NameTable Customers { get; }

    /// <summary>Kinds of activity by code.</summary>
    public NameTable Names { get; }

    /// <summary>Number of activities.</summary>
    public int Count => _columns.Customers.Length;

    /// <summary>Doubts met while reading, such as unknown customers.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    internal ActivityColumns Columns => _columns;

    /// <summary>Reads a delimited file: <c>customer_id, date, activity</c> and, where known, <c>quantity</c> and measured <c>minutes</c> (or <c>units</c>).</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="customers">The customers known; activities of others are kept, costed apart and counted in a finding.</param>
    /// <param name="progress">Hears of the rows read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="BadDataException">A column is absent, or a line has no name, no date or a negative number.</exception>
    public static ActivityLog Read(string path, NameTable customers, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default) =>
        ActivityReader.Read(path, customers, progress, cancellation);

    /// <summary>A log of activities from elsewhere, such as special lines among the transactions.</summary>
    /// <param name="activities">The activities in any order.</param>
    /// <param name="customers">The customers known; activities of others are kept, costed apart and counted in a finding.</param>
    /// <exception cref="ArgumentException">A quantity or a number of units is negative or not finite.</exception>
    public static ActivityLog From(IEnumerable<Activity> activities, NameTable customers)
    {
        ActivityCollector collector = new(customers, static line => $"activity {line}");
        int row = 0;
        foreach (Activity activity in activities)
        {
            if (!(activity.Quantity >= 0 && double.IsFinite(activity.Quantity)) || (activity.Units is { } units && !(units >= 0 && double.IsFinite(units))))
                throw new ArgumentException($"Quantity and units are 0 or more; activity {row + 1} is {activity}.", nameof(activities));
            collector.Add(activity, ++row);
        }
        return collector.Build();
    }
}
