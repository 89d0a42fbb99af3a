using System.Diagnostics;
using System.Globalization;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Benchmarks;

/// <summary>Aggregates and features of a log in memory, beside DuckDB's query for the same aggregates of the same rows in memory; every column's sum is compared.</summary>
internal sealed class FeaturesBenchmark : IBenchmark
{
    private const int Threads = 2;
    private const int HorizonDays = 90;

    public string Name => "features";

    public string Summary => "20 M transactions of 1 M customers to features against DuckDB's query for the same aggregates: [--rows N] [--rounds N] [--duckdb-folder DIR]";

    public int Run(string[] args)
    {
        if (DuckDbFolder.Find(args) is not { } duckDb)
            return 2;
        int rows = int.Parse(Option(args, "--rows") ?? "20000000", CultureInfo.InvariantCulture), rounds = int.Parse(Option(args, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        string file = Path.Combine(Path.GetTempPath(), $"customer-value-features-{Environment.ProcessId}.csv");
        try
        {
            using FeaturesPeer peer = new(duckDb, file, rows, Math.Max(1, rows / 20), Threads);
            return Compare(peer, TransactionReader.Read([file], new ReaderOptions { Threads = Threads }).Log, rounds);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static int Compare(FeaturesPeer peer, TransactionLog log, int rounds)
    {
        ObservationWindow window = new(log.LastDay.AddDays(1 - HorizonDays), HorizonDays, log.FirstDay);
        AvailableColumns columns = AvailableColumns.Of(log, window.Cutoff);
        AggregateCatalogue standard = AggregateCatalogue.Standard(columns, HorizonDays);
        // The channel with most money of the first day is a query of its own in SQL.
        AggregateCatalogue catalogue = new(HorizonDays, [.. standard.Definitions.Where(definition => definition.Name != "first_channel")], columns.Channels);
        FeatureSchema schema = FeatureSchema.Standard(catalogue);
        string query = new FeaturesQuery(catalogue, window).Text;
        Console.WriteLine($"{log.RowCount:N0} rows, {log.CustomerCount:N0} customers, {catalogue.Count} aggregates, {schema.Count} features, {Threads} threads each, {rounds} rounds in turn");
        List<double> ratios = [];
        for (int round = 1; round <= rounds; round++)
        {
            (double theirs, long customers, double[] sums) = peer.Run(query);
            GC.Collect();
            long started = Stopwatch.GetTimestamp();
            CustomerAggregates aggregates = Aggregator.Compute(log, window, catalogue, new AggregatorOptions { Threads = Threads });
            double aggregated = Stopwatch.GetElapsedTime(started).TotalSeconds;
            FeatureTable features = FeatureBuilder.Build(aggregates, schema, threads: Threads);
            double ours = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (Difference(aggregates, customers, sums) is { } difference)
            {
                Console.Error.WriteLine($"The two disagree: {difference}.");
                return 1;
            }
            ratios.Add(ours / theirs);
            Console.WriteLine($"round {round}: aggregates {aggregated:F2} s, with features {ours:F2} s, DuckDB's aggregates {theirs:F2} s, ratio {ours / theirs:F2}; the sums of all {sums.Length} columns agree");
            GC.KeepAlive(features);
        }
        double median = ratios.Order().ElementAt(ratios.Count / 2);
        Console.WriteLine($"median ratio {median:F2} (at most 1.00 is wanted)");
        return median <= 1 ? 0 : 1;
    }

    private static string? Difference(CustomerAggregates aggregates, long customers, double[] sums)
    {
        if (aggregates.Count != customers)
            return $"{aggregates.Count} customers here, {customers} there";
        for (int i = 0; i < sums.Length; i++)
        {
            double sum = 0;
            foreach (double value in aggregates.Column(i))
                sum += double.IsNaN(value) ? 0 : value;
            if (Math.Abs(sum - sums[i]) > 1e-9 * Math.Abs(sum))
                return $"{aggregates.Catalogue.Definitions[i].Name} sums to {sum} here and {sums[i]} there";
        }
        return null;
    }

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
