using System.Diagnostics;
using System.Globalization;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Sources;

namespace CustomerValue.Benchmarks;

/// <summary>From a file of transactions, day by day, to aggregates of every customer, beside DuckDB's query of the same file; each in a process of its own, so that its memory is known.</summary>
internal sealed class AggregatesBenchmark : IBenchmark
{
    private const int Threads = 2, HorizonDays = 90, Cutoffs = 3;
    private const string Child = "--child";

    /// <summary>Aggregates of days and money: what a first look at customers takes.</summary>
    private static readonly AggregateDefinition[] s_basic =
    [
        .. AggregateCatalogue.Core,
        new("purchase_days_365d", AggregateKind.Count, AggregateColumn.Day, DayWindow.Trailing(365)),
        new("spend_sum_365d", AggregateKind.Sum, AggregateColumn.Spend, DayWindow.Trailing(365)),
        new("purchase_days_90d", AggregateKind.Count, AggregateColumn.Day, DayWindow.Trailing(90)),
        new("spend_sum_90d", AggregateKind.Sum, AggregateColumn.Spend, DayWindow.Trailing(90)),
        new("spend_max_all", AggregateKind.Max, AggregateColumn.Spend, DayWindow.AllTime),
        new("spend_squares_all", AggregateKind.SumOfSquares, AggregateColumn.Spend, DayWindow.AllTime),
    ];

    public string Name => "aggregates";

    public string Summary => "20 M rows in the order of days, from the file to 12 aggregates against DuckDB, and to the whole catalogue at three cutoffs: [--rows N] [--rounds N] [--format csv|parquet] [--duckdb-folder DIR]";

    public int Run(string[] args)
    {
        if (args is [Child, var kind, var path])
            return Work(path, kind == "whole");
        if (DuckDbFolder.Find(args) is not { } duckDb)
            return 2;
        int rows = int.Parse(Option(args, "--rows") ?? "20000000", CultureInfo.InvariantCulture), rounds = int.Parse(Option(args, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("customer-value-benchmark-");
        try
        {
            string file = ReadingFile.WriteByDay(folder.FullName, rows, customers: Math.Max(1, rows / 20), usual: true);
            return Compare(Option(args, "--format") == "parquet" ? ReadingPeer.ToParquet(duckDb, file) : file, rounds, duckDb);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Compare(string file, int rounds, string duckDb)
    {
        Console.WriteLine($"{new FileInfo(file).Length / 1e6:N0} MB, {Threads} threads each, {rounds} rounds in turn");
        List<double> ratios = [], wholes = [];
        for (int round = 1; round <= rounds; round++)
        {
            Measured theirs = AggregatesPeer.Run(duckDb, file, Threads, HorizonDays), own = Start("basic", file), whole = Start("whole", file);
            if (own.Customers != theirs.Customers || own.Sums.Zip(theirs.Sums).Any(pair => Math.Abs(pair.First - pair.Second) > 1e-9 * Math.Abs(pair.Second)))
            {
                Console.Error.WriteLine($"The two disagree: {own.Customers} customers and sums {string.Join(' ', own.Sums)} here, {theirs.Customers} and {string.Join(' ', theirs.Sums)} there.");
                return 1;
            }
            ratios.Add(own.Seconds / theirs.Seconds);
            wholes.Add(whole.Seconds / own.Seconds);
            Console.WriteLine($"round {round}: 12 aggregates {own.Seconds:F2} s, {own.Peak / 1e6:N0} MB; DuckDB {theirs.Seconds:F2} s, {theirs.Peak / 1e6:N0} MB; ratio {ratios[^1]:F2}, the sums of all columns agree. "
                + $"Whole catalogue at {Cutoffs} cutoffs {whole.Seconds:F2} s, {whole.Peak / 1e6:N0} MB, {wholes[^1]:F2} times the 12");
        }
        Console.WriteLine($"median ratio {Median(ratios):F2} of DuckDB's time, whole catalogue at {Cutoffs} cutoffs {Median(wholes):F2} times the 12");
        return Median(ratios) <= 1 ? 0 : 1;
    }

    /// <summary>The work in this process; its figures go to the one that asked.</summary>
    private static int Work(string file, bool whole)
    {
        long started = Stopwatch.GetTimestamp();
        TransactionLog log = TransactionReader.Read([file], new ReaderOptions { Threads = Threads, Formats = SourceFormats.All, Columns = whole ? null : new HashSet<ColumnRole>() }).Log;
        DateOnly latest = log.LastDay.AddDays(1 - HorizonDays);
        AggregateCatalogue catalogue = whole ? AggregateCatalogue.Standard(AvailableColumns.Of(log, latest), HorizonDays) : new(HorizonDays, s_basic);
        CustomerAggregates aggregates = null!;
        for (int back = whole ? Cutoffs - 1 : 0; back >= 0; back--)
            aggregates = Aggregator.Compute(log, new ObservationWindow(latest.AddDays(-HorizonDays * back), HorizonDays, log.FirstDay), catalogue, new AggregatorOptions { Threads = Threads });
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double[] sums = [.. s_basic.Select(definition => Sum(aggregates[definition.Name]))];
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(string.Join(' ', new[] { seconds, self.PeakWorkingSet64, aggregates.Count }.Concat(sums).Select(number => number.ToString("R", CultureInfo.InvariantCulture))));
        return 0;
    }

    private static Measured Start(string kind, string file)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(AggregatesBenchmark).Assembly.Location);
        foreach (string argument in new[] { "aggregates", Child, kind, file })
            start.ArgumentList.Add(argument);
        return Measured.Of(start);
    }

    private static double Sum(ReadOnlySpan<double> column)
    {
        double sum = 0;
        foreach (double value in column)
            sum += value;
        return sum;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}

/// <summary>What a process said of its work.</summary>
internal sealed record Measured(double Seconds, double Peak, long Customers, double[] Sums)
{
    /// <summary>Runs a process that ends with a line of numbers.</summary>
    public static Measured Of(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} failed with exit code {process.ExitCode}; its message stands above.");
        double[] numbers = [.. output.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return new Measured(numbers[0], numbers[1], (long)numbers[2], numbers[3..]);
    }
}
