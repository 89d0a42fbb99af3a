using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Models.Tests.Scoring;

/// <summary>An interval is as wide as the customer is irregular: trained, published and scored, at the cutoff of a version and a horizon after it.</summary>
public sealed class RegularCustomerTests : IDisposable
{
    private const int HorizonDays = 90, Years = 2;
    private static readonly DateOnly s_start = new(2023, 1, 1), s_cutoff = s_start.AddDays(Years * 365);
    private readonly string _folder = Directory.CreateTempSubdirectory("regular-customers-").FullName;

    /// <summary>Ten a day for two years is 900 a horizon. In the same base others spend as much a year in fits and starts; theirs is the interval that everyone of that group once had: 156 to 1,587.</summary>
    [Fact]
    public void Who_buys_for_ten_every_day_has_a_narrow_interval_and_who_spends_as_much_in_fits_and_starts_a_wide_one()
    {
        ScoringModel model = Train();
        foreach (DateOnly day in (DateOnly[])[s_cutoff, s_cutoff.AddDays(HorizonDays)])
        {
            ScoredCustomers scored = model.Score(s_log, null, day, 2, TestContext.Current.CancellationToken);
            CustomerPrediction daily = scored[Array.IndexOf([.. scored.Ids], "daily")];
            CustomerPrediction[] ragged = [.. Enumerable.Range(0, scored.Count).Select(i => scored[i]).Where(one => one.CustomerId.StartsWith("ragged", StringComparison.Ordinal) && one.ExpectedSpend > 300)];
            TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{day:yyyy-MM-dd}: churn {daily.ChurnProbability:F3}, purchases {daily.ExpectedPurchases:F1}, spend {daily.ExpectedSpend:F0}: {daily.SpendP10:F0}, {daily.SpendP50:F0}, {daily.SpendP90:F0}; ragged {string.Join("; ", ragged.Take(5).Select(one => FormattableString.Invariant($"{one.ExpectedSpend:F0}: {one.SpendP10:F0} to {one.SpendP90:F0}")))}"));

            double width = (daily.SpendP90 - daily.SpendP10)!.Value / daily.ExpectedSpend;
            width.Should().BeLessThan(0.4);
            daily.SpendP10.Should().BeLessThan(900);
            daily.SpendP90.Should().BeGreaterThan(800);
            ragged.Should().HaveCountGreaterThan(5).And.OnlyContain(one => (one.SpendP90 - one.SpendP10)!.Value / one.ExpectedSpend > 3 * width);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static readonly TransactionLog s_log = Mixed();

    private ScoringModel Train()
    {
        CandidateCatalogue entrants = CandidateCatalogue.Standard.Only(["mbg-nbd", "seasonal-prior", "prior-boosted", "blend"]);
        RaceInput input = Logs.Input(s_log, s_cutoff, HorizonDays, threads: 2);
        ModelStore store = new(_folder, TimeProvider.System);
        Manifest manifest = VersionPublisher.Publish(store, input, new Race(entrants).Run(input), new ValueOptions(), "tests", new Dictionary<string, string>());
        return ScoringModel.Load(store.Open(manifest.Version), entrants);
    }

    /// <summary>A thousand usual customers, twenty who spend some 3,600 a year in visits and amounts that vary by three as by ten, and one who buys for ten every day.</summary>
    private static TransactionLog Mixed()
    {
        Random random = new(11);
        TransactionLogBuilder builder = new();
        TransactionLog usual = Logs.Simulated(1000, seed: 3, days: Years * 365 + 2 * HorizonDays);
        for (int customer = 0; customer < usual.CustomerCount; customer++)
            for (int row = usual.Offsets.Span[customer]; row < usual.Offsets.Span[customer + 1]; row++)
                builder.Add(new Transaction(usual.Customers[customer], usual.FirstDay.AddDays(usual.Days[row]), usual.Amounts[row]));
        for (int day = 0; day < Years * 365 + 2 * HorizonDays; day++)
        {
            builder.Add(new Transaction("daily", s_start.AddDays(day), 10));
            for (int k = 0; k < 20; k++)
                if (random.NextDouble() < (random.NextDouble() < 0.02 ? 0.5 : 0.04))
                    builder.Add(new Transaction($"ragged-{k}", s_start.AddDays(day), Math.Round(20 * Math.Exp(3 * random.NextDouble() * random.NextDouble() * 2), 2)));
        }
        return builder.Build();
    }
}
