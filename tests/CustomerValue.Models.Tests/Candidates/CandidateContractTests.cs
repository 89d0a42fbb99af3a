using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Models.Tests.Candidates;

/// <summary>What every candidate of the race promises, tried on each of them.</summary>
public sealed class CandidateContractTests
{
    private const int HorizonDays = 60;
    private static readonly DateOnly s_cutoff = new(2024, 10, 1);
    /// <summary>Gaps are even, or the candidate that knows regularity would stand aside.</summary>
    private static readonly TransactionLog s_log = Logs.Simulated(400, seed: 11, evenness: 3);
    private static readonly RaceInput s_input = Logs.Input(s_log, s_cutoff, HorizonDays);
    private static readonly RaceResult s_race = new Race(CandidateCatalogue.Standard).Run(s_input);

    public static TheoryData<string> Candidates() => [.. CandidateCatalogue.Standard.Trainers.Select(trainer => trainer.Name)];

    [Theory]
    [MemberData(nameof(Candidates))]
    public void Forecasts_are_finite_probabilities_and_amounts(string name)
    {
        Forecast forecast = Model(name).Predict(s_race.Latest, HorizonDays);

        forecast.ChurnProbability.Should().OnlyContain(p => p >= 0 && p <= 1);
        forecast.ExpectedPurchases.Should().OnlyContain(n => double.IsFinite(n) && n >= 0);
        forecast.ExpectedSpend.Should().OnlyContain(s => double.IsFinite(s) && s >= 0);
    }

    [Theory]
    [MemberData(nameof(Candidates))]
    public void A_longer_horizon_never_means_fewer_purchases_or_more_churn(string name)
    {
        Forecast shorter = Model(name).Predict(s_race.Latest, 30), longer = Model(name).Predict(s_race.Latest, 90);

        for (int i = 0; i < shorter.Count; i++)
        {
            longer.ExpectedPurchases[i].Should().BeGreaterThanOrEqualTo(shorter.ExpectedPurchases[i] - 1e-12);
            longer.ExpectedSpend[i].Should().BeGreaterThanOrEqualTo(shorter.ExpectedSpend[i] - 1e-9);
            longer.ChurnProbability[i].Should().BeLessThanOrEqualTo(shorter.ChurnProbability[i] + 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Candidates))]
    public void A_customer_alone_is_forecast_as_in_the_batch(string name)
    {
        Forecast all = Model(name).Predict(s_race.Latest, HorizonDays);
        for (int i = 0; i < s_race.Latest.Count; i += 41)
        {
            int customer = s_log.Customers.Find(s_race.Latest.Aggregates.CustomerId(i));
            (int start, int length) = s_log.RowsOf(customer).GetOffsetAndLength(s_log.RowCount);
            TransactionLog alone = TransactionLog.From(Enumerable.Range(start, length)
                .Select(row => new Transaction("alone", s_log.FirstDay.AddDays(s_log.Days[row]), s_log.Amounts[row])));
            Snapshot snapshot = s_input.Builder.Build(alone, null, new(s_cutoff, HorizonDays), CancellationToken.None);

            Forecast one = Model(name).Predict(snapshot, HorizonDays);

            one.ChurnProbability[0].Should().BeApproximately(all.ChurnProbability[i], 1e-12);
            one.ExpectedPurchases[0].Should().BeApproximately(all.ExpectedPurchases[i], 1e-12);
            one.ExpectedSpend[0].Should().BeApproximately(all.ExpectedSpend[i], 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Candidates))]
    public void A_saved_model_reloads_and_forecasts_the_same(string name)
    {
        string folder = Directory.CreateTempSubdirectory("contract-").FullName;
        try
        {
            ModelStore store = new(folder, TimeProvider.System);
            RaceResult chosen = s_race with { Champion = Model(name) };
            Manifest manifest = VersionPublisher.Publish(store, s_input, chosen, new ValueOptions(), "tests", new Dictionary<string, string>());

            ICustomerModel reloaded = CandidateCatalogue.Standard.Read(name, store.Open(manifest.Version));

            Forecast before = Model(name).Predict(s_race.Latest, HorizonDays), after = reloaded.Predict(s_race.Latest, HorizonDays);
            after.ChurnProbability.Should().Equal(before.ChurnProbability);
            after.ExpectedPurchases.Should().Equal(before.ExpectedPurchases);
            after.ExpectedSpend.Should().Equal(before.ExpectedSpend);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_race_gives_the_same_answer_on_any_number_of_threads()
    {
        RaceResult threaded = new Race(CandidateCatalogue.Standard).Run(Logs.Input(s_log, s_cutoff, HorizonDays, threads: 3));

        threaded.Champion.Description.Should().Be(s_race.Champion.Description);
        threaded.Champion.Predict(threaded.Latest, HorizonDays).ExpectedSpend.Should().Equal(s_race.Champion.Predict(s_race.Latest, HorizonDays).ExpectedSpend);
    }

    [Fact]
    public void Nothing_after_the_cutoff_changes_the_champion()
    {
        TransactionLog known = TransactionLog.From(Enumerable.Range(0, s_log.CustomerCount).SelectMany(customer =>
        {
            (int start, int length) = s_log.RowsOf(customer).GetOffsetAndLength(s_log.RowCount);
            return Enumerable.Range(start, length).Where(row => s_log.FirstDay.AddDays(s_log.Days[row]) < s_cutoff)
                .Select(row => new Transaction(s_log.Customers[customer], s_log.FirstDay.AddDays(s_log.Days[row]), s_log.Amounts[row]));
        }).Append(new Transaction("late", s_cutoff.AddDays(-1), 1)).Append(new Transaction(s_log.Customers[0], s_cutoff, 5000)));
        TransactionLog whole = TransactionLog.From(Enumerable.Range(0, s_log.CustomerCount).SelectMany(customer =>
        {
            (int start, int length) = s_log.RowsOf(customer).GetOffsetAndLength(s_log.RowCount);
            return Enumerable.Range(start, length).Select(row => new Transaction(s_log.Customers[customer], s_log.FirstDay.AddDays(s_log.Days[row]), s_log.Amounts[row]));
        }).Append(new Transaction("late", s_cutoff.AddDays(-1), 1)));

        RaceResult fromKnown = new Race(CandidateCatalogue.Standard).Run(Logs.Input(known, s_cutoff, HorizonDays));
        RaceResult fromWhole = new Race(CandidateCatalogue.Standard).Run(Logs.Input(whole, s_cutoff, HorizonDays));

        fromKnown.Champion.Description.Should().Be(fromWhole.Champion.Description);
        fromKnown.Champion.Predict(fromKnown.Latest, HorizonDays).ChurnProbability.Should().Equal(fromWhole.Champion.Predict(fromWhole.Latest, HorizonDays).ChurnProbability);
        fromKnown.Report.Should().BeNull();
    }

    private static ICustomerModel Model(string name) => s_race.Entrants.Single(entrant => entrant.Model.Name == name).Model;
}
