using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Intervals;
using CustomerValue.Models.Seasons;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Racing;

/// <summary>A race that was run.</summary>
/// <param name="Latest">The population at the cutoff, with outcomes where the log covers them.</param>
/// <param name="Entrants">Every candidate that was fitted.</param>
/// <param name="Champion">The chosen model.</param>
/// <param name="Prior">The prior that travels with every version; null where nobody bought twice.</param>
/// <param name="Validation">The race at an earlier cutoff that the champion was chosen on; null where history was too short.</param>
/// <param name="Intervals">80 % intervals of spend and lifetime value; null where no past origin of the horizon exists.</param>
/// <param name="LongRun">Season, purchases and level beyond the first horizon; null where nobody bought twice.</param>
/// <param name="Report">Figures on the holdout; null where the log ends at the cutoff.</param>
/// <param name="Findings">Doubts about data and fits, and why a candidate did not run.</param>
public sealed record RaceResult(
    Snapshot Latest,
    IReadOnlyList<Entrant> Entrants,
    ICustomerModel Champion,
    IPriorModel? Prior,
    Validation? Validation,
    ForecastIntervals? Intervals,
    LongRun? LongRun,
    RaceReport? Report,
    IReadOnlyList<Finding> Findings);

/// <summary>One fitted candidate.</summary>
/// <param name="Trainer">Who fitted it; null for a combination of others.</param>
/// <param name="Model">The model.</param>
/// <param name="FitSeconds">Seconds spent fitting.</param>
public sealed record Entrant(ICandidateTrainer? Trainer, ICustomerModel Model, double FitSeconds)
{
    /// <summary>Whether it is one of the naive rules.</summary>
    public bool IsBaseline => Trainer?.IsBaseline ?? false;
}
