using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using CustomerValue.Data.Transactions;
using CustomerValue.Sources;

namespace CustomerValue.Benchmarks;

/// <summary>Reads a big transaction file into a log, beside DuckDB reading the same file and adding up the amount per customer.</summary>
internal sealed class ReadingBenchmark : IBenchmark
{
    private const int Threads = 2;

    public string Name => "reading";

    public string Summary => "20 M rows into a TransactionLog against DuckDB's sum per customer: [--rows N] [--rounds N] [--order simulated|day] [--columns usual|minimal] [--format csv|parquet] [--file CSV] [--duckdb-folder DIR]";

    public int Run(string[] args)
    {
        if (DuckDbFolder.Find(args) is not { } duckDb)
            return 2;
        int rows = int.Parse(Option(args, "--rows") ?? "20000000", CultureInfo.InvariantCulture), rounds = int.Parse(Option(args, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        if (Option(args, "--file") is { } given)
            return Compare(given, rounds, duckDb);
        bool usual = Option(args, "--columns") != "minimal";
        DirectoryInfo folder = Directory.CreateTempSubdirectory("customer-value-benchmark-");
        try
        {
            string file = Option(args, "--order") == "day"
                ? ReadingFile.WriteByDay(folder.FullName, rows, customers: Math.Max(1, rows / 20), usual)
                : ReadingFile.Simulate(folder.FullName, rows, usual);
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
        List<double> ratios = [], cpuRatios = [];
        for (int round = 1; round <= rounds; round++)
        {
            (double peer, double peerCpu, double total, long customers) = ReadingPeer.Run(duckDb, file, Threads);
            Measured own = Read(file);
            if (own.Customers != customers || Math.Abs(own.Total - total) > 1e-9 * Math.Abs(total) + 0.01)
            {
                Console.Error.WriteLine($"The two disagree: {own.Customers} customers and {own.Total} here, {customers} and {total} there.");
                return 1;
            }
            ratios.Add(own.Seconds / peer);
            cpuRatios.Add(own.CpuSeconds / peerCpu);
            Console.WriteLine($"round {round}: TransactionReader {own.Seconds:F2} s (processor {own.CpuSeconds:F2}), DuckDB {peer:F2} s ({peerCpu:F2}), ratio {ratios[^1]:F2} ({cpuRatios[^1]:F2}); "
                + $"{own.Rows:N0} rows of {own.RowBytes / own.Rows:F1} bytes, {own.Held / own.Rows:F1} with dictionaries{(round == 1 ? $", {own.Peak / own.Rows:F1} at the peak" : string.Empty)}");
        }
        Console.WriteLine($"median ratio {Median(ratios):F2} of time, {Median(cpuRatios):F2} of processor time (at most 1.00 is wanted, and at most 32 bytes a row)");
        return Median(ratios) <= 1 ? 0 : 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Measured Read(string file)
    {
        long held = GC.GetTotalMemory(forceFullCollection: true);
        using Process self = Process.GetCurrentProcess();
        double workingSet = self.WorkingSet64;
        TimeSpan cpu = self.TotalProcessorTime;
        long started = Stopwatch.GetTimestamp();
        ReadResult result = TransactionReader.Read([file], new ReaderOptions { Threads = Threads, Formats = SourceFormats.All });
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        self.Refresh();
        cpu = self.TotalProcessorTime - cpu;
        held = GC.GetTotalMemory(forceFullCollection: true) - held;
        Measured measured = new(seconds, cpu.TotalSeconds, result.Log.RowCount, result.Summary.Customers, result.Summary.TotalPurchases + result.Summary.TotalReturns, result.Log.RowBytes, held, self.PeakWorkingSet64 - workingSet);
        GC.KeepAlive(result);
        return measured;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    private sealed record Measured(double Seconds, double CpuSeconds, long Rows, long Customers, double Total, double RowBytes, double Held, double Peak);
}
