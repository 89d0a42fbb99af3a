namespace CustomerValue.Data.Transactions;

/// <summary>Days on which single customers bought: those with a row of amount zero or more, whatever returns do.</summary>
public static class PurchaseDays
{
    /// <summary>Reads a customer's purchase days before a day.</summary>
    /// <param name="log">The log.</param>
    /// <param name="customer">Index of the customer in it.</param>
    /// <param name="before">The first day that is not looked at.</param>
    /// <param name="days">Cleared, then filled with days since the log's first, rising.</param>
    public static void Read(TransactionLog log, int customer, DateOnly before, List<int> days)
    {
        days.Clear();
        int end = before.DayNumber - log.FirstDay.DayNumber;
        (int from, int count) = log.RowsOf(customer).GetOffsetAndLength(log.RowCount);
        ReadOnlySpan<ushort> on = log.Days;
        ReadOnlySpan<double> amounts = log.Amounts;
        for (int row = from; row < from + count && on[row] < end; row++)
            if (amounts[row] >= 0 && (days.Count == 0 || days[^1] != on[row]))
                days.Add(on[row]);
    }
}
