using CustomerValue.Data.Transactions;

namespace CustomerValue.Models.Forecasting;

/// <summary>How often a whole base bought on each day: everyone's purchase days, and those on which a customer was seen for the first time.</summary>
internal sealed class BaseActivity
{
    private readonly int _first;
    private readonly long[] _purchases, _newcomers;

    private BaseActivity(int first, long[] purchases, long[] newcomers) => (_first, _purchases, _newcomers) = (first, purchases, newcomers);

    /// <summary>Of a log before a day.</summary>
    /// <param name="log">All transactions; nothing on or after <paramref name="until"/> is looked at.</param>
    /// <param name="until">First day not looked at.</param>
    public static BaseActivity Of(TransactionLog log, DateOnly until)
    {
        int days = Math.Max(0, Math.Min(until.DayNumber, log.LastDay.DayNumber + 1) - log.FirstDay.DayNumber);
        long[] purchases = new long[days + 1], newcomers = new long[days + 1];
        ReadOnlySpan<int> offsets = log.Offsets.Span;
        ReadOnlySpan<ushort> at = log.Days;
        ReadOnlySpan<double> amounts = log.Amounts;
        for (int customer = 0; customer < log.CustomerCount; customer++)
        {
            int last = -1;
            for (int row = offsets[customer]; row < offsets[customer + 1] && at[row] < days; row++)
            {
                if (amounts[row] < 0 || at[row] == last)
                    continue;
                purchases[at[row] + 1]++;
                newcomers[at[row] + 1] += last < 0 ? 1 : 0;
                last = at[row];
            }
        }
        for (int day = 1; day <= days; day++)
        {
            purchases[day] += purchases[day - 1];
            newcomers[day] += newcomers[day - 1];
        }
        return new BaseActivity(log.FirstDay.DayNumber, purchases, newcomers);
    }

    /// <summary>Whole days known before a day.</summary>
    public int DaysBefore(DateOnly day) => day.DayNumber - _first;

    /// <summary>Purchase days of everyone in <c>[from, from + days)</c>.</summary>
    public double Purchases(DateOnly from, int days) => Sum(_purchases, from, days);

    /// <summary>Customers first seen in <c>[from, from + days)</c>.</summary>
    public double Newcomers(DateOnly from, int days) => Sum(_newcomers, from, days);

    private double Sum(long[] cumulated, DateOnly from, int days)
    {
        int start = Math.Clamp(from.DayNumber - _first, 0, cumulated.Length - 1), end = Math.Clamp(from.DayNumber + days - _first, 0, cumulated.Length - 1);
        return cumulated[end] - cumulated[start];
    }
}
