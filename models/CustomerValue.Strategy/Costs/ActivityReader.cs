using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Strategy.Files;

namespace CustomerValue.Strategy.Costs;

/// <summary>Reads activities.csv.</summary>
internal static class ActivityReader
{
    public static ActivityLog Read(string path, NameTable customers, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        using InputRows rows = new(path, progress, cancellation);
        int id = rows.Require("customer_id", "customer"), day = rows.Require("date", "day"), name = rows.Require("activity");
        int quantity = rows.Find("quantity", "count"), units = rows.Find("minutes", "units");
        ActivityCollector collector = new(customers, rows.PlaceOf);
        while (rows.Next())
            collector.Add(
                new Activity(rows.Name(id), rows.Day(day), rows.Name(name), rows.Amount(quantity, "a quantity") ?? 1, rows.Amount(units, "units of the resource")),
                rows.Line);
        return collector.Build();
    }
}
