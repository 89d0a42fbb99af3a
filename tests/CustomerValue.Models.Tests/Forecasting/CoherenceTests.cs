using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Tests.Forecasting;

/// <summary>Figures of one customer can be true together, whoever contributes.</summary>
public sealed class CoherenceTests
{
    private const int HorizonDays = 60;
    private const int Customers = 2500;
    private static readonly DateOnly s_cutoff = new(2024, 10, 1);
    private static readonly RaceInput s_input = Logs.Input(Logs.Simulated(300, seed: 11), s_cutoff, HorizonDays);
    private static readonly Lazy<RaceResult> s_race = new(() => new Race(CandidateCatalogue.Standard).Run(s_input));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_mix_of_candidates_agrees_with_itself_on_random_histories(int seed)
    {
        Random random = new(seed);
        Snapshot snapshot = SnapshotOf(RandomHistories.Before(s_cutoff, Customers, seed));
        ICustomerModel[] models = [.. s_race.Value.Entrants.Select(entrant => entrant.Model)];
        Forecast[] forecasts = Array.ConvertAll(models, model => model.Predict(snapshot, HorizonDays));
        Forecast mixed = new(snapshot.Count);
        for (int i = 0; i < mixed.Count; i++)
        {
            mixed.ChurnProbability[i] = Any().ChurnProbability[i];
            mixed.ExpectedPurchases[i] = Any().ExpectedPurchases[i] * Math.Exp(random.NextDouble() * 4 - 2);
            mixed.ExpectedSpend[i] = Any().ExpectedSpend[i];
        }
        double[] churn = [.. mixed.ChurnProbability];

        Forecast settled = Coherence.Settle(mixed, snapshot, HorizonDays);

        for (int i = 0; i < settled.Count; i++)
            Check(settled, snapshot, i);
        settled.ChurnProbability.Should().Equal(churn, "churn is calibrated and explained, so it stays");
        snapshot.Count.Should().Be(Customers);

        Forecast Any() => forecasts[random.Next(forecasts.Length)];
    }

    [Fact]
    public void Every_candidate_agrees_with_itself_and_more_days_never_mean_fewer_purchases()
    {
        Snapshot snapshot = SnapshotOf(RandomHistories.Before(s_cutoff, 500, seed: 9));
        foreach (Entrant entrant in s_race.Value.Entrants)
        {
            Forecast shorter = entrant.Model.Forecast(snapshot, 30), longer = entrant.Model.Forecast(snapshot, HorizonDays);
            for (int i = 0; i < longer.Count; i++)
            {
                Check(longer, snapshot, i);
                longer.ExpectedPurchases[i].Should().BeGreaterThanOrEqualTo(shorter.ExpectedPurchases[i] * (1 - 1e-12), entrant.Model.Name);
            }
        }
    }

    [Fact]
    public void What_cannot_be_said_becomes_what_must_be_true_at_least()
    {
        Snapshot snapshot = SnapshotOf(RandomHistories.Before(s_cutoff, 200, seed: 4));
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, 0, 1e308, double.Epsilon];
        Forecast forecast = new(snapshot.Count);
        for (int i = 0; i < forecast.Count; i++)
            (forecast.ChurnProbability[i], forecast.ExpectedPurchases[i], forecast.ExpectedSpend[i]) = (odd[i % 7], odd[i / 7 % 7], odd[i / 3 % 7]);

        Coherence.Settle(forecast, snapshot, HorizonDays);

        for (int i = 0; i < forecast.Count; i++)
            Check(forecast, snapshot, i);
    }

    [Fact]
    public void A_weekly_buyer_who_may_be_gone_is_not_expected_to_buy_faster_than_weekly_by_much()
    {
        Snapshot snapshot = SnapshotOf(TransactionLog.From(Enumerable.Range(0, 60).Select(week => new Transaction("weekly", s_cutoff.AddDays(-60 - 7 * week), 10))));
        Forecast forecast = new(1);
        (forecast.ChurnProbability[0], forecast.ExpectedPurchases[0]) = (0.95, 0.96);

        Coherence.Settle(forecast, snapshot, HorizonDays);

        // 59 days at a purchase a week are 8.4 after the first; clockwork's pace is known to a tenth.
        (forecast.ExpectedPurchases[0] / 0.05).Should().BeInRange(8.4, 10.5);
    }

    [Theory]
    [InlineData(0.4, 0.5, 0.7)]
    [InlineData(0.0, 0.5, 0.7)]
    [InlineData(1.0, 0.5, 0.7)]
    [InlineData(0.2, 0.0, 1.0)]
    [InlineData(0.2, 1.0, 0.0)]
    public void Who_buys_is_alive(double churn, double alive, double none)
    {
        double found = Coherence.ProbabilityAlive(churn, alive, none);

        found.Should().BeInRange(1 - churn, 1);
    }

    [Fact]
    public void Where_churn_is_the_priors_so_is_the_probability_of_being_alive()
    {
        Coherence.ProbabilityAlive(0.7, 0.55, 0.7).Should().BeApproximately(0.55, 1e-12);
    }

    private static void Check(Forecast forecast, Snapshot snapshot, int i)
    {
        double buys = 1 - forecast.ChurnProbability[i], purchases = forecast.ExpectedPurchases[i], spend = forecast.ExpectedSpend[i];
        string who = FormattableString.Invariant($"{snapshot.Aggregates.CustomerId(i)}: churn {1 - buys}, {purchases} purchases, spend {spend}");
        Assert.True(buys is >= 0 and <= 1, who);
        Assert.True(purchases >= buys, who);
        Assert.True(purchases <= buys * HorizonDays * (1 + 1e-12), who);
        Assert.True(double.IsFinite(spend) && spend >= 0, who);
        Assert.True(buys > 0 || purchases == 0 && spend == 0, who);
    }

    private static Snapshot SnapshotOf(TransactionLog log) => s_input.Builder.Build(log, null, new(s_cutoff, HorizonDays), CancellationToken.None);
}
