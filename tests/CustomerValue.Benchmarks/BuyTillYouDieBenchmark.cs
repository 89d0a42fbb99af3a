using System.Diagnostics;
using System.Globalization;
using CustomerValue.BuyTillYouDie;

namespace CustomerValue.Benchmarks;

/// <summary>Fits and scores simulated customers; the same likelihoods are fitted by SciPy in the same run.</summary>
internal sealed class BuyTillYouDieBenchmark : IBenchmark
{
    private const int Repeats = 5;

    public string Name => "btyd";

    public string Summary => "buy-till-you-die fits and scores against SciPy (L-BFGS-B on the vectorised likelihood): [CUSTOMERS, default 100000]";

    public int Run(string[] args)
    {
        int customers = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        Console.WriteLine($"{customers:N0} customers, continuous times, {Environment.ProcessorCount} threads; medians of {Repeats}");
        using TemporaryFolder folder = new();
        Dictionary<string, (PurchaseHistories Histories, string Path)> data = [];
        foreach ((string label, ITransactionModel truth, int size) in new (string, ITransactionModel, int)[]
        {
            ("small", new BgNbd(.2426, 4.4136, .7929, 2.4259), 2_357),
            ("bg", new BgNbd(.2426, 4.4136, .7929, 2.4259), customers),
            ("mbg", new MbgNbd(.5248, 6.1831, .8914, 1.6141), customers),
            ("pareto", new ParetoNbd(.5532, 10.5763, .6063, 11.6715), customers),
            ("regular", new MbgCnbdK(.8842, 4.6138, .3805, 3.1065, 2), customers),
        })
        {
            PurchaseHistories histories = Simulate(truth, size);
            string path = Path.Combine(folder.Name, label + ".csv");
            BuyTillYouDieBenchmarkPeer.Write(path, histories);
            data[label] = (histories, path);
        }

        Fit("BG/NBD, 2,357", data["small"], "bg", "bg-nbd");
        Fit("Pareto/NBD, 2,357", data["small"], "pareto", "pareto-nbd");
        Fit("BG/NBD", data["bg"], "bg", "bg-nbd");
        Fit("MBG/NBD", data["mbg"], "mbg", "mbg-nbd");
        Fit("Pareto/NBD", data["pareto"], "pareto", "pareto-nbd");
        Fit("MBG/CNBD-k, k searched", data["regular"], null, "mbg-cnbd-k");
        foreach (string name in new[] { "bg-nbd", "mbg-nbd", "pareto-nbd", "mbg-cnbd-k" }) Score(name, data["bg"].Histories);
        return BuyTillYouDieBenchmarkPeer.Missing ? 2 : 0;
    }

    private static void Fit(string label, (PurchaseHistories Histories, string Path) data, string? peer, string name)
    {
        FitResult<ITransactionModel> fit = TransactionModels.Fit(name, data.Histories);
        for (int warmUp = 0; warmUp < 2; warmUp++) fit = TransactionModels.Fit(name, data.Histories);
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long before = GC.GetTotalAllocatedBytes();
        double seconds = Median(() => fit = TransactionModels.Fit(name, data.Histories));
        double processorSeconds = (Environment.CpuUsage.TotalTime - processor).TotalSeconds / Repeats;
        double megabytes = (GC.GetTotalAllocatedBytes() - before) / 1e6 / Repeats;
        string line = string.Create(CultureInfo.InvariantCulture, $"fit {label,-24} {seconds * 1000,8:0.0} ms ({processorSeconds * 1000,7:0.0} ms of processor)  LL {fit.LogLikelihood,14:0.000}  {megabytes,6:0} MB");
        if (peer is not null && BuyTillYouDieBenchmarkPeer.Fit(peer, data.Path) is { } other)
            line += string.Create(CultureInfo.InvariantCulture, $"   SciPy {other.Seconds * 1000,9:0} ms  LL {other.LogLikelihood,14:0.000}  ratio {other.Seconds / seconds,6:0.0}");
        Console.WriteLine(line);
    }

    /// <summary>Expected purchases and P(no purchase) over 39 weeks, rows shared between two threads.</summary>
    private static void Score(string name, PurchaseHistories histories)
    {
        ITransactionModel model = TransactionModels.Fit(name, histories).Model;
        int n = histories.Count;
        double[] x = histories.X.ToArray(), tx = histories.Tx.ToArray(), age = histories.T.ToArray(), expected = new double[n], none = new double[n];
        Action score = () => Parallel.For(0, 16, part =>
        {
            Range rows = (n * part / 16)..(n * (part + 1) / 16);
            model.ExpectedPurchases(x.AsSpan()[rows], tx.AsSpan()[rows], age.AsSpan()[rows], 39, expected.AsSpan()[rows]);
            model.ProbabilityOfNoPurchase(x.AsSpan()[rows], tx.AsSpan()[rows], age.AsSpan()[rows], 39, none.AsSpan()[rows]);
        });
        for (int warmUp = 0; warmUp < 3; warmUp++) score();
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        double seconds = Median(score), processorSeconds = (Environment.CpuUsage.TotalTime - processor).TotalSeconds / Repeats;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"score {name,-22} {n / seconds / 1e6,9:0.00} M customers/s, {n / processorSeconds / 1e6:0.00} M a processor second (expected purchases and P(no purchase))"));
    }

    private static double Median(Action action)
    {
        double[] seconds = new double[Repeats];
        for (int i = 0; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Array.Sort(seconds);
        return seconds[Repeats / 2];
    }

    private static PurchaseHistories Simulate(ITransactionModel truth, int customers)
    {
        Random random = new(1);
        double[] x = new double[customers], tx = new double[customers], age = new double[customers], logIntervals = new double[customers];
        for (int i = 0; i < customers; i++)
        {
            age[i] = 27 + 12 * random.NextDouble();
            double before = 0;
            foreach (double moment in truth.SimulateNewCustomer(age[i], random))
            {
                x[i]++;
                logIntervals[i] += Math.Log(moment - before);
                tx[i] = before = moment;
            }
        }
        return PurchaseHistories.From(x, tx, age, default, logIntervals);
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Name { get; } = Directory.CreateTempSubdirectory("btyd").FullName;

        public void Dispose() => Directory.Delete(Name, recursive: true);
    }
}
