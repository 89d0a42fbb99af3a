using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Models.Tests.Scoring;

/// <summary>What is said of customers who never bought is what newcomers of the training data did.</summary>
public sealed class NewcomerTests : IDisposable
{
    private const int HorizonDays = 90;
    private static readonly DateOnly s_cutoff = new(2024, 8, 1);
    private static readonly CandidateCatalogue s_entrants = new([new BuyTillYouDieTrainer("mbg-nbd")], "mbg-nbd", null);
    private readonly string _folder = Directory.CreateTempSubdirectory("newcomers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_answer_is_the_mean_of_first_horizons_counted_by_hand()
    {
        TransactionLog log = Logs.Simulated(600, seed: 9);
        int customers = 0, churned = 0, days = 0;
        double spend = 0;
        foreach ((DateOnly first, (DateOnly Day, double Amount)[] later) in Histories(log))
            if (first >= log.FirstDay.AddDays(HorizonDays) && first.AddDays(1 + HorizonDays) <= s_cutoff)
            {
                (DateOnly Day, double Amount)[] soon = [.. later.Where(row => row.Day < first.AddDays(1 + HorizonDays))];
                customers++;
                churned += soon.Length == 0 ? 1 : 0;
                days += soon.Select(row => row.Day).Distinct().Count();
                spend += soon.Sum(row => row.Amount);
            }

        CustomerPrediction answer = Answer(log, s_cutoff);

        customers.Should().BeGreaterThan(200);
        answer.CohortCustomers.Should().Be(customers);
        answer.ChurnProbability.Should().BeApproximately((churned + 0.5) / (customers + 1), 1e-12);
        answer.ExpectedPurchases.Should().BeApproximately((double)days / customers, 1e-12);
        answer.ExpectedSpend.Should().BeApproximately(spend / customers, 1e-9);
    }

    [Fact]
    public void The_interval_holds_for_about_as_many_newcomers_as_it_says()
    {
        TransactionLog log = Logs.Simulated(600, seed: 9);

        CustomerPrediction answer = Answer(log, s_cutoff);

        double[] spends = [.. Histories(log).Where(history => history.First.AddDays(1 + HorizonDays) <= s_cutoff)
            .Select(history => history.Later.Where(row => row.Day < history.First.AddDays(1 + HorizonDays)).Sum(row => row.Amount))];
        // Counted on the customers it was learnt from and those of the opening days: the error of a share of 1/10 among 500 is .013, three of them .04.
        spends.Average(spend => spend <= answer.SpendP90 ? 1.0 : 0).Should().BeApproximately(0.9, 0.04);
        answer.SpendP10.Should().Be(0, "more than a tenth spends nothing");
        answer.LifetimeValueP90.Should().BeGreaterThan(answer.LifetimeValue);
    }

    [Fact]
    public void Nothing_on_or_after_the_cutoff_plays_a_part()
    {
        TransactionLog log = Logs.Simulated(300, seed: 3);
        TransactionLog past = TransactionLog.From(Rows(log).Where(row => row.Day < s_cutoff));

        Answer(past, s_cutoff).Should().BeEquivalentTo(Answer(log, s_cutoff), options => options.Excluding(answer => answer.ModelVersion));
    }

    [Fact]
    public void Where_no_newcomer_was_seen_for_a_whole_horizon_the_prior_answers()
    {
        TransactionLog log = Logs.Simulated(400, seed: 3);

        CustomerPrediction answer = Answer(log, log.FirstDay.AddDays(HorizonDays + 5));

        answer.CohortCustomers.Should().Be(0);
        answer.Cohort.Should().Be("new customer of mbg-nbd");
        answer.ChurnProbability.Should().BeInRange(0.01, 0.99);
        answer.ExpectedSpend.Should().BePositive();
        answer.SpendP10.Should().BeLessThanOrEqualTo(answer.ExpectedSpend);
        answer.SpendP90.Should().BeGreaterThan(answer.ExpectedSpend);
        answer.LifetimeValueP90.Should().BeGreaterThan(answer.LifetimeValueP10!.Value);
        double.IsFinite(answer.LifetimeValue).Should().BeTrue();
    }

    private CustomerPrediction Answer(TransactionLog log, DateOnly cutoff)
    {
        ModelStore store = new(_folder, TimeProvider.System);
        RaceInput input = Logs.Input(log, cutoff, HorizonDays);
        Manifest manifest = VersionPublisher.Publish(store, input, new Race(s_entrants).Run(input), new ValueOptions(), "tests", new Dictionary<string, string>());
        ScoringModel model = ScoringModel.Load(store.Open(manifest.Version), s_entrants);
        model.KnowsNewcomers.Should().BeTrue();
        return model.ScoreNewcomers(["nobody"], null, cutoff).Single();
    }

    private static IEnumerable<Transaction> Rows(TransactionLog log)
    {
        for (int customer = 0; customer < log.CustomerCount; customer++)
            for (int row = log.Offsets.Span[customer]; row < log.Offsets.Span[customer + 1]; row++)
                yield return new Transaction(log.Customers[customer], log.FirstDay.AddDays(log.Days[row]), log.Amounts[row]);
    }

    private static IEnumerable<(DateOnly First, (DateOnly Day, double Amount)[] Later)> Histories(TransactionLog log) =>
        from row in Rows(log)
        group row by row.CustomerId into customer
        let first = customer.Min(row => row.Day)
        select (first, customer.Where(row => row.Day > first).Select(row => (row.Day, row.Amount)).ToArray());
}
