using CustomerValue.Data.Transactions;

namespace CustomerValue.Data.Aggregates;

/// <summary>One customer's rows summed by day and netted: scratch space that is filled anew for each customer and never allocates twice for the same size.</summary>
/// <remarks>
/// Parallel arrays by day, in ascending order; a day stands here if it has a row that the policy sees. The rows of day d lie in
/// <c>[RowStart[d], RowStart[d + 1])</c>, where rows of other sign than wanted must be passed over.
/// </remarks>
internal sealed class DayLedger
{
    // Money below this share of a day's purchases is what rounding left of a full return.
    private const double RoundingShare = 1e-9;

    /// <summary>Money after returns, or nothing where it is no more than what rounding left of equal sums (0.1 + 0.2 - 0.3).</summary>
    /// <param name="spend">Money after returns.</param>
    /// <param name="gross">Money of the purchases among it.</param>
    public static double WithoutResidue(double spend, double gross) => Math.Abs(spend) <= RoundingShare * gross ? 0 : spend;

    private int[] _open = [];

    /// <summary>Days with rows.</summary>
    public int Count { get; private set; }

    /// <summary>Days with at least one row of amount zero or more.</summary>
    public int PurchaseDays { get; private set; }

    /// <summary>Position of the first purchase day, or -1.</summary>
    public int FirstPurchase { get; private set; }

    /// <summary>Days since the log's first day.</summary>
    public int[] Day { get; private set; } = [];

    /// <summary>First row of each day, and the end of the last.</summary>
    public int[] RowStart { get; private set; } = [0];

    /// <summary>Rows of amount zero or more; 0 marks a day that has only returns.</summary>
    public int[] Lines { get; private set; } = [];

    /// <summary>Rows of negative amount.</summary>
    public int[] ReturnLines { get; private set; } = [];

    /// <summary>Money of the rows of amount zero or more.</summary>
    public double[] Gross { get; private set; } = [];

    /// <summary>Money given back that day, positive.</summary>
    public double[] Returned { get; private set; } = [];

    /// <summary>Money after the returns policy.</summary>
    public double[] Spend { get; private set; } = [];

    /// <summary>Days back to the purchase day before; 0 for the first.</summary>
    public int[] Gap { get; private set; } = [];

    /// <summary>Returns for which no purchase was left, positive; only under <see cref="ReturnsPolicy.Net"/>.</summary>
    public double Unmatched { get; private set; }

    /// <summary>Sums the rows <c>[from, to)</c>, which are one customer's in order of day.</summary>
    public void Fill(TransactionLog log, int from, int to, ReturnsPolicy policy)
    {
        Reserve(to - from);
        ReadOnlySpan<ushort> days = log.Days;
        ReadOnlySpan<double> amounts = log.Amounts;
        int d = -1, current = -1;
        bool anyReturn = false;
        for (int row = from; row < to; row++)
        {
            double amount = amounts[row];
            if (amount < 0 && policy == ReturnsPolicy.Ignore)
                continue;
            if (days[row] != current)
            {
                current = days[row];
                d++;
                Day[d] = current;
                RowStart[d] = row;
                Lines[d] = 0;
                ReturnLines[d] = 0;
                Gross[d] = 0;
                Returned[d] = 0;
            }
            if (amount < 0)
            {
                ReturnLines[d]++;
                Returned[d] -= amount;
                anyReturn = true;
            }
            else
            {
                Lines[d]++;
                Gross[d] += amount;
            }
        }
        Count = d + 1;
        RowStart[Count] = to;
        Unmatched = 0;
        Array.Copy(Gross, Spend, Count);
        if (anyReturn && policy == ReturnsPolicy.Net)
            Net();
        else if (anyReturn)
            for (int day = 0; day < Count; day++)
                Spend[day] = WithoutResidue(Spend[day] - Returned[day], Gross[day]);
        MeasureGaps();
    }

    private void Net()
    {
        // Purchase days that still have spend to take from, latest on top: each is opened and closed once.
        int open = 0;
        for (int d = 0; d < Count; d++)
        {
            if (Spend[d] > 0)
                _open[open++] = d;
            double left = Returned[d];
            while (left > 0 && open > 0)
            {
                int day = _open[open - 1];
                double rounding = RoundingShare * Gross[day];
                if (left < Spend[day] - rounding)
                {
                    Spend[day] -= left;
                    left = 0;
                }
                else
                {
                    left -= Spend[day];
                    if (left < rounding)
                        left = 0;
                    Spend[day] = 0;
                    open--;
                }
            }
            Unmatched += left;
        }
    }

    private void MeasureGaps()
    {
        int previous = -1;
        PurchaseDays = 0;
        FirstPurchase = -1;
        for (int d = 0; d < Count; d++)
        {
            if (Lines[d] == 0)
                continue;
            if (previous < 0)
                FirstPurchase = d;
            Gap[d] = previous < 0 ? 0 : Day[d] - previous;
            previous = Day[d];
            PurchaseDays++;
        }
    }

    private void Reserve(int rows)
    {
        if (Day.Length >= rows)
            return;
        int size = Math.Max(rows, 2 * Day.Length);
        Day = new int[size];
        RowStart = new int[size + 1];
        Lines = new int[size];
        ReturnLines = new int[size];
        Gross = new double[size];
        Returned = new double[size];
        Spend = new double[size];
        Gap = new int[size];
        _open = new int[size];
    }
}
