namespace CustomerValue.Data.Aggregates;

/// <summary>Finds days among sorted rows.</summary>
internal static class DayRange
{
    /// <summary>Rows of <c>[start, end)</c>, sorted by day, whose day lies in <c>[fromDay, toDay)</c>.</summary>
    public static (int From, int To) Within(ReadOnlySpan<ushort> days, int start, int end, int fromDay, int toDay) =>
        (LowerBound(days, start, end, fromDay), LowerBound(days, start, end, toDay));

    private static int LowerBound(ReadOnlySpan<ushort> days, int low, int high, int day)
    {
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) >> 1);
            if (days[middle] < day)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
