using System.Diagnostics;
using System.Globalization;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Benchmarks;

/// <summary>Reads a big transaction file into a log, beside DuckDB reading the same file and adding up the amount per customer.</summary>
internal sealed class ReadingBenchmark : IBenchmark
{
    private const int Threads = 2;

    public string Name => "reading";

    public string Summary => "20 M rows into a TransactionLog against DuckDB's sum per customer: [--rows N] [--rounds N] [--order day|customer] [--columns usual|minimal] [--file CSV] [--duckdb-folder DIR]";

    public int Run(string[] args)
    {
        string? duckDb = Option(args, "--duckdb-folder") ?? Environment.GetEnvironmentVariable("DUCKDB_FOLDER");
        if (duckDb is null || !Directory.Exists(Path.Combine(duckDb, "node_modules", "@duckdb", "node-api")))
        {
            Console.Error.WriteLine("DuckDB is missing. Install it in a folder outside the repository and name that folder:");
            Console.Error.WriteLine("  npm install --prefix FOLDER @duckdb/node-api    then --duckdb-folder FOLDER, or DUCKDB_FOLDER in the environment");
            return 2;
        }
        int rows = int.Parse(Option(args, "--rows") ?? "20000000", CultureInfo.InvariantCulture), rounds = int.Parse(Option(args, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        string? given = Option(args, "--file");
        string file = given ?? Path.Combine(Path.GetTempPath(), $"customer-value-reading-{Environment.ProcessId}.csv");
        try
        {
            if (given is null)
                ReadingFile.Write(file, rows, customers: Math.Max(1, rows / 20), byDay: Option(args, "--order") != "customer", usual: Option(args, "--columns") != "minimal");
            return Compare(file, rounds, duckDb);
        }
        finally
        {
            if (given is null)
                File.Delete(file);
        }
    }

    private static int Compare(string file, int rounds, string duckDb)
    {
        Console.WriteLine($"{new FileInfo(file).Length / 1e6:N0} MB, {Threads} threads each, {rounds} rounds in turn");
        List<double> ours = [], theirs = [], ratios = [];
        for (int round = 1; round <= rounds; round++)
        {
            (double peer, double total, long customers) = ReadingPeer.Run(duckDb, file, Threads);
            GC.Collect();
            long before = GC.GetTotalMemory(forceFullCollection: true), workingSet = Process.GetCurrentProcess().WorkingSet64;
            long started = Stopwatch.GetTimestamp();
            ReadResult result = TransactionReader.Read([file], new ReaderOptions { Threads = Threads });
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            using Process self = Process.GetCurrentProcess();
            double peak = self.PeakWorkingSet64 - workingSet;
            long held = GC.GetTotalMemory(forceFullCollection: true) - before;
            ReadSummary summary = result.Summary;
            if (summary.Customers != customers || Math.Abs(summary.TotalPurchases + summary.TotalReturns - total) > 1e-9 * Math.Abs(total) + 0.01)
            {
                Console.Error.WriteLine($"The two disagree: {summary.Customers} customers and {summary.TotalPurchases + summary.TotalReturns} here, {customers} and {total} there.");
                return 1;
            }
            ours.Add(seconds);
            theirs.Add(peer);
            ratios.Add(seconds / peer);
            Console.WriteLine($"round {round}: TransactionReader {seconds:F2} s, DuckDB {peer:F2} s, ratio {seconds / peer:F2}; {summary.Rows:N0} rows, {summary.Customers:N0} customers; "
                + $"rows hold {(double)result.Log.RowBytes / result.Log.RowCount:F1} bytes each ({(double)held / result.Log.RowCount:F1} with dictionaries{(round == 1 ? $", {peak / result.Log.RowCount:F1} at the peak" : string.Empty)})");
            GC.KeepAlive(result);
        }
        Console.WriteLine($"median: TransactionReader {Median(ours):F2} s, DuckDB {Median(theirs):F2} s, ratio {Median(ratios):F2} (at most 1.00 is wanted; at most 32 bytes a row)");
        return Median(ratios) <= 1 ? 0 : 1;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
