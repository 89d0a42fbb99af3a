using System.Globalization;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Benchmarks.Accuracy;

/// <summary>How far the level of a base lies off, at the cutoff of a version and as a version is used: up to a horizon after it.</summary>
internal sealed class LevelsBenchmark : IBenchmark
{
    private const int HorizonDays = 90, StepDays = 20;

    private static readonly int[] s_ahead = [0, 30, 60, 90];

    public string Name => "levels";

    public string Summary => "error of the level of the base at a version's cutoff and some days after it, beside no level and the cutoff's own: [--logs NAME,...] [--seeds N] [--from DAYS] [--to DAYS] [--data FOLDER]";

    public int Run(string[] args)
    {
        AccuracyLogs logs = new(Option(args, "--data") ?? Path.Combine("..", "shared", "data"));
        string[] chosen = Option(args, "--logs")?.Split(',') ?? ["online-retail", .. SimulatedShop.Kinds.Keys];
        int seeds = int.Parse(Option(args, "--seeds") ?? "2", CultureInfo.InvariantCulture);
        int from = int.Parse(Option(args, "--from") ?? "380", CultureInfo.InvariantCulture), to = int.Parse(Option(args, "--to") ?? "100000", CultureInfo.InvariantCulture);
        Console.WriteLine($"| log | {string.Join(" | ", s_ahead.Select(days => $"+{days}: none | of the cutoff | forecast"))} | cutoffs |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", 3 * s_ahead.Length + 2))}");
        foreach (string name in chosen)
        {
            TransactionLog[] all = SimulatedShop.Kinds.TryGetValue(name, out SimulatedShop? shop) ? [.. Enumerable.Range(1, seeds).Select(shop.Draw)] : [logs[name]];
            List<double[]> errors = [];
            foreach (TransactionLog log in all)
                for (DateOnly cutoff = log.FirstDay.AddDays(from); cutoff.AddDays(s_ahead[^1] + HorizonDays) <= End(name, log) && cutoff <= log.FirstDay.AddDays(to); cutoff = cutoff.AddDays(StepDays))
                    if (Ask(log, cutoff) is { } off)
                    {
                        errors.Add(off);
                        if (args.Contains("--each"))
                            Console.WriteLine($"{name} {cutoff:yyyy-MM-dd}: {string.Join(" ", off.Select(value => value.ToString("F3", CultureInfo.InvariantCulture)))}");
                    }
            if (errors.Count > 0)
                Console.WriteLine($"| {name} | {string.Join(" | ", Enumerable.Range(0, 3 * s_ahead.Length).Select(column => Math.Sqrt(errors.Average(off => off[column] * off[column])).ToString("F3", CultureInfo.InvariantCulture)))} | {errors.Count} |");
        }
        return 0;
    }

    /// <summary>Nothing is chosen on what Online Retail II did from June 2011 on.</summary>
    private static DateOnly End(string name, TransactionLog log) => name == "online-retail" ? new DateOnly(2011, 9, 1) : log.LastDay.AddDays(1);

    private static double[]? Ask(TransactionLog log, DateOnly cutoff)
    {
        BuyTillYouDieTrainer trainer = new("mbg-nbd");
        AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, HorizonDays, cutoff);
        SnapshotBuilder builder = new(catalogue, FeatureSchema.Standard(catalogue), ReturnsPolicy.Ignore, 2);
        Snapshot latest = builder.Build(log, null, new(cutoff, HorizonDays), default);
        PastOrigins past = PastOrigins.Build([.. OriginPlan.For(log.FirstDay, latest.Window).Windows.Select(window => builder.BuildWithOutcomes(log, null, window, default))], trainer, 2, null, default);
        if (past.Count == 0 || !trainer.CanFit(latest))
            return null;
        IPriorModel prior = trainer.FitPrior(latest, 2, default);
        BaseActivity activity = BaseActivity.Of(log, cutoff);
        LevelCurve curve = LevelForecaster.Learn(past, activity, activity, latest.Window, prior.View(latest, HorizonDays));
        List<double> off = [];
        foreach (int days in s_ahead)
        {
            Snapshot then = builder.BuildWithOutcomes(log, null, new(cutoff.AddDays(days), HorizonDays), default);
            double came = Level.Measure(then, prior.View(then, HorizonDays)).Purchases;
            off.AddRange([came, came - curve.At(cutoff).Purchases, came - curve.At(cutoff.AddDays(days)).Purchases]);
        }
        return [.. off];
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;
}
