using System.Globalization;
using CustomerValue.Models.Store;

namespace CustomerValue.Benchmarks;

/// <summary>HTTP predictions against an empty endpoint of the same process, over keep-alive connections on the loopback address, in turn.</summary>
internal sealed class ServingBenchmark : IBenchmark
{
    private const int Customers = 1000, BatchConnections = 4;
    private const double WantedOne = 0.65, WantedReasons = 0.35, WantedCustomers = 90_000;

    public string Name => "serving";

    public string Summary => "POST /v1/predictions against the empty GET /health/live: one customer, one with three reasons, and batches of 1,000: [--store DIR] [--transactions N] [--customers N in training without a store] [--seconds S] [--rounds N] [--connections N]";

    public int Run(string[] args)
    {
        double seconds = double.Parse(Option(args, "--seconds") ?? "4", CultureInfo.InvariantCulture);
        int rounds = Number(args, "--rounds", 5), connections = Number(args, "--connections", 16), transactions = Number(args, "--transactions", 30);
        string? folder = Option(args, "--store");
        using ServingStore? made = folder is null ? ServingStore.Train(Number(args, "--customers", 10_000)) : null;
        ModelStore store = new(folder ?? made!.Folder, TimeProvider.System);
        Manifest manifest = store.Open(store.Champion ?? throw new InvalidOperationException("The store has no champion.")).Manifest;
        Console.WriteLine($"champion: {manifest.Version}, {manifest.Description}");
        using ServingProcess service = ServingProcess.Start(store.Folder);
        Call[] calls =
        [
            new("empty", HttpLoad.Get("/health/live"), connections),
            new("one", Predictions(1, transactions, 0, manifest.Cutoff), connections),
            new("three reasons", Predictions(1, transactions, 3, manifest.Cutoff), connections),
            new("batch", Predictions(Customers, transactions, 0, manifest.Cutoff), Math.Min(BatchConnections, connections)),
        ];
        foreach (Call call in calls)
            Measure(service, call, 2 * seconds); // the compiler does its best meanwhile
        Rate[][] measured = [.. Enumerable.Range(1, rounds).Select(round => MeasureAll(service, calls, seconds, round))];
        double one = Median(measured, rates => rates[1].PerSecond / rates[0].PerSecond), reasons = Median(measured, rates => rates[2].PerSecond / rates[0].PerSecond);
        double customers = Median(measured, rates => Customers * rates[3].PerSecond);
        Console.WriteLine(FormattableString.Invariant(
            $"medians: one {one:F2} of the empty endpoint (at least {WantedOne:F2} is wanted), with three reasons {reasons:F2} ({WantedReasons:F2}), batches {customers:N0} customers a second ({WantedCustomers:N0}), {connections} connections"));
        return one >= WantedOne && reasons >= WantedReasons && customers >= WantedCustomers ? 0 : 1;
    }

    private static Rate[] MeasureAll(ServingProcess service, Call[] calls, double seconds, int round)
    {
        Rate[] rates = [.. calls.Select(call => Measure(service, call, seconds))];
        Console.WriteLine($"round {round}: {string.Join("; ", calls.Zip(rates, (call, rate) => FormattableString.Invariant($"{call.Name} {rate.PerSecond:N0} a second ({rate.ServerMicroseconds:N0} us of the service's processor time each)")))}");
        return rates;
    }

    private static byte[] Predictions(int customers, int transactions, int reasons, DateOnly asOf) => HttpLoad.Post("/v1/predictions", ServingStore.Request(customers, transactions, reasons, asOf));

    private static double Median(Rate[][] rounds, Func<Rate[], double> of) => rounds.Select(of).Order().ElementAt(rounds.Length / 2);

    private static Rate Measure(ServingProcess service, Call call, double seconds)
    {
        TimeSpan before = service.ProcessorTime;
        (long answers, double elapsed) = HttpLoad.Run(service.Port, call.Request, call.Connections, TimeSpan.FromSeconds(seconds));
        return new Rate(answers / elapsed, (service.ProcessorTime - before).TotalMicroseconds / answers);
    }

    private static int Number(string[] args, string name, int usual) => int.Parse(Option(args, name) ?? usual.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    private sealed record Call(string Name, byte[] Request, int Connections);

    private sealed record Rate(double PerSecond, double ServerMicroseconds);
}
