using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Value;
using CustomerValue.Strategy.Tests.Bases;

namespace CustomerValue.Strategy.Tests;

/// <summary>Histories that carry no margins, as a call over HTTP may, for a model that has seen some.</summary>
public class MarginTests
{
    [Theory]
    [InlineData(true, 0.4)]
    [InlineData(false, 1.0)]
    public void Customers_without_margins_take_the_rate_of_the_base_where_one_was_seen(bool known, double rate)
    {
        Random random = new(5);
        TransactionLogBuilder builder = new();
        for (int c = 0; c < 300; c++)
            for (int day = random.Next(300); day < 700; day += 1 + random.Next(150))
                builder.Add(new Transaction($"c{c:000}", new DateOnly(2023, 1, 1).AddDays(day), 10 + random.Next(90)));
        ScoredBase shop = ScoredBase.Train(builder.Build(), new DateOnly(2024, 9, 1), 36, ScoredBase.QuickCandidates);

        (CustomerAggregates aggregates, StrategyInput input) = shop.At(new DateOnly(2024, 9, 1), seen: new MarginRates(known ? 0.4 : 1, 0, known));
        CustomerStrategies strategies = CustomerStrategist.Apply(input, CustomerStrategist.Learn(input, new StrategyOptions()));

        for (int i = 0; i < strategies.Count; i++)
            strategies.Realised[i].Should().BeApproximately(rate * aggregates.TotalSpend[i], 1e-9 * aggregates.TotalSpend[i]);
    }
}
