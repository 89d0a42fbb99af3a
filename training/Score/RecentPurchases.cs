using System.Globalization;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Training.Score;

/// <summary>The last purchase days of customers, for the timeline of a customer's page.</summary>
internal sealed class RecentPurchases(TransactionLog log, Snapshot everyone)
{
    private const int Days = 12;

    private readonly int _end = everyone.Window.Cutoff.DayNumber - log.FirstDay.DayNumber;

    /// <summary>The last days on which a customer bought, oldest first, each with what was bought and returned on it: <c>2023-12-27 101.4</c>.</summary>
    /// <param name="row">The customer, as the snapshot counts.</param>
    public string[] Of(int row)
    {
        (int first, int end) = (log.Offsets.Span[everyone.Aggregates.Population[row]], log.Offsets.Span[everyone.Aggregates.Population[row] + 1]);
        ReadOnlySpan<ushort> days = log.Days;
        ReadOnlySpan<double> amounts = log.Amounts;
        List<string> purchases = [];
        for (int i = end - 1; i >= first && purchases.Count < Days;)
        {
            int day = days[i];
            double sum = 0;
            bool bought = false;
            for (; i >= first && days[i] == day; i--)
            {
                sum += amounts[i];
                bought |= amounts[i] >= 0;
            }
            if (bought && day < _end)
                purchases.Add(string.Create(CultureInfo.InvariantCulture, $"{log.FirstDay.AddDays(day):yyyy-MM-dd} {sum:0.##}"));
        }
        purchases.Reverse();
        return [.. purchases];
    }
}
