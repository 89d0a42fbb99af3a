using System.Diagnostics;
using System.Globalization;
using CustomerValue.Boosting;

namespace CustomerValue.Benchmarks;

/// <summary>Training time, quality and memory beside XGBoost and, for 400,000 rows and fewer, scikit-learn.</summary>
/// <remarks>Each side trains in a process of its own, three times; the median counts. Time includes binning on both sides.</remarks>
internal sealed class BoostingTraining : IBenchmark
{
    private const int Features = 30, Trees = 100, Leaves = 31, Repeats = 3;

    public string Name => "boosting-train";

    public string Summary => "training against XGBoost hist (2 threads) and scikit-learn: [ROWS=400000]";

    public int Run(string[] args)
    {
        if (args is ["child", ..])
            return Child(args[1], args[2]);
        if (!PythonPeer.Has("xgboost"))
        {
            Console.Error.WriteLine("The peer is missing: apt-get install python3-xgboost python3-sklearn");
            return 2;
        }
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 400_000;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("boosting-");
        try
        {
            new BoostingTable(rows, Features).Write(folder.FullName);
            foreach (string label in new[] { "binary", "amounts" })
                Compare(rows, label, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return 0;
    }

    private static void Compare(int rows, string label, string folder)
    {
        Dictionary<string, double> ours = Ours(label, folder), xgboost = PythonPeer.Numbers(Xgboost(rows, label), folder);
        string quality = label == "binary" ? "AUC" : "deviance";
        Console.WriteLine($"{rows} x {Features}, {label}, {Trees} trees of {Leaves} leaves");
        Line("ours", ours, ours, quality);
        Line("XGBoost", xgboost, ours, quality);
        if (rows <= 400_000 && label == "binary" && PythonPeer.Has("sklearn"))
            Line("scikit-learn", PythonPeer.Numbers(ScikitLearn(rows), folder), ours, quality);
    }

    private static void Line(string name, Dictionary<string, double> peer, Dictionary<string, double> ours, string quality) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {name,-13} {peer["seconds"],7:F2} s (ours / theirs {ours["seconds"] / peer["seconds"]:F2}), cpu {peer["cpu"],7:F2} s ({ours["cpu"] / peer["cpu"]:F2}), {quality} {peer["quality"]:F5}, peak {peer["megabytes"]:F0} MB ({ours["megabytes"] / peer["megabytes"]:F2})"));

    /// <summary>Starts this program again, so that memory is that of training alone.</summary>
    private static Dictionary<string, double> Ours(string label, string folder)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (string argument in new[] { "boosting-train", "child", label, folder })
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static int Child(string label, string folder)
    {
        float[] labels = ReadFloats(Path.Combine(folder, label));
        int rows = labels.Length * 4 / 5;
        (BoostingData training, BoostingData held) = ReadTable(Path.Combine(folder, "x"), labels.Length, rows);
        BoosterOptions options = new() { Objective = label == "binary" ? Objectives.Logistic : Objectives.Tweedie(), Rounds = Trees, MaxLeaves = Leaves, Threads = 2 };
        List<(double Seconds, double Cpu)> times = [];
        double[] responses = new double[held.RowCount];
        using Process self = Process.GetCurrentProcess();
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            TimeSpan cpu = self.TotalProcessorTime;
            Stopwatch watch = Stopwatch.StartNew();
            Booster model = BoosterTrainer.Fit(new(training, labels.AsMemory(0, rows)), options).Model;
            double seconds = watch.Elapsed.TotalSeconds;
            self.Refresh();
            times.Add((seconds, (self.TotalProcessorTime - cpu).TotalSeconds));
            model.Predict(held, responses);
        }
        double quality = label == "binary" ? Metrics.AreaUnderCurve(responses, labels.AsSpan(rows)) : Metrics.TweedieDeviance(responses, labels.AsSpan(rows), 1.5);
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seconds {times[Repeats / 2].Seconds}\ncpu {times.Min(time => time.Cpu)}\nquality {quality}\nmegabytes {self.PeakWorkingSet64 / 1e6}"));
        return 0;
    }

    /// <summary>Straight into columns, so that the process never holds the table twice.</summary>
    private static (BoostingData Training, BoostingData Held) ReadTable(string path, int all, int rows)
    {
        float[][] columns = [.. Enumerable.Range(0, Features).Select(_ => new float[all])];
        using BinaryReader reader = new(new BufferedStream(File.OpenRead(path), 1 << 20));
        for (int row = 0; row < all; row++)
            foreach (float[] column in columns)
                column[row] = reader.ReadSingle();
        BoostingData Part(int from, int count) => new([.. columns.Select((column, i) => FeatureColumn.Numeric($"f{i}", column.AsMemory(from, count)))]);
        return (Part(0, rows), Part(rows, all - rows));
    }

    private static float[] ReadFloats(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        float[] values = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
        return values;
    }

    private static string Xgboost(int rows, string label) => Measured(rows, label, "import xgboost as xgb", $$"""
        d = xgb.DMatrix(X[:n], y[:n], nthread=2)
        b = xgb.train({'objective': '{{(label == "binary" ? "binary:logistic" : "reg:tweedie")}}', 'tree_method': 'hist', 'grow_policy': 'lossguide',
            'max_leaves': {{Leaves}}, 'max_depth': 0, 'eta': 0.1, 'max_bin': 255, 'nthread': 2}, d, {{Trees}})
        """, "b.predict(xgb.DMatrix(X[n:]))");

    private static string ScikitLearn(int rows) => Measured(rows, "binary", "from sklearn.ensemble import HistGradientBoostingClassifier as H", $$"""
        b = H(max_iter={{Trees}}, max_leaf_nodes={{Leaves}}, learning_rate=0.1, early_stopping=False, max_bins=255).fit(X[:n], y[:n])
        """, "b.predict_proba(X[n:])[:, 1]");

    private static string Measured(int rows, string label, string import, string train, string predict) => $$"""
        import os
        os.environ['OMP_NUM_THREADS'] = '2'
        import numpy as np, time, resource
        {{import}}
        from sklearn.metrics import roc_auc_score
        n = {{rows}}
        y = np.fromfile('{{label}}', '<f4')
        X = np.fromfile('x', '<f4').reshape(len(y), {{Features}})
        times = []
        cpus = []
        for repeat in range({{Repeats}}):
            start, cpu = time.time(), time.process_time()
            {{train.Replace("\n", "\n    ", StringComparison.Ordinal)}}
            times.append(time.time() - start)
            cpus.append(time.process_time() - cpu)
            if repeat < {{Repeats - 1}}:
                b = d = None
        p, t = {{predict}}, y[n:]
        q = roc_auc_score(t, p) if '{{label}}' == 'binary' else np.mean(2 * (t**.5 / -.25 + t * 2 * p**-.5 + 2 * p**.5))
        print('seconds', sorted(times)[{{Repeats / 2}}])
        print('cpu', min(cpus))
        print('quality', q)
        print('megabytes', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6)
        """;
}
