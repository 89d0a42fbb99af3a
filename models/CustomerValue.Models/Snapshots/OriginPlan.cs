using CustomerValue.Data.Windows;

namespace CustomerValue.Models.Snapshots;

/// <summary>At which earlier days training looks back: rolling origins whose outcomes end before the cutoff.</summary>
/// <param name="StepDays">Days between two origins.</param>
/// <param name="Windows">The windows, oldest first; empty where history is too short for one.</param>
internal sealed record OriginPlan(int StepDays, IReadOnlyList<ObservationWindow> Windows)
{
    /// <summary>Origins at most.</summary>
    public const int MostOrigins = 16;

    private const int SmallestStep = 7;
    private const int LargestStep = 30;
    private const int LeastHistoryDays = 60;
    private const int SeasonDays = 380;

    /// <summary>
    /// At most sixteen origins, a fifth of a horizon apart and wide enough that the oldest reaches the same season a year before the cutoff
    /// where history allows; the oldest keeps at least a horizon (and 60 days) of past.
    /// </summary>
    /// <param name="firstDay">First day of the log.</param>
    /// <param name="window">What is predicted; every outcome ends at or before its cutoff.</param>
    public static OriginPlan For(DateOnly firstDay, ObservationWindow window)
    {
        int horizon = window.Horizon.Days;
        int reach = (int)Math.Ceiling((SeasonDays - horizon) / (MostOrigins - 1.0));
        int step = Math.Clamp(Math.Max(horizon / 5, reach), SmallestStep, LargestStep);
        IReadOnlyList<ObservationWindow> planned = RollingOrigin.Plan(firstDay, window, step, MostOrigins, Math.Max(LeastHistoryDays, horizon));
        return new OriginPlan(step, planned);
    }
}
