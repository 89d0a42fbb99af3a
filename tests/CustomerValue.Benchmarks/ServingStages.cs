using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Transactions;
using CustomerValue.MLNet;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Explanations;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;

namespace CustomerValue.Benchmarks;

/// <summary>Where the time of one prediction goes: every stage of scoring one customer on one thread, without HTTP.</summary>
internal sealed class ServingStages : IBenchmark
{
    private const int Calls = 2000, Rounds = 12;

    private static readonly CandidateCatalogue s_candidates = MLNetEngine.AddTo(CandidateCatalogue.Standard);

    public string Name => "serving-stages";

    public string Summary => "stages of one prediction, of its reasons and of a batch, in microseconds of processor time a call: [--store DIR] [--transactions N] [--customers N in training without a store]";

    public int Run(string[] args)
    {
        string? folder = Option(args, "--store");
        using ServingStore? made = folder is null ? ServingStore.Train(int.Parse(Option(args, "--customers") ?? "4000", System.Globalization.CultureInfo.InvariantCulture)) : null;
        ModelStore store = new(folder ?? made!.Folder, TimeProvider.System);
        string version = store.Champion ?? throw new InvalidOperationException("The store has no champion.");
        VersionReader reader = store.Open(version);
        ScoringModel model = ScoringModel.Load(reader, s_candidates);
        ICustomerModel champion = s_candidates.Read(reader.Manifest.Model, reader);
        DateOnly asOf = reader.Manifest.Cutoff;
        int count = int.Parse(Option(args, "--transactions") ?? "30", System.Globalization.CultureInfo.InvariantCulture);
        List<Transaction> history = ServingStore.History("C-1001", asOf, count);
        TransactionLog log = TransactionLog.From(history);
        Snapshot snapshot = model.Snapshot(log, null, asOf, false, 1, default);
        Forecast forecast = model.Predict(snapshot);
        Console.WriteLine(reader.Manifest.Description);
        Time("log", () => TransactionLog.From(history));
        Time("aggregates", () => Aggregator.Compute(log, snapshot.Window, snapshot.Aggregates.Catalogue, new AggregatorOptions { Returns = ReturnsPolicy.Net, Threads = 1 }));
        Time("aggregates and features", () => model.Snapshot(log, null, asOf, false, 1, default));
        foreach (ICustomerModel part in champion is Blend blend ? blend.Models : [champion])
            Time($"forecast of {part.Name}", () => part.Predict(snapshot, model.Horizon));
        Time("forecast of the champion, settled", () => model.Predict(snapshot));
        Time("score, of a snapshot", () => model.Score(snapshot, 0, 1, default));
        Time("score, of a history", () => model.Score(TransactionLog.From(history), null, asOf, 0, 1, default));
        Time("reasons, of a snapshot", () => new ChurnExplainer(champion).Explain(snapshot, [0], forecast));
        Time("score with three reasons", () => model.Score(TransactionLog.From(history), null, asOf, 3, 1, default));
        List<Transaction> batch = [.. Enumerable.Range(0, 1000).SelectMany(i => ServingStore.History($"C-{i:0000}", asOf.AddDays(-i % 50), count))];
        Time("log of 1,000 customers", () => TransactionLog.From(batch), 10);
        TransactionLog many = TransactionLog.From(batch);
        Snapshot snapshots = model.Snapshot(many, null, asOf, false, 1, default);
        Time("aggregates and features of 1,000 customers", () => model.Snapshot(many, null, asOf, false, 1, default), 10);
        Time("forecast of 1,000 customers", () => model.Predict(snapshots), 10);
        Time("score of 1,000 customers", () => model.Score(TransactionLog.From(batch), null, asOf, 0, 1, default), 10);
        return 0;
    }

    /// <summary>Processor time of the best of several rounds, after pauses in which the compiler does its best.</summary>
    private static void Time(string stage, Func<object> work, int calls = Calls)
    {
        double best = double.PositiveInfinity;
        long bytes = 0;
        for (int round = 0; round < Rounds; round++)
        {
            Thread.Sleep(40);
            long before = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan started = Environment.CpuUsage.TotalTime;
            for (int call = 0; call < calls; call++)
                work();
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - started).TotalMicroseconds / calls);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / calls;
        }
        Console.WriteLine(FormattableString.Invariant($"{stage,-45} {best,10:F1} us {bytes,10:N0} bytes"));
    }

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
