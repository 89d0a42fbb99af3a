using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Training.Inputs;

/// <summary>The day that customers are scored as of.</summary>
internal static class ScoringDay
{
    /// <summary>The day asked for, or the day after the last transaction.</summary>
    /// <exception cref="BadDataException">The log knows nobody before that day.</exception>
    public static DateOnly Check(DateOnly? asked, TransactionLog log)
    {
        DateOnly day = asked ?? log.LastDay.AddDays(1);
        return day > log.FirstDay
            ? day
            : throw new BadDataException($"--as-of {day:yyyy-MM-dd}: found no transaction before that day, expected some to score by; the data run from {log.FirstDay:yyyy-MM-dd} to {log.LastDay:yyyy-MM-dd}. Choose a day after the first.");
    }
}
