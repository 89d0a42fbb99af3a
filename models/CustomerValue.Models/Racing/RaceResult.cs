using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Intervals;
using CustomerValue.Models.Seasons;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Racing;

/// <summary>A race that was run.</summary>
public sealed record RaceResult
{
    /// <summary>The population at the cutoff, with outcomes where the log covers them.</summary>
    public required Snapshot Latest { get; init; }

    /// <summary>What models say of that population.</summary>
    public required Predictions Said { get; init; }

    /// <summary>Every candidate that was fitted.</summary>
    public required IReadOnlyList<Entrant> Entrants { get; init; }

    /// <summary>The chosen model.</summary>
    public required ICustomerModel Champion { get; init; }

    /// <summary>The prior that travels with every version; null where nobody bought twice.</summary>
    public required IPriorModel? Prior { get; init; }

    /// <summary>The race at an earlier cutoff that the champion was chosen on; null where history was too short.</summary>
    public required Validation? Validation { get; init; }

    /// <summary>80 % intervals of spend and lifetime value; null where no past origin of the horizon exists.</summary>
    public required ForecastIntervals? Intervals { get; init; }

    /// <summary>Standard deviation of the log of the base's level around what is expected of it; null where there is no past origin to learn it from.</summary>
    public required double? LevelDeviation { get; init; }

    /// <summary>Season, purchases and level beyond the first horizon; null where nobody bought twice.</summary>
    public required LongRun? LongRun { get; init; }

    /// <summary>Figures on the holdout; null where the log ends at the cutoff.</summary>
    public required RaceReport? Report { get; init; }

    /// <summary>What lifetime values said a year before the cutoff, and what came; null where nobody asked.</summary>
    public LifetimeBacktest? LifetimeBacktest { get; init; }

    /// <summary>Doubts about data and fits, and why a candidate did not run.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <summary>One fitted candidate.</summary>
/// <param name="Trainer">Who fitted it; null for a combination of others.</param>
/// <param name="Model">The model.</param>
/// <param name="FitSeconds">Seconds spent fitting.</param>
public sealed record Entrant(ICandidateTrainer? Trainer, ICustomerModel Model, double FitSeconds)
{
    /// <summary>Whether it is one of the naive rules.</summary>
    public bool IsBaseline => Trainer?.IsBaseline ?? false;
}
