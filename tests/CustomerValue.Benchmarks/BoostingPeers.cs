using System.Diagnostics;
using System.Globalization;
using CustomerValue.Boosting;

namespace CustomerValue.Benchmarks;

/// <summary>Ours beside LightGBM's own library and ML.NET's FastTree on the same rows: fitting, scoring, reasons, quality and memory.</summary>
/// <remarks>
/// Each in a process of its own, one after another. Processor time counts, for the machine may be busy. Same trees, leaves, rate and bins; one thread, for several wait for each other in a busy loop. FastTree knows no missing values: it gets each number and a flag.
/// The one-hot table is one for bundles of exclusive features, which FastTree does not know.
/// Reasons are TreeSHAP of ours and LightGBM's; ML.NET's contributions follow the path alone and cost less.
/// </remarks>
internal sealed class BoostingPeers : IBenchmark
{
    public const int Features = 30, Trees = 100, Leaves = 31, Reasons = 2_000;

    public string Name => "boosting-peers";

    public string Summary => "training, scoring and reasons against LightGBM 4.7.0 and ML.NET's FastTree 5.0.1: [ROWS=100000]";

    public int Run(string[] args)
    {
        if (args is ["child", ..])
            return Child(args[1], args[2], int.Parse(args[3], CultureInfo.InvariantCulture));
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        foreach (string label in new[] { "binary", "amounts", "one-hot" })
        {
            Console.WriteLine($"{rows} x {(label == "one-hot" ? OneHotTable.Columns : Features)}, {label}, {Trees} trees of {Leaves} leaves; ratios are ours / theirs");
            Dictionary<string, double> ours = Measure("ours", label, rows);
            Line("ours", ours, ours, label);
            foreach (string peer in label == "one-hot" ? ["lightgbm"] : new[] { "lightgbm", "fasttree" })
                if (Measure(peer, label, rows) is { Count: > 0 } theirs)
                    Line(peer, theirs, ours, label);
                else
                    Console.WriteLine($"  {peer,-9} is missing: LightGBM's library needs libgomp1, on x64");
        }
        return 0;
    }

    private static void Line(string name, Dictionary<string, double> peer, Dictionary<string, double> ours, string label)
    {
        string Part(string what, string key, string format) => string.Create(CultureInfo.InvariantCulture, $"{what} {peer[key].ToString(format, CultureInfo.InvariantCulture)} ({ours[key] / peer[key]:F2})");
        Console.WriteLine($"  {name,-9} cpu seconds: {Part("fit", "fit", "F2")}, {Part("score", "score", "F3")}, {Part($"{Reasons} reasons", "reasons", "F3")}; {(label == "amounts" ? "deviance" : "AUC")} {peer["quality"].ToString("F5", CultureInfo.InvariantCulture)}; {Part("MB over the table", "megabytes", "F0")}");
    }

    private static Dictionary<string, double> Measure(string who, string label, int rows)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["boosting-peers", "child", who, label, rows.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static int Child(string who, string label, int rows)
    {
        (BoostingData training, BoostingData held, BoostingTable.Labels labels) = Table(label, rows);
        bool binary = label != "amounts";
        IBoostingPeer peer = who switch { "lightgbm" => new LightGbmPeer(), "fasttree" => new FastTreePeer(), _ => new OurBooster() };
        if (!peer.IsPresent)
            return 2;
        peer.Take(training, held, labels.Training.ToArray(), binary);
        long before = Resident();
        double fit = Cpu(peer.Fit);
        double megabytes = (Peak() - before) / 1e6;
        double[] responses = [];
        double score = Cpu(() => responses = peer.Score());
        double quality = binary ? Metrics.AreaUnderCurve(responses, labels.Held.Span) : Metrics.TweedieDeviance(responses, labels.Held.Span, 1.5);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fit {fit}\nscore {score}\nreasons {Cpu(peer.Explain)}\nquality {quality}\nmegabytes {megabytes}"));
        return 0;
    }

    private static (BoostingData Training, BoostingData Held, BoostingTable.Labels Labels) Table(string label, int rows)
    {
        if (label == "one-hot")
        {
            OneHotTable flags = new(rows);
            return (flags.Training, flags.Held, flags.Truth);
        }
        BoostingTable table = new(rows, Features);
        return (table.Training, table.Held, label == "binary" ? table.Binary : table.Amounts);
    }

    private static double Cpu(Action work)
    {
        using Process self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        work();
        self.Refresh();
        return (self.TotalProcessorTime - before).TotalSeconds;
    }

    /// <summary>Memory now, after which the highest mark counts from here where the system lets it.</summary>
    private static long Resident()
    {
        GC.Collect();
        if (File.Exists("/proc/self/clear_refs"))
            File.WriteAllText("/proc/self/clear_refs", "5");
        return Environment.WorkingSet;
    }

    private static long Peak()
    {
        using Process self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
