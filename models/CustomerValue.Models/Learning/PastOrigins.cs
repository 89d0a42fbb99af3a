using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Learning;

/// <summary>Past snapshots, each with a prior refitted on what was known then: what boosting from the prior learns on.</summary>
public sealed class PastOrigins
{
    private readonly List<Origin> _origins;

    private PastOrigins(List<Origin> origins) => _origins = origins;

    /// <summary>No origin: history is too short for a supervised snapshot.</summary>
    public static PastOrigins Empty { get; } = new([]);

    /// <summary>Number of origins.</summary>
    public int Count => _origins.Count;

    /// <summary>Rows of all origins together.</summary>
    public int Rows => _origins.Sum(origin => origin.Snapshot.Count);

    /// <summary>Levels of the whole base at each origin, oldest first.</summary>
    public IReadOnlyList<Level> Levels => [.. _origins.Select(origin => origin.Level)];

    internal IReadOnlyList<Origin> Origins => _origins;

    /// <summary>Refits the prior at each snapshot; a snapshot on which it cannot be fitted is left out.</summary>
    /// <param name="snapshots">Snapshots with outcomes, oldest first.</param>
    /// <param name="prior">The buy-till-you-die model to start from.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Hears of each origin.</param>
    /// <param name="cancellation">Stops between two fits.</param>
    public static PastOrigins Build(IReadOnlyList<Snapshot> snapshots, BuyTillYouDieTrainer prior, int threads, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        List<Origin> origins = [];
        for (int i = 0; i < snapshots.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StepProgress($"refitting {prior.Name} at past origins", i, snapshots.Count, "origins"));
            if (BuyTillYouDieTrainer.CanFit(snapshots[i]) && prior.Fit(snapshots[i], threads, cancellation).Model is BuyTillYouDieModel model)
            {
                PriorView view = new(model, snapshots[i], snapshots[i].Window.HorizonDays);
                origins.Add(new Origin(snapshots[i], model, view, Level.Measure(snapshots[i], view)));
            }
        }
        return new PastOrigins(origins);
    }

    /// <summary>The origins whose outcomes end at or before a day: what may be learnt from when the future begins there.</summary>
    public PastOrigins EndingBy(DateOnly day) => new(_origins.FindAll(origin => origin.Snapshot.Window.End <= day));

    internal sealed record Origin(Snapshot Snapshot, BuyTillYouDieModel Model, PriorView Prior, Level Level);
}
