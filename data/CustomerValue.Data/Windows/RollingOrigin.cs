namespace CustomerValue.Data.Windows;

/// <summary>Plans training windows whose outcomes end before a final cutoff, so that nothing after it is ever learnt from.</summary>
public static class RollingOrigin
{
    /// <summary>Windows with cutoffs <c>finalCutoff - horizon - k * step</c>, oldest first.</summary>
    /// <param name="firstDay">First day of the log; the origin of every window.</param>
    /// <param name="finalCutoff">Every outcome ends at or before this day.</param>
    /// <param name="horizonDays">Length of each future in days.</param>
    /// <param name="stepDays">Days between two cutoffs, at least 1.</param>
    /// <param name="maxWindows">At most this many windows; the most recent are kept.</param>
    /// <param name="minHistoryDays">Least days of past before a cutoff.</param>
    /// <returns>An empty list where the history is too short for one window.</returns>
    public static IReadOnlyList<ObservationWindow> Plan(DateOnly firstDay, DateOnly finalCutoff, int horizonDays, int stepDays, int maxWindows, int minHistoryDays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepDays, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxWindows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(minHistoryDays, 1);
        List<ObservationWindow> windows = [];
        for (DateOnly cutoff = finalCutoff.AddDays(-horizonDays);
             windows.Count < maxWindows && cutoff.DayNumber - firstDay.DayNumber >= minHistoryDays;
             cutoff = cutoff.AddDays(-stepDays))
            windows.Add(new ObservationWindow(firstDay, cutoff, horizonDays));
        windows.Reverse();
        return windows;
    }
}
