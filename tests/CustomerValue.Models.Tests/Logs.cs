using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Tests;

/// <summary>Logs and race inputs that several tests share.</summary>
internal static class Logs
{
    public static TransactionLog Cdnow() => TransactionReader.Read([ReferenceData.File("cdnow", "cdnow_sample.csv.gz")], new ReaderOptions()).Log;

    /// <summary>Customers with Poisson purchases at gamma rates, exponential lifetimes and uneven spend over two years; same seed, same log.</summary>
    /// <param name="customers">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="days">Days of the log.</param>
    /// <param name="evenness">Shape of the Erlang gaps; 1 for those of a Poisson process.</param>
    public static TransactionLog Simulated(int customers, int seed, int days = 720, int evenness = 1)
    {
        Random random = new(seed);
        TransactionLogBuilder builder = new();
        DateOnly start = new(2023, 1, 1);
        for (int c = 0; c < customers; c++)
        {
            double rate = 0.002 + 0.03 * Math.Pow(random.NextDouble(), 3), day = random.Next(days / 2), spend = 10 + 200 * Math.Pow(random.NextDouble(), 4);
            double end = day - 500 * Math.Log(1 - random.NextDouble());
            for (; day < Math.Min(end, days); day += Gap() / rate)
                builder.Add(new Transaction($"c{c:00000}", start.AddDays((int)day), Math.Round(spend * (0.5 + random.NextDouble()), 2)));
        }
        return builder.Build();

        double Gap()
        {
            double sum = 0;
            for (int stage = 0; stage < evenness; stage++)
                sum -= Math.Log(1 - random.NextDouble());
            return sum / evenness;
        }
    }

    public static RaceInput Input(TransactionLog log, DateOnly cutoff, Horizon horizon, int threads = 1)
    {
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, horizon, cutoff);
        return new RaceInput(log, null, new SnapshotBuilder(catalogue, FeatureSchema.Standard(catalogue), ReturnsPolicy.Net, threads), new(cutoff, horizon), Seed: 1, threads);
    }
}
