using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Versions;

namespace CustomerValue.Serving.Outcomes;

/// <summary>What was added to the log of outcomes.</summary>
internal sealed record ReportAnswer
{
    /// <summary>Lines that came.</summary>
    public required int Received { get; init; }

    /// <summary>Those that are new and were added.</summary>
    public required int Added { get; init; }

    /// <summary>Those that were reported before, which are counted once.</summary>
    public required int Known { get; init; }

    /// <summary>Those of erased customers, of which nothing was kept.</summary>
    public required int Erased { get; init; }

    /// <summary>First day that the log speaks of.</summary>
    public required DateOnly? ObservedFrom { get; init; }

    /// <summary>Last day that the log speaks of; who is silent after it is not known to be silent.</summary>
    public required DateOnly? ObservedThrough { get; init; }

    /// <summary>Members of the call that the service does not know.</summary>
    public required IReadOnlyList<Data.Diagnostics.Finding> Findings { get; init; }
}

/// <summary>How well a version's forecasts met what came, day by day, beside how well they did in training.</summary>
internal sealed record AccuracyAnswer
{
    /// <summary>The version.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>First day that the log of outcomes speaks of; null where nothing was reported.</summary>
    public required DateOnly? ObservedFrom { get; init; }

    /// <summary>Last day that it speaks of.</summary>
    public required DateOnly? ObservedThrough { get; init; }

    /// <summary>The figures of its training; null where it was trained to the end of the data, or is no longer in the store.</summary>
    public required TrainedAccuracy? Training { get; init; }

    /// <summary>First days of forecasts that were kept, latest first; those left out of <see cref="Days"/> are given by as_of.</summary>
    public required IReadOnlyList<DateOnly> Kept { get; init; }

    /// <summary>The latest of them, at most four whose horizon is over and four others.</summary>
    public required IReadOnlyList<DayAccuracy> Days { get; init; }
}

/// <summary>How well a version did on the holdout of its training.</summary>
/// <param name="Cutoff">First day of the holdout.</param>
/// <param name="Customers">Customers it was measured on.</param>
/// <param name="Purchases">Expected purchase days.</param>
/// <param name="Spend">Expected spend.</param>
/// <param name="Churn">Churn probability.</param>
/// <param name="SpendCoverage">How often the 80 % interval of spend held; null where the version gives none.</param>
internal sealed record TrainedAccuracy(DateOnly Cutoff, int Customers, PurchaseMetrics Purchases, SpendMetrics Spend, ChurnMetrics Churn, GroupCoverage? SpendCoverage);

/// <summary>How well the forecasts of one day did.</summary>
internal sealed record DayAccuracy
{
    /// <summary>First day of the forecast.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Days that it speaks of.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Days of them that the log of outcomes speaks of.</summary>
    public required int DaysPassed { get; init; }

    /// <summary>Of those, days on which nobody at all bought: holes in what was reported, or a shop that was closed.</summary>
    public required int DaysWithoutLines { get; init; }

    /// <summary><c>over</c>: the whole horizon is known; <c>under-way</c>: part of it; <c>unknown</c>: the log says nothing of its first day.</summary>
    public required string State { get; init; }

    /// <summary>Customers compared.</summary>
    public required int Customers { get; init; }

    /// <summary>Customers of the book they were drawn from.</summary>
    public required long InBook { get; init; }

    /// <summary>Expected purchase days against those that came; null unless the horizon is over.</summary>
    public required PurchaseMetrics? Purchases { get; init; }

    /// <summary>Expected spend against what came; null unless the horizon is over.</summary>
    public required SpendMetrics? Spend { get; init; }

    /// <summary>Churn probability against who stayed away; null unless the horizon is over.</summary>
    public required ChurnMetrics? Churn { get; init; }

    /// <summary>How often the 80 % interval of spend held; null unless the horizon is over and the version gives one.</summary>
    public required GroupCoverage? SpendCoverage { get; init; }

    /// <summary>What came so far; null unless the horizon is under way.</summary>
    public required RealisedSoFar? SoFar { get; init; }
}
