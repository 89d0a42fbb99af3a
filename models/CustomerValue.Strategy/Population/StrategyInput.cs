using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Values;

namespace CustomerValue.Strategy;

/// <summary>What is known of every customer at a day, in columns: the histories' aggregates, the forecast, and what other reckonings add.</summary>
/// <remarks>Rows are in ascending ordinal order of id. Money is in one currency; days are days. A column is one number a customer.</remarks>
internal sealed record StrategyInput
{
    /// <summary>Lengths in days of the windows of <see cref="RecentPurchaseDays"/>, shortest first.</summary>
    public static IReadOnlyList<int> RecentWindows { get; } = [30, 60, 90, 180, 365];

    /// <summary>First day of the future; everything before it was looked at.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Customer ids in ascending ordinal order.</summary>
    public required string[] Ids { get; init; }

    /// <summary>Number of customers.</summary>
    public int Count => Ids.Length;

    /// <summary>Days with a purchase, the first included; at least 1.</summary>
    public required double[] PurchaseDays { get; init; }

    /// <summary>Days from the first purchase to <see cref="AsOf"/>; at least 1.</summary>
    public required double[] TenureDays { get; init; }

    /// <summary>Days from the last purchase to <see cref="AsOf"/>; at least 1.</summary>
    public required double[] SinceLastDays { get; init; }

    /// <summary>Sum of squared gaps between purchase days.</summary>
    public required double[] GapSquares { get; init; }

    /// <summary>Days of the last gap; NaN with one purchase day.</summary>
    public required double[] LastGapDays { get; init; }

    /// <summary>Purchase days within each of <see cref="RecentWindows"/> before <see cref="AsOf"/>: a column per window.</summary>
    public required double[][] RecentPurchaseDays { get; init; }

    /// <summary>Spend so far, net of returns.</summary>
    public required double[] Spend { get; init; }

    /// <summary>Sum of squared spends of the purchase days.</summary>
    public required double[] SpendSquares { get; init; }

    /// <summary>Spend of the first purchase day.</summary>
    public required double[] FirstSpend { get; init; }

    /// <summary>Spend of the last 365 days.</summary>
    public required double[] YearSpend { get; init; }

    /// <summary>Margin so far.</summary>
    public required double[] Margin { get; init; }

    /// <summary>Margin of the last 365 days.</summary>
    public required double[] YearMargin { get; init; }

    /// <summary>Where each customer's margins come from.</summary>
    public required MarginSource[] MarginSource { get; init; }

    /// <summary>Probability of no purchase within the model's horizon.</summary>
    public required double[] ChurnProbability { get; init; }

    /// <summary>Probability that the customer is still a customer.</summary>
    public required double[] ProbabilityAlive { get; init; }

    /// <summary>Discounted expected spend over the value horizon.</summary>
    public required double[] FutureSpend { get; init; }

    /// <summary>Lower end of the 80 % interval of <see cref="FutureSpend"/>, or empty where no interval was learnt.</summary>
    public double[] FutureSpendP10 { get; init; } = [];

    /// <summary>Upper end of that interval, or empty.</summary>
    public double[] FutureSpendP90 { get; init; } = [];

    /// <summary>Cost to serve so far, or null where unknown.</summary>
    public double[]? CostToServe { get; init; }

    /// <summary>Cost to serve in the last 365 days; needed with <see cref="CostToServe"/>.</summary>
    public double[]? YearCostToServe { get; init; }

    /// <summary>What winning the customer cost, or null where unknown.</summary>
    public double[]? AcquisitionCost { get; init; }

    /// <summary>Value credited for customers referred, less what is passed on to the own referrers; or null.</summary>
    public double[]? Influence { get; init; }

    /// <summary>Current value index of the scorecard, 0 to 100, or null.</summary>
    public double[]? CurrentIndex { get; init; }

    /// <summary>Potential value index of the scorecard, 0 to 100, or null.</summary>
    public double[]? PotentialIndex { get; init; }

    /// <summary>The gentler steps already taken with a customer who costs more than they bring, or null for none.</summary>
    public GentleSteps[]? StepsTaken { get; init; }

    /// <summary>By what customers are alike, beside frequency, money and tenure: any further columns (breadth of range, an attribute's code), standardised when learnt.</summary>
    public double[][] LikenessColumns { get; init; } = [];

    /// <summary>The columns of a scored population.</summary>
    /// <param name="log">The raw histories; looked at for category margins only.</param>
    /// <param name="aggregates">The population's standard aggregates at <see cref="ScoredCustomers.AsOf"/>.</param>
    /// <param name="scored">The forecast of the same population.</param>
    /// <param name="modelMargins">The margin rates within <see cref="ScoredCustomers.LifetimeValue"/>; they are taken out again so that each customer's own apply.</param>
    /// <param name="margins">Category margin rates and the default rate; where the model has seen margins, the base's own rate stands in its place.</param>
    /// <exception cref="ArgumentException">Aggregates and forecast are of different populations or days.</exception>
    public static StrategyInput From(TransactionLog log, CustomerAggregates aggregates, ScoredCustomers scored, MarginRates modelMargins, MarginOptions margins) =>
        StrategyInputBuilder.Build(log, aggregates, scored, modelMargins, modelMargins.Known ? margins with { DefaultRate = modelMargins.Base } : margins);
}
