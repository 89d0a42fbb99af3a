using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Experience;
using CustomerValue.Strategy.Influence;
using CustomerValue.Strategy.Quadrants;

namespace CustomerValue.Strategy.Versions;

/// <summary>What is known of customers beside transactions and forecast. Each part is asked for when customers and day are known; null where there is none.</summary>
public sealed record StrategyEvidence
{
    /// <summary>Nothing but transactions.</summary>
    public static StrategyEvidence None { get; } = new();

    /// <summary>Activities of the customers.</summary>
    public Func<NameTable, ActivityLog>? Activities { get; init; }

    /// <summary>Who brought whom.</summary>
    public Func<ReferralScope, ReferralGraph>? Referrals { get; init; }

    /// <summary>What customers feel they get for price and effort.</summary>
    public Func<ExperienceScope, PerceivedValue>? Experience { get; init; }

    /// <summary>Gentle steps taken before a day with customers who cost more than they bring, by id.</summary>
    public Func<DateOnly, IReadOnlyDictionary<string, GentleSteps>>? StepsTaken { get; init; }

    /// <summary>Evidence in files; null where there is no file.</summary>
    /// <param name="activities"><c>activities.csv</c>.</param>
    /// <param name="referrals"><c>referrals.csv</c>.</param>
    /// <param name="experience"><c>experience.csv</c>.</param>
    /// <param name="steps">Gentle steps taken: customer_id, date, step.</param>
    /// <param name="progress">Hears of the rows read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static StrategyEvidence InFiles(
        string? activities, string? referrals, string? experience, string? steps, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default) => new()
        {
            Activities = activities is null ? null : customers => ActivityLog.Read(activities, customers, progress, cancellation),
            Referrals = referrals is null ? null : scope => ReferralGraph.Read(referrals, scope, progress, cancellation),
            Experience = experience is null ? null : scope => PerceivedValue.Read(experience, scope, progress, cancellation),
            StepsTaken = steps is null ? null : day => GentleStepReader.Read(steps, day),
        };
}
