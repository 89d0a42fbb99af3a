namespace CustomerValue.Data.Windows;

/// <summary>Plans training windows whose outcomes end before a final cutoff, so that nothing after it is ever learnt from.</summary>
public static class RollingOrigin
{
    /// <summary>Windows with cutoffs <c>final cutoff - horizon - k * step</c>, oldest first.</summary>
    /// <param name="firstDay">First day of the log; history counts from it.</param>
    /// <param name="final">Every outcome ends at or before its cutoff, and is as long as its horizon.</param>
    /// <param name="stepDays">Days between two cutoffs, at least 1.</param>
    /// <param name="maxWindows">At most this many windows; the most recent are kept.</param>
    /// <param name="minHistoryDays">Least days of past before a cutoff.</param>
    /// <returns>An empty list where the history is too short for one window.</returns>
    public static IReadOnlyList<ObservationWindow> Plan(DateOnly firstDay, ObservationWindow final, int stepDays, int maxWindows, int minHistoryDays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepDays, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxWindows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(minHistoryDays, 1);
        List<ObservationWindow> windows = [];
        for (DateOnly cutoff = final.Cutoff.AddDays(-final.Horizon.Days);
             windows.Count < maxWindows && cutoff.DayNumber - firstDay.DayNumber >= minHistoryDays;
             cutoff = cutoff.AddDays(-stepDays))
            windows.Add(final.At(cutoff));
        windows.Reverse();
        return windows;
    }
}
