using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Forecasting;

/// <summary>Past snapshots, each with a prior refitted on what was known then: what boosting from the prior learns on.</summary>
public sealed class PastOrigins
{
    private readonly List<PastOrigin> _origins;

    private PastOrigins(List<PastOrigin> origins) => _origins = origins;

    /// <summary>No origin: history is too short for a supervised snapshot.</summary>
    public static PastOrigins Empty { get; } = new([]);

    /// <summary>Number of origins.</summary>
    public int Count => _origins.Count;

    /// <summary>Rows of all origins together.</summary>
    public int Rows => _origins.Sum(origin => origin.Snapshot.Count);

    /// <summary>Levels of the whole base at each origin, oldest first.</summary>
    public IReadOnlyList<Level> Levels => [.. _origins.Select(origin => origin.Level)];

    /// <summary>The origins, oldest first.</summary>
    public IReadOnlyList<PastOrigin> Origins => _origins;

    /// <summary>Refits the prior at each snapshot; a snapshot on which it cannot be fitted is left out.</summary>
    /// <param name="snapshots">Snapshots with outcomes, oldest first.</param>
    /// <param name="prior">Fits the prior.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Hears of each origin.</param>
    /// <param name="cancellation">Stops between two fits.</param>
    public static PastOrigins Build(IReadOnlyList<Snapshot> snapshots, IPriorTrainer prior, int threads, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        List<PastOrigin> origins = [];
        for (int i = 0; i < snapshots.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StepProgress($"refitting {prior.Name} at past origins", i, snapshots.Count, "origins"));
            if (prior.CanFit(snapshots[i]))
            {
                IPriorModel model = prior.FitPrior(snapshots[i], threads, cancellation);
                PriorView view = model.View(snapshots[i], snapshots[i].Window.Horizon);
                origins.Add(new PastOrigin(snapshots[i], model, view, Level.Measure(snapshots[i], view)));
            }
        }
        return new PastOrigins(origins);
    }

    /// <summary>The origins whose outcomes end at or before a day: what may be learnt from when the future begins there.</summary>
    public PastOrigins EndingBy(DateOnly day) => new(_origins.FindAll(origin => origin.Snapshot.Window.End <= day));

    /// <summary>The latest origin, the latest whose outcomes end by its cutoff, and so on: at most so many, oldest first.</summary>
    public IReadOnlyList<PastOrigin> Apart(int most)
    {
        List<PastOrigin> apart = [];
        for (PastOrigin? origin = _origins.LastOrDefault(); origin is not null && apart.Count < most; origin = _origins.FindLast(earlier => earlier.Snapshot.Window.End <= apart[0].Snapshot.Window.Cutoff))
            apart.Insert(0, origin);
        return apart;
    }

    /// <summary>What happened to each row of all origins, in their order: 1 for having stayed away, purchase days, or money, of which less than nothing counts as nothing.</summary>
    /// <param name="target">What happened.</param>
    /// <param name="moneyUnit">Money that counts as one.</param>
    public float[] Labels(Target target, double moneyUnit = 1)
    {
        float[] labels = new float[Rows];
        int at = 0;
        foreach (PastOrigin origin in _origins)
        {
            ReadOnlySpan<double> purchases = origin.Snapshot.Outcomes!.Purchases, spend = origin.Snapshot.Outcomes.Spend;
            for (int i = 0; i < purchases.Length; i++)
                labels[at++] = target switch
                {
                    Target.Churn => purchases[i] == 0 ? 1 : 0,
                    Target.Purchases => (float)purchases[i],
                    _ => (float)(Math.Max(spend[i], 0) / moneyUnit),
                };
        }
        return labels;
    }
}
