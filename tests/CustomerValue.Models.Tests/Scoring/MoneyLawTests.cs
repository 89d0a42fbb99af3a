using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Models.Tests.Scoring;

/// <summary>Money has no scale, names have no meaning, and amounts of any size give finite answers.</summary>
public sealed class MoneyLawTests : IDisposable
{
    private const int HorizonDays = 60;
    private static readonly DateOnly s_cutoff = new(2024, 10, 1);
    private static readonly TransactionLog s_log = Logs.Simulated(250, seed: 21);
    private readonly string _folder = Directory.CreateTempSubdirectory("money-laws-").FullName;

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.37)]
    [InlineData(1e9)]
    [InlineData(1 / 65536.0)]
    public void A_currency_chooses_nothing_and_scales_every_money_figure(double factor)
    {
        (string model, ScoredCustomers one) = Run(Map(s_log, id => id, amount => amount));
        (string other, ScoredCustomers scaled) = Run(Map(s_log, id => id, amount => amount * factor));

        other.Should().Be(model);
        Close(scaled.ChurnProbability, one.ChurnProbability, 1);
        Close(scaled.ExpectedPurchases, one.ExpectedPurchases, 1);
        Close(scaled.ExpectedSpend, one.ExpectedSpend, factor);
        Close(scaled.SpendP10, one.SpendP10, factor);
        Close(scaled.SpendP90, one.SpendP90, factor);
        Close(scaled.LifetimeValue, one.LifetimeValue, factor);
        Close(scaled.LifetimeValueP90, one.LifetimeValueP90, factor);
    }

    [Fact]
    public void Other_ids_in_the_same_order_change_nothing()
    {
        ScoredCustomers one = Run(Map(s_log, id => id, amount => amount)).Scored, renamed = Run(Map(s_log, id => "customer-" + id, amount => amount)).Scored;

        renamed.ChurnProbability.Should().Equal(one.ChurnProbability);
        renamed.ExpectedSpend.Should().Equal(one.ExpectedSpend);
        renamed.LifetimeValue.Should().Equal(one.LifetimeValue);
    }

    [Fact]
    public void Who_is_known_to_pay_nothing_is_not_given_the_average_wallet()
    {
        TransactionLogBuilder builder = new();
        Add(builder, s_log, id => id, amount => amount);
        for (int k = 0; k < 8; k++)
        {
            builder.Add(new Transaction("nothing", s_cutoff.AddDays(-10 - 30 * k), 0));
            builder.Add(new Transaction("next-to-nothing", s_cutoff.AddDays(-10 - 30 * k), 1e-300));
            builder.Add(new Transaction("usual", s_cutoff.AddDays(-10 - 30 * k), 50));
        }
        ScoredCustomers scored = Run(builder.Build()).Scored;
        double nothing = PerPurchase("nothing"), almost = PerPurchase("next-to-nothing"), usual = PerPurchase("usual");

        nothing.Should().BeLessThan(0.35 * usual);
        almost.Should().BeApproximately(nothing, 0.05 * usual, "next to nothing is nothing");

        double PerPurchase(string id) => Array.BinarySearch(scored.Ids, id, StringComparer.Ordinal) is var i ? scored.ExpectedSpend[i] / scored.ExpectedPurchases[i] : 0;
    }

    /// <summary>Amounts from the least a double holds to a trillion, nothing before a large one, what rounding leaves of returned purchases, and days from 1900 on.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_finite_history_gives_finite_answers(int seed)
    {
        Random random = new(seed);
        TransactionLogBuilder builder = new();
        for (int c = 0; c < 400; c++)
        {
            int day = -1 - random.Next(200), scale = random.Next(5);
            for (int k = random.Next(1, 15); k > 0; k--, day -= random.Next(1, 90))
                builder.Add(new Transaction($"c{c:000}", s_cutoff.AddDays(day), scale switch
                {
                    0 => 1e-320,
                    1 => Math.Pow(10, random.NextDouble() * 24 - 12),
                    2 => random.Next(2) == 0 ? 0 : 1e12,
                    3 => 1e12,
                    _ => 10,
                }));
            if (scale == 4)
                foreach (double amount in new[] { 0.1, 0.2, -0.3 })
                    builder.Add(new Transaction($"c{c:000}", s_cutoff.AddDays(day), amount));
        }
        for (int k = 0; k < 6; k++)
            builder.Add(new Transaction("from-1900", new DateOnly(1900, 1, 1).AddDays(k * 20 * 365), 5));
        TransactionLog log = builder.Build();

        ScoredCustomers scored = Run(log).Scored;

        scored.Count.Should().Be(401);
        foreach (double[] column in new[] { scored.ChurnProbability, scored.ProbabilityAlive, scored.ExpectedPurchases, scored.ExpectedSpend, scored.LifetimeValue, scored.Overdue, scored.SpendP10, scored.SpendP50, scored.SpendP90, scored.LifetimeValueP10, scored.LifetimeValueP90 })
            Assert.All(column, value => Assert.True(double.IsFinite(value)));
        FeatureTable features = Logs.Input(log, s_cutoff, HorizonDays).Builder.Build(log, null, new(s_cutoff, HorizonDays), CancellationToken.None).Features;
        for (int f = 0; f < features.Schema.Count; f++)
        {
            FeatureRange range = features.Schema.Features[f].Range;
            foreach (float value in features.Column(f).Span)
                Assert.True(float.IsNaN(value) || value >= range.Low && value <= range.High, $"{features.Schema.Features[f].Name}: {value}");
        }
    }

    [Theory]
    [InlineData(ReturnsPolicy.Net)]
    [InlineData(ReturnsPolicy.Keep)]
    public void What_rounding_leaves_of_returned_purchases_is_nothing(ReturnsPolicy returns)
    {
        TransactionLog log = TransactionLog.From([new("a", s_cutoff.AddDays(-9), 0.1), new("a", s_cutoff.AddDays(-8), 0.2), new("a", s_cutoff.AddDays(-7), -0.3)]);
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, HorizonDays, s_cutoff);

        Snapshot snapshot = new SnapshotBuilder(catalogue, FeatureSchema.Standard(catalogue), returns, 1).Build(log, null, new(s_cutoff, HorizonDays), CancellationToken.None);

        snapshot.Aggregates.TotalSpend[0].Should().Be(0);
    }

    /// <summary>Everyone's figure, to what rounding an amount and its multiple leaves.</summary>
    private static void Close(double[] found, double[] expected, double factor)
    {
        for (int i = 0; i < expected.Length; i++)
            found[i].Should().BeApproximately(expected[i] * factor, 1e-9 * factor * (Math.Abs(expected[i]) + 1e-3));
    }

    private (string Model, ScoredCustomers Scored) Run(TransactionLog log)
    {
        RaceInput input = Logs.Input(log, s_cutoff, HorizonDays, threads: 2);
        ModelStore store = new(Path.Combine(_folder, Guid.NewGuid().ToString("N")), TimeProvider.System);
        RaceResult race = new Race(CandidateCatalogue.Standard).Run(input);
        Manifest manifest = VersionPublisher.Publish(store, input, race, new ValueOptions(), "tests", new Dictionary<string, string>());
        return (race.Champion.Name, ScoringModel.Load(store.Open(manifest.Version), CandidateCatalogue.Standard).Score(log, null, s_cutoff, 2, CancellationToken.None));
    }

    private static TransactionLog Map(TransactionLog log, Func<string, string> id, Func<double, double> amount)
    {
        TransactionLogBuilder builder = new();
        Add(builder, log, id, amount);
        return builder.Build();
    }

    private static void Add(TransactionLogBuilder builder, TransactionLog log, Func<string, string> id, Func<double, double> amount)
    {
        for (int customer = 0; customer < log.CustomerCount; customer++)
            for (int row = log.Offsets.Span[customer]; row < log.Offsets.Span[customer + 1]; row++)
                builder.Add(new Transaction(id(log.Customers[customer]), log.FirstDay.AddDays(log.Days[row]), amount(log.Amounts[row])));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
