using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Reading;

namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Days far from all others, with hardly a row: mistyped years, test orders, a clock that was wrong.</summary>
/// <remarks>
/// A row at the end that is months away from the rest moves the last day, and with it everyone's silence: all would be lost. So rows behind the bulk are left out
/// of the log and told; rows before it stay, and are told.
/// </remarks>
internal sealed class StrayDays
{
    /// <summary>Share of rows that may be stray at one end; and never more than a few where rows are few.</summary>
    private const double MostStray = 0.001;

    private const int FewRows = 3, FewestRows = 50, ShortestGap = 45;

    /// <summary>A gap is long beside the longest within the bulk.</summary>
    private const double LongGap = 4;

    private StrayDays(int firstDay, int bulkFirst, int bulkLast, int lastDay, long before, long behind) =>
        (FirstDay, BulkFirst, BulkLast, LastDay, RowsBefore, RowsBehind) = (firstDay, bulkFirst, bulkLast, lastDay, before, behind);

    public int FirstDay { get; }

    public int BulkFirst { get; }

    public int BulkLast { get; }

    public int LastDay { get; }

    public long RowsBefore { get; }

    public long RowsBehind { get; }

    /// <summary>Whether rows of these days could be stray; only the counts of a day tell whether they are.</summary>
    public static bool AreThinkable(RowsByDay days) => days.HasGap(ShortestGap);

    public static StrayDays Find(RowsByDay days)
    {
        long[] rows = days.Rows.ToArray();
        long total = rows.Sum();
        StrayDays none = new(days.First, days.First, days.Last, days.Last, 0, 0);
        if (total < FewestRows)
            return none;
        int bulkLast = Edge(rows, total, fromEnd: true), bulkFirst = Edge(rows, total, fromEnd: false);
        return bulkFirst >= bulkLast ? none
            : new StrayDays(days.First, days.First + bulkFirst, days.First + bulkLast, days.Last, rows[..bulkFirst].Sum(), rows[(bulkLast + 1)..].Sum());
    }

    /// <summary>Takes the rows behind the bulk out of the chunks; returns how many, without duplicates.</summary>
    public long LeaveOut(List<RowChunk> chunks)
    {
        if (RowsBehind == 0)
            return 0;
        long rows = 0;
        foreach (RowChunk chunk in chunks.Where(chunk => chunk.LastDay > BulkLast))
        {
            for (int row = 0; row < chunk.Count; row++)
                rows += chunk.Days[row] > BulkLast && chunk.Customers[row] >= 0 ? 1 : 0;
            chunk.TakeOut(row => chunk.Days[row] > BulkLast, BulkLast);
        }
        chunks.RemoveAll(chunk => chunk.Count == 0);
        return rows;
    }

    public void Tell(bool kept, List<Finding> findings)
    {
        if (RowsBehind > 0)
            findings.Add(new Finding("stray-days", Severity.Warning,
                $"{RowsBehind:N0} row(s) lie after {Day(BulkLast)}, the last day of all others, the latest on {Day(LastDay)}, {LastDay - BulkLast:N0} days behind. " + (kept ? "They stay, and move the last day of the data." : $"They are left out: {Day(BulkLast)} counts as the last day of the data."),
                kept ? "Mend their dates, or leave out --stray-days keep." : "Mend their dates; --stray-days keep takes them in."));
        if (RowsBefore > 0)
            findings.Add(new Finding("stray-days", Severity.Warning,
                $"{RowsBefore:N0} row(s) lie before {Day(BulkFirst)}, the first day of all others, the earliest on {Day(FirstDay)}, {BulkFirst - FirstDay:N0} days ahead. They stay.",
                "Mend their dates, or leave them out with --where."));
    }

    /// <summary>The last day (or the first) before which a long gap lies, with hardly a row behind it.</summary>
    private static int Edge(long[] rows, long total, bool fromEnd)
    {
        int end = fromEnd ? rows.Length - 1 : 0, step = fromEnd ? -1 : 1;
        long most = Math.Max(FewRows, (long)(MostStray * total)), outside = 0;
        int longestWithin = LongestGap(rows, most);
        int edge = end, seen = end;
        for (int day = end; day >= 0 && day < rows.Length; day += step)
        {
            if (rows[day] == 0)
                continue;
            if (Math.Abs(day - seen) > Math.Max(ShortestGap, LongGap * longestWithin))
                edge = day;
            outside += rows[day];
            seen = day;
            if (outside > most)
                break;
        }
        return edge;
    }

    /// <summary>Longest gap between days of the inner rows, those that cannot be stray.</summary>
    private static int LongestGap(long[] rows, long most)
    {
        int first = Inner(rows, most, 0, 1), last = Inner(rows, most, rows.Length - 1, -1), longest = 1, seen = first;
        for (int day = first; day <= last; day++)
            if (rows[day] > 0)
                (longest, seen) = (Math.Max(longest, day - seen), day);
        return longest;
    }

    private static int Inner(long[] rows, long most, int start, int step)
    {
        long outside = 0;
        int day = start;
        while (day >= 0 && day < rows.Length && (outside += rows[day]) <= most)
            day += step;
        return Math.Clamp(day, 0, rows.Length - 1);
    }

    private static string Day(int day) => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
