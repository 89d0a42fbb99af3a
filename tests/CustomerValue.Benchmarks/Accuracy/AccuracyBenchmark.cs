using System.Diagnostics;
using System.Globalization;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Benchmarks.Accuracy;

/// <summary>The champion beside every candidate, the naive rules and an equal average of the candidates, on public and simulated logs.</summary>
internal sealed class AccuracyBenchmark : IBenchmark
{
    private const string Champion = "champion", Average = "equal-average", Fallback = "mbg-nbd";

    public string Name => "accuracy";

    public string Summary => "champion against candidates, naive rules and an equal average: [--splits PATTERN,...] [--withheld] [--data FOLDER] [--forecasts FOLDER] [--threads N] [--list]";

    public int Run(string[] args)
    {
        string[] patterns = Option(args, "--splits")?.Split(',') ?? ["*"];
        bool withheld = args.Contains("--withheld");
        AccuracyLogs logs = new(Option(args, "--data") ?? Path.Combine("..", "shared", "data"));
        AccuracySplit[] chosen = [.. AccuracySplit.All.Where(split => split.Withheld == withheld && patterns.Any(split.Fits))];
        string[] missing = [.. chosen.Select(split => split.Log).Distinct().Where(log => !logs.Has(log))];
        if (args.Contains("--list") || missing.Length > 0)
        {
            foreach (AccuracySplit split in chosen)
                Console.WriteLine(split.Name);
            if (missing.Length > 0)
                Console.Error.WriteLine($"Public files are missing for {string.Join(", ", missing)}; give their folder with --data, or choose others with --splits.");
            return missing.Length > 0 ? 2 : 0;
        }
        int threads = int.Parse(Option(args, "--threads") ?? "2", CultureInfo.InvariantCulture);
        Console.WriteLine($"| split | customers | entrant | {string.Join(" | ", AccuracyFigures.Losses)} | purchases bias | spend bias | Spearman | below P10 | above P90 | seconds of processor |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", AccuracyFigures.Losses.Count + 9))}");
        List<AccuracyFigures[]> all = [];
        foreach (AccuracySplit split in chosen)
            all.Add(Measure(split, logs[split.Log], threads, Option(args, "--forecasts")));
        if (all.Count > 0)
            Summarise(all);
        return 0;
    }

    private static AccuracyFigures[] Measure(AccuracySplit split, TransactionLog log, int threads, string? folder)
    {
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, split.Horizon, split.Cutoff);
        SnapshotBuilder builder = new(catalogue, FeatureSchema.Standard(catalogue), ReturnsPolicy.Ignore, threads);
        TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
        RaceResult race = new Race(CandidateCatalogue.Standard).Run(new RaceInput(log, null, builder, new(split.Cutoff, split.Horizon), Seed: 1, threads));
        double seconds = (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds;
        Holdout holdout = new(race.Latest);
        Entrant[] parts = [.. race.Entrants.Where(entrant => !entrant.IsBaseline && entrant.Trainer is not null && entrant.Model is not Blend)];
        List<(string Name, bool Naive, Forecast Forecast)> forecasts = [(Champion, false, race.Said.Of(race.Champion))];
        if (parts.Length > 0)
            forecasts.Add((Average, false, race.Said.Of(new AverageModel([.. parts.Select(part => part.Model)], [.. parts.Select(_ => 1.0 / parts.Length)]))));
        foreach (Entrant entrant in race.Entrants.Where(entrant => entrant.Trainer is not null))
            forecasts.Add((entrant.Model.Name, entrant.IsBaseline, entrant.IsBaseline ? race.Said.Raw(entrant.Model) : race.Said.Of(entrant.Model)));
        if (folder is not null)
            ForecastFile.Write(Path.Combine(folder, split.Name.Replace('/', '_') + ".csv"), holdout, forecasts);
        AccuracyFigures[] figures = [.. forecasts.Select(entry => AccuracyFigures.Of(entry.Name, entry.Naive, entry.Forecast, holdout))];
        if (race.Intervals?.Coverage(forecasts[0].Forecast, race.Latest)[0] is { } coverage)
            figures[0] = figures[0] with { Tails = (coverage.Below, coverage.Above) };
        foreach (AccuracyFigures one in figures)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {split.Name} | {race.Latest.Count} | {one.Entrant} | {string.Join(" | ", one.Mean.Select((mean, loss) => Show(mean, loss == 2 ? 2 : 4)))} | {Percent(one.Bias.Purchases)} | {Percent(one.Bias.Spend)} | {Show(one.Spearman, 4)} | {Percent(one.Tails.Below)} | {Percent(one.Tails.Above)} | {(one == figures[0] ? Show(seconds, 1) : "")} |"));
        AccuracyFigures best = figures.Skip(1).MinBy(one => one.Mean[0])!;
        Interval difference = PairedBootstrap.Difference(figures[0].ByCustomer[0], best.ByCustomer[0], seed: 1);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{split.Name}: {race.Champion.Description[..Math.Min(150, race.Champion.Description.Length)]}; purchases MAE {figures[0].Mean[0]:F4}, {difference.Estimate:+0.0000;-0.0000} [{difference.Low:+0.0000;-0.0000}, {difference.High:+0.0000;-0.0000}] against {best.Entrant}"));
        return figures;
    }

    /// <summary>The champion against each fixed entrant over all splits; where one did not run, the prior stands for it, as it would have had to.</summary>
    private static void Summarise(List<AccuracyFigures[]> all)
    {
        Console.WriteLine();
        Console.WriteLine($"Champion's loss over each fixed entrant's, mean over {all.Count} splits with 95 % bootstrap intervals over splits; * the best fixed entrant of that loss");
        Console.WriteLine();
        Console.WriteLine($"| entrant | {string.Join(" | ", AccuracyFigures.Losses)} |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", AccuracyFigures.Losses.Count + 1))}");
        string[] entrants = [.. all.SelectMany(split => split).Select(one => one.Entrant).Distinct().Where(name => name != Champion)];
        Interval[][] regrets = [.. entrants.Select(entrant => AccuracyFigures.Losses.Select((_, loss) => Regret.Of([.. all.Where(split => Find(split, entrant) is not null)
            .Select(split => (split[0].Mean[loss], Find(split, entrant)!.Mean[loss]))])).ToArray())];
        double[] worst = [.. AccuracyFigures.Losses.Select((_, loss) => regrets.Max(regret => regret[loss].Estimate))];
        for (int entrant = 0; entrant < entrants.Length; entrant++)
            Console.WriteLine($"| {entrants[entrant]} | {string.Join(" | ", regrets[entrant].Select((regret, loss) => $"{Percent(regret.Estimate)}{(regret.Estimate == worst[loss] ? "*" : "")} [{Percent(regret.Low)}, {Percent(regret.High)}]"))} |");
        Console.WriteLine();
        double[] below = [.. all.Select(split => split[0].Tails.Below).Where(double.IsFinite)], above = [.. all.Select(split => split[0].Tails.Above).Where(double.IsFinite)];
        Console.WriteLine($"Champion: mean |bias| of purchases {Percent(all.Average(split => Math.Abs(split[0].Bias.Purchases)))}, of spend {Percent(all.Select(split => Math.Abs(split[0].Bias.Spend)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average())}; "
            + $"below P10 {Percent(below.DefaultIfEmpty(double.NaN).Average())}, above P90 {Percent(above.DefaultIfEmpty(double.NaN).Average())} of {below.Length} splits.");

        static AccuracyFigures? Find(AccuracyFigures[] split, string name) => Array.Find(split, one => one.Entrant == name) ?? Array.Find(split, one => one.Entrant == Fallback);
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;

    private static string Show(double value, int decimals) => double.IsFinite(value) ? value.ToString("F" + decimals, CultureInfo.InvariantCulture) : "-";

    private static string Percent(double share) => double.IsFinite(share) ? share.ToString("+0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture) : "-";
}
