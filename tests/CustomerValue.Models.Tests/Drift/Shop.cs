using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Drift;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Tests.Drift;

/// <summary>A shop with two channels whose customers come and go evenly over three years, and a model of it.</summary>
internal sealed class Shop
{
    public const int HorizonDays = 90;
    public static readonly DateOnly Cutoff = new(2024, 9, 1);
    private readonly SnapshotBuilder _builder;
    private readonly IPriorModel _model;

    private Shop(IReadOnlyList<Transaction> transactions)
    {
        Transactions = transactions;
        TransactionLog log = TransactionLog.From(transactions);
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, HorizonDays, Cutoff);
        _builder = new SnapshotBuilder(catalogue, FeatureSchema.Standard(catalogue), ReturnsPolicy.Net, 1);
        Snapshot latest = _builder.BuildWithOutcomes(log, null, new(Cutoff, HorizonDays), CancellationToken.None);
        RaceInput race = new(log, null, _builder, new(Cutoff, HorizonDays), Seed: 1, Threads: 1);
        _model = new Race(new CandidateCatalogue([CandidateCatalogue.Standard["mbg-nbd"]], "mbg-nbd", null)).Run(race).Prior!;
        AtCutoff = DriftSample.Of(latest, _model.Predict(latest, HorizonDays));
        Baseline = DriftBaseline.Learn(AtCutoff, SampleOf(transactions, Cutoff.AddDays(-HorizonDays)));
    }

    /// <summary>The same shop for all tests: making it takes a second.</summary>
    public static Shop Instance { get; } = new(Open());

    public IReadOnlyList<Transaction> Transactions { get; }

    public DriftSample AtCutoff { get; }

    public DriftBaseline Baseline { get; }

    public DriftReport Compare(IEnumerable<Transaction> transactions, DateOnly asOf) =>
        DriftDetector.Compare("v1", Baseline, SampleOf(transactions, asOf), new DriftOptions());

    public DriftSample SampleOf(IEnumerable<Transaction> transactions, DateOnly asOf)
    {
        TransactionLog log = TransactionLog.From(transactions);
        Snapshot snapshot = asOf.AddDays(HorizonDays - 1) <= log.LastDay
            ? _builder.BuildWithOutcomes(log, null, new(asOf, HorizonDays), CancellationToken.None)
            : _builder.Build(log, null, new(asOf, HorizonDays), CancellationToken.None);
        return DriftSample.Of(snapshot, _model.Predict(snapshot, HorizonDays));
    }

    private static List<Transaction> Open()
    {
        Random random = new(11);
        List<Transaction> transactions = [];
        DateOnly start = new(2022, 1, 1);
        const int days = 1461;
        for (int c = 0; c < 2500; c++)
        {
            double rate = 0.004 + 0.03 * Math.Pow(random.NextDouble(), 2), day = random.Next(days), spend = 10 + 200 * Math.Pow(random.NextDouble(), 4), web = random.NextDouble();
            double end = day - 400 * Math.Log(1 - random.NextDouble());
            for (; day < Math.Min(end, days); day -= Math.Log(1 - random.NextDouble()) / rate)
                transactions.Add(new Transaction($"c{c:00000}", start.AddDays((int)day), Math.Round(spend * (0.5 + random.NextDouble()), 2))
                {
                    Channel = random.NextDouble() < web ? "web" : "shop",
                });
        }
        return transactions;
    }
}

internal static class SampleRows
{
    /// <summary>Some rows of a sample, each as often as it is named.</summary>
    public static DriftSample Rows(this DriftSample sample, int[] rows)
    {
        FeatureSchema schema = sample.Features.Schema;
        float[][] columns = [.. Enumerable.Range(0, schema.Count).Select(column => Pick(sample.Features.Column(column).ToArray(), rows))];
        Forecast forecast = new(rows.Length);
        Pick(sample.Forecast.ChurnProbability, rows).CopyTo(forecast.ChurnProbability, 0);
        Pick(sample.Forecast.ExpectedPurchases, rows).CopyTo(forecast.ExpectedPurchases, 0);
        Pick(sample.Forecast.ExpectedSpend, rows).CopyTo(forecast.ExpectedSpend, 0);
        return sample with { Features = FeatureTable.From(schema, columns), Forecast = forecast, Purchases = Pick(sample.Purchases!, rows), Spend = Pick(sample.Spend!, rows) };
    }

    private static T[] Pick<T>(T[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);
}
