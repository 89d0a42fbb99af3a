using System.Diagnostics;
using System.Globalization;
using CustomerValue.Boosting;

namespace CustomerValue.Benchmarks;

/// <summary>How training cost grows with rows, features, leaves and threads.</summary>
internal sealed class BoostingScaling : IBenchmark
{
    public string Name => "boosting-scaling";

    public string Summary => "training time as rows, features, leaves and threads grow, beside 100,000 x 20, 31 leaves, 2 threads";

    public int Run(string[] args)
    {
        double reference = Seconds(100_000, 20, 31, 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"100000 x 20, 31 leaves, 2 threads, 50 trees: {reference:F2} s; others as a multiple of it"));
        (int Rows, int Features, int Leaves, int Threads)[] cases =
        [
            (50_000, 20, 31, 2), (200_000, 20, 31, 2), (400_000, 20, 31, 2), (100_000, 10, 31, 2), (100_000, 40, 31, 2), (100_000, 80, 31, 2),
            (100_000, 20, 7, 2), (100_000, 20, 127, 2), (100_000, 20, 511, 2), (100_000, 20, 31, 1),
        ];
        foreach ((int rows, int features, int leaves, int threads) in cases)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {rows,7} x {features,2}, {leaves,3} leaves, {threads} threads: {Seconds(rows, features, leaves, threads) / reference:F2}"));
        return 0;
    }

    private static double Seconds(int rows, int features, int leaves, int threads)
    {
        BoostingTable table = new(rows, features);
        BoosterOptions options = new() { Objective = Objectives.Logistic, Rounds = 50, MaxLeaves = leaves, Threads = threads };
        double best = double.PositiveInfinity;
        for (int repeat = 0; repeat < 3; repeat++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            BoosterTrainer.Fit(new(table.Training, table.Binary.Training), options);
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }
        return best;
    }
}
