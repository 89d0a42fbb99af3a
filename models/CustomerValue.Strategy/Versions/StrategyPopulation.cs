using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Strategy.Versions;

/// <summary>A population with its forecast at a day.</summary>
/// <param name="Log">The raw histories; nothing on or after the day is looked at.</param>
/// <param name="Aggregates">The standard aggregates at the day.</param>
/// <param name="Scored">The forecast of the same customers.</param>
/// <param name="ModelMargins">The margin rates within the forecast's lifetime values.</param>
public sealed record StrategyPopulation(TransactionLog Log, CustomerAggregates Aggregates, ScoredCustomers Scored, MarginRates ModelMargins)
{
    /// <summary>First day of the future.</summary>
    public DateOnly AsOf => Scored.AsOf;

    /// <summary>A column by customer of the log as a column by row of the population.</summary>
    internal double[] Rows(double[] byCustomer) => Array.ConvertAll(Aggregates.Population.ToArray(), customer => byCustomer[customer]);
}
