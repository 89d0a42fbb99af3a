using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;

namespace CustomerValue.Models.Tests.Candidates;

/// <summary>The candidate that knows how evenly purchases come.</summary>
public class RegularityTests
{
    private const string Regular = "mbg-cnbd-k";
    private static readonly DateOnly s_cutoff = new(2024, 10, 1);

    [Fact]
    public void Purchases_as_chance_makes_them_leave_it_out_with_the_reason()
    {
        RaceResult race = Run(evenness: 1);

        race.Entrants.Should().NotContain(entrant => entrant.Model.Name == Regular);
        race.Findings.Should().ContainSingle(finding => finding.Code == "candidate-left-out" && finding.Message.StartsWith(Regular)).Which.Message.Should().Contain("k = 1");
    }

    /// <summary>Days, on which two purchases are one, hide a little of how even short gaps are.</summary>
    [Fact]
    public void Even_purchases_are_seen_on_the_gaps_between_them()
    {
        RaceResult race = Run(evenness: 4);

        ICustomerModel model = race.Entrants.Should().ContainSingle(entrant => entrant.Model.Name == Regular).Which.Model;
        model.Description.Should().ContainAny("k 3", "k 4");
        race.Champion.Should().BeOfType<Blend>().Which.Parts.Should().ContainSingle(part => part.Name == Regular).Which.Churn.Should().BePositive();
    }

    /// <summary>Its own probability of no purchase agrees with its expected purchases: who buys at all buys at least once.</summary>
    [Fact]
    public void Its_own_silence_agrees_with_its_purchases()
    {
        RaceResult race = Run(evenness: 4);
        Forecast forecast = race.Entrants.Single(entrant => entrant.Model.Name == Regular).Model.Predict(race.Latest, 60);

        for (int i = 0; i < forecast.Count; i++)
            (1 - forecast.ChurnProbability[i]).Should().BeLessThanOrEqualTo(forecast.ExpectedPurchases[i] + 1e-9);
    }

    [Fact]
    public void Gaps_are_those_between_purchase_days_before_the_cutoff()
    {
        DateOnly first = new(2024, 1, 1);
        TransactionLog log = TransactionLog.From(
        [
            new("a", first, 5), new("a", first.AddDays(7), 5), new("a", first.AddDays(7), 9), new("a", first.AddDays(10), -4), new("a", first.AddDays(21), 5), new("a", first.AddDays(70), 5),
            new("b", first.AddDays(3), 5), new("c", first.AddDays(50), 5), new("c", first.AddDays(51), 0),
        ]);

        double[] gaps = Logs.Input(log, first.AddDays(60), 30).Builder.Build(log, null, new(first.AddDays(60), 30), default).SpacedHistories.LogIntervals.ToArray();

        gaps.Should().HaveCount(3);
        gaps[0].Should().BeApproximately(Math.Log(1) + Math.Log(2), 1e-12, "one week and two; a return is no purchase, and what follows the cutoff is not known");
        gaps[1].Should().Be(0);
        gaps[2].Should().BeApproximately(-Math.Log(7), 1e-12, "a purchase of nothing is one");
    }

    private static RaceResult Run(int evenness) => new Race(CandidateCatalogue.Standard).Run(Logs.Input(Logs.Simulated(900, seed: 17, evenness: evenness), s_cutoff, 60));
}
