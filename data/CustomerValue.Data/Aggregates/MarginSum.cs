using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Aggregates;

/// <summary>Margin of a customer's days under a returns policy.</summary>
internal static class MarginSum
{
    /// <summary>
    /// Known margins of the days <c>[start, end)</c>. Netted: each purchase day's margin times the share of its spend that was kept; ignored: purchases only;
    /// kept: every row.
    /// </summary>
    public static double Of(TransactionLog log, DayLedger ledger, int start, int end, ReturnsPolicy policy)
    {
        ReadOnlySpan<float> margins = log.Margins;
        ReadOnlySpan<double> amounts = log.Amounts;
        double sum = 0;
        for (int d = start; d < end; d++)
        {
            double day = 0;
            for (int row = ledger.RowStart[d]; row < ledger.RowStart[d + 1]; row++)
                if (!float.IsNaN(margins[row]) && (amounts[row] >= 0 || policy == ReturnsPolicy.Keep))
                    day += margins[row];
            bool netted = policy == ReturnsPolicy.Net && ledger.Spend[d] < ledger.Gross[d];
            sum += netted ? day * (ledger.Spend[d] / ledger.Gross[d]) : day;
        }
        return sum;
    }
}
