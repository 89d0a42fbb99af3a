using System.Diagnostics;
using System.Globalization;
using CustomerValue.Boosting;

namespace CustomerValue.Benchmarks;

/// <summary>Scoring and explaining with 100 trees of 31 leaves on 30 features, beside XGBoost with the same trees.</summary>
internal sealed class BoostingScoring : IBenchmark
{
    private const int Rows = 200_000, Explained = 10_000;

    public string Name => "boosting-score";

    public string Summary => "rows a second in a batch, microseconds and bytes a single row, TreeSHAP, against XGBoost (2 threads)";

    public int Run(string[] args)
    {
        if (!PythonPeer.Has("xgboost"))
        {
            Console.Error.WriteLine("The peer is missing: apt-get install python3-xgboost");
            return 2;
        }
        BoostingTable table = new(Rows, 30);
        Booster model = BoosterTrainer.Fit(new(table.Training, table.Binary.Training), new() { Objective = Objectives.Logistic, Threads = 2 }).Model;
        double[] raw = new double[Rows];
        double batch = Seconds(() => model.PredictRaw(table.Training, raw));
        BoostingData few = table.Training.Select([.. Enumerable.Range(0, Explained)]);
        double[] contributions = new double[Explained * model.ContributionsWidth];
        double explain = Seconds(() => model.Contributions(few, contributions));
        (double single, long bytes) = Single(model, few);
        Dictionary<string, double> peer = Peer(table, model);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"batch     {Rows / batch,10:F0} rows/s (ours / theirs {peer["batch"] / batch:F2})"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"TreeSHAP  {Explained / explain,10:F0} rows/s (ours / theirs {peer["explain"] * Explained / 2000 / explain:F2})"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one row   {single * 1e6,10:F2} microseconds, {bytes} bytes allocated"));
        return 0;
    }

    private static (double Seconds, long Bytes) Single(Booster model, BoostingData data)
    {
        int width = data.Columns.Count;
        float[] rows = new float[1000 * width];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = data.Columns[i % width].Values.Span[i / width];
        double sum = 0;
        long allocated = 0;
        double seconds = Seconds(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20_000; i++)
                sum += model.PredictRaw(rows.AsSpan(i % 1000 * width, width));
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        return double.IsFinite(sum) ? (seconds / 20_000, allocated / 20_000) : throw new InvalidOperationException("A score is not finite.");
    }

    private static double Seconds(Action work)
    {
        List<double> times = [];
        for (int repeat = 0; repeat < 9; repeat++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            work();
            times.Add(watch.Elapsed.TotalSeconds);
        }
        times.Sort();
        return times[times.Count / 2];
    }

    private static Dictionary<string, double> Peer(BoostingTable table, Booster model)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("boosting-");
        try
        {
            table.Write(folder.FullName);
            using (FileStream file = File.Create(Path.Combine(folder.FullName, "model.json")))
                model.SaveXgboost(file);
            return PythonPeer.Numbers($$"""
                import numpy as np, xgboost as xgb, time
                X = np.fromfile('x', '<f4').reshape(-1, 30)[:{{Rows}}]
                b = xgb.Booster({'nthread': 2}, model_file='model.json')
                def median(f):
                    times = []
                    for _ in range(5):
                        start = time.time(); f(); times.append(time.time() - start)
                    return sorted(times)[2]
                print('batch', median(lambda: b.inplace_predict(X, validate_features=False)))
                d = xgb.DMatrix(X[:2000], nthread=2)
                print('explain', median(lambda: b.predict(d, pred_contribs=True, validate_features=False)))
                """, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
