using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Tests.Forecasting;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Models.Tests.Scoring;

/// <summary>Laws of what is said of one customer, over random histories with margins of either sign.</summary>
public sealed class PredictionLawTests : IDisposable
{
    private const int HorizonDays = 60;
    private const int Customers = 2500;
    private static readonly DateOnly s_cutoff = new(2024, 10, 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("prediction-laws-").FullName;

    [Fact]
    public void Figures_of_a_customer_agree_with_each_other()
    {
        (ModelStore store, string version) = Train();
        ScoringModel model = ScoringModel.Load(store.Open(version), CandidateCatalogue.Standard);
        for (int seed = 1; seed <= 4; seed++)
        {
            ScoredCustomers scored = model.Score(WithMargins(RandomHistories.Before(s_cutoff, Customers, seed), seed), null, s_cutoff, threads: 2, CancellationToken.None);
            scored.Count.Should().Be(Customers);
            for (int i = 0; i < scored.Count; i++)
                Check(scored[i]);
        }
    }

    private static void Check(CustomerPrediction said)
    {
        double buys = 1 - said.ChurnProbability;
        string who = said.ToString();
        Assert.True(said.ChurnProbability is >= 0 and <= 1, who);
        Assert.True(buys <= said.ExpectedPurchases, who);
        Assert.True(buys <= said.ProbabilityAlive && said.ProbabilityAlive <= 1, who);
        Assert.True(said.ExpectedPurchases <= HorizonDays * buys * (1 + 1e-12), who);
        Assert.True(double.IsFinite(said.ExpectedSpend) && said.ExpectedSpend >= 0, who);
        Assert.True(said.SpendP10 >= 0 && said.SpendP10 <= said.SpendP50 && said.SpendP50 <= said.SpendP90 && double.IsFinite(said.SpendP90!.Value), who);
        Assert.True(double.IsFinite(said.LifetimeValue), who);
        Assert.True(said.LifetimeValueP10 <= said.LifetimeValueP90 && double.IsFinite(said.LifetimeValueP10!.Value) && double.IsFinite(said.LifetimeValueP90!.Value), who);
        Assert.True(said.ChurnProbability < 0.5 == said.NextPurchase < s_cutoff.AddDays(HorizonDays), who);
        Assert.True(said.Overdue >= 0 && double.IsFinite(said.Overdue), who);
    }

    private (ModelStore Store, string Version) Train()
    {
        TransactionLog log = WithMargins(Logs.Simulated(300, seed: 11), seed: 5);
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, HorizonDays, s_cutoff);
        RaceInput input = new(log, null, new SnapshotBuilder(catalogue, FeatureSchema.Standard(catalogue), ReturnsPolicy.Net, 2), new(s_cutoff, HorizonDays), Seed: 1, Threads: 2);
        ModelStore store = new(_folder, TimeProvider.System);
        Manifest manifest = VersionPublisher.Publish(store, input, new Race(CandidateCatalogue.Standard).Run(input), new ValueOptions(), "tests", new Dictionary<string, string>());
        return (store, manifest.Version);
    }

    /// <summary>A third of the customers at a loss, a third now and then, a third never.</summary>
    private static TransactionLog WithMargins(TransactionLog log, int seed)
    {
        Random random = new(seed);
        TransactionLogBuilder builder = new();
        for (int customer = 0; customer < log.CustomerCount; customer++)
        {
            double centre = (customer % 3 - 0.6) / 2;
            for (int row = log.Offsets.Span[customer]; row < log.Offsets.Span[customer + 1]; row++)
                builder.Add(new Transaction(log.Customers[customer], log.FirstDay.AddDays(log.Days[row]), log.Amounts[row])
                { Margin = log.Amounts[row] * (centre + 0.4 * (random.NextDouble() - 0.5)) });
        }
        return builder.Build();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
