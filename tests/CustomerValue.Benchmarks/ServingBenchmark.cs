using System.Diagnostics;
using System.Globalization;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Versions;

namespace CustomerValue.Benchmarks;

/// <summary>One HTTP prediction against an empty endpoint of the same process, over keep-alive connections on the loopback address, in turn.</summary>
internal sealed class ServingBenchmark : IBenchmark
{
    private const double Wanted = 0.6;

    public string Name => "serving";

    public string Summary => "POST /v1/predictions with one customer of ten transactions against the empty GET /health/live: [--customers N] [--seconds S] [--rounds N] [--connections N]";

    public int Run(string[] args)
    {
        double seconds = double.Parse(Option(args, "--seconds") ?? "4", CultureInfo.InvariantCulture);
        int rounds = int.Parse(Option(args, "--rounds") ?? "5", CultureInfo.InvariantCulture), connections = int.Parse(Option(args, "--connections") ?? "16", CultureInfo.InvariantCulture);
        using ServingStore store = ServingStore.Train(int.Parse(Option(args, "--customers") ?? "10000", CultureInfo.InvariantCulture));
        Console.WriteLine($"champion: {store.Model.Version}, {store.Description}");
        TimeScore(store.Model);
        using ServingProcess service = ServingProcess.Start(store.Folder);
        byte[] empty = HttpLoad.Get("/health/live"), prediction = HttpLoad.Post("/v1/predictions", ServingStore.Request);
        Measure(service, empty, connections, seconds);
        Measure(service, prediction, connections, seconds);
        List<double> ratios = [];
        for (int round = 1; round <= rounds; round++)
        {
            Rate bare = Measure(service, empty, connections, seconds), full = Measure(service, prediction, connections, seconds);
            ratios.Add(full.PerSecond / bare.PerSecond);
            Console.WriteLine(FormattableString.Invariant(
                $"round {round}: empty {bare.PerSecond:N0} a second ({bare.ServerMicroseconds:F1} us of the service's processor time each), predictions {full.PerSecond:N0} a second ({full.ServerMicroseconds:F1} us), ratio {ratios[^1]:F2}"));
        }
        double median = ratios.Order().ElementAt(ratios.Count / 2);
        Console.WriteLine(FormattableString.Invariant($"median ratio {median:F2} (at least {Wanted:F2} is wanted), {connections} connections"));
        return median >= Wanted ? 0 : 1;
    }

    /// <summary>One customer scored again and again without HTTP: time of the best round, after pauses in which the compiler does its best, and bytes allocated.</summary>
    private static void TimeScore(ScoringModel model)
    {
        const int rounds = 10, calls = 4000;
        List<Transaction> history = ServingStore.History();
        double best = double.PositiveInfinity;
        long bytes = 0;
        for (int round = 0; round < rounds; round++)
        {
            Thread.Sleep(100);
            long before = GC.GetAllocatedBytesForCurrentThread(), started = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++)
                model.Score(TransactionLog.From(history), null, ServingStore.AsOf, 1, CancellationToken.None);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMicroseconds / calls);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / calls;
        }
        Console.WriteLine(FormattableString.Invariant($"ScoringModel.Score of one customer with {history.Count} transactions: {best:F1} us, {bytes:N0} bytes"));
    }

    private static Rate Measure(ServingProcess service, byte[] request, int connections, double seconds)
    {
        TimeSpan before = service.ProcessorTime;
        (long answers, double elapsed) = HttpLoad.Run(service.Port, request, connections, TimeSpan.FromSeconds(seconds));
        return new Rate(answers / elapsed, (service.ProcessorTime - before).TotalMicroseconds / answers);
    }

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    private sealed record Rate(double PerSecond, double ServerMicroseconds);
}
