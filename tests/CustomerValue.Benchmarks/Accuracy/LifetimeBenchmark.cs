using System.Diagnostics;
using System.Globalization;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Features;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Benchmarks.Accuracy;

/// <summary>What lifetime values of twelve months said, and what the twelve months brought: the base's total and the order of customers, beside last year's spend and the first horizon's forecast as rankings.</summary>
internal sealed class LifetimeBenchmark : IBenchmark
{
    private const int HorizonDays = 90, Months = 12;

    /// <summary>Nothing is taken off for time or cost, so that the value is the spend that is to come.</summary>
    private static readonly ValueOptions s_spend = new() { HorizonMonths = Months, AnnualDiscountRate = 0, DefaultMarginRate = 1 };

    private static readonly (string Log, DateOnly Day)[] s_public =
        [("online-retail", new(2010, 9, 1)), ("online-retail", new(2010, 12, 9)), ("cdnow-sample", new(1997, 7, 1)), ("cdnow-master", new(1997, 7, 1))];

    private static readonly DateOnly[] s_simulated = [new(2022, 7, 1), new(2023, 1, 1), new(2023, 7, 1)];

    public string Name => "lifetime";

    public string Summary => "what lifetime values of twelve months said and what came, total and order of customers: [--logs NAME,...] [--quick] [--as-train] [--data FOLDER] [--threads N]";

    public int Run(string[] args)
    {
        string[]? wanted = Option(args, "--logs")?.Split(',');
        AccuracyLogs logs = new(Option(args, "--data") ?? Path.Combine("..", "shared", "data"));
        int threads = int.Parse(Option(args, "--threads") ?? "2", CultureInfo.InvariantCulture);
        if (args.Contains("--as-train"))
            return AsTrain(wanted, logs, threads);
        CandidateCatalogue entrants = args.Contains("--quick") ? TrainedVersion.Quick : CandidateCatalogue.Standard;
        Console.WriteLine("| log | day | customers | said | came | said over came | Spearman: value | forecast of 90 days | last year | Gini: value | forecast of 90 days | last year | within 80 % interval |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        List<double> logRatios = [];
        foreach ((string log, DateOnly day) in Days(wanted, logs))
            logRatios.Add(Math.Log(Measure(log, logs[log], day, entrants, threads)));
        Console.WriteLine(FormattableString.Invariant($"mean |log(said over came)| {logRatios.Average(Math.Abs):F3} of {logRatios.Count}"));
        return 0;
    }

    /// <summary>The same days as <c>train</c> looks back on them: values that start from a smaller race than the champion's.</summary>
    private static int AsTrain(string[]? wanted, AccuracyLogs logs, int threads)
    {
        Console.WriteLine("| log | day | days known | customers | said over came | MAE: value | last year | Spearman: value | last year | Gini: value | last year | within 80 % interval | below | above | processor seconds |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach ((string name, DateOnly day) in Days(wanted, logs))
        {
            TransactionLog log = logs[name];
            DateOnly cutoff = day.AddDays(DaysIn.Year);
            AggregateCatalogue catalogue = AggregateCatalogue.Standard(log, HorizonDays, cutoff);
            RaceInput input = new(log, null, new SnapshotBuilder(catalogue, FeatureSchema.Standard(catalogue), ReturnsPolicy.Ignore, threads), new(cutoff, HorizonDays), Seed: 1, threads);
            TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
            LifetimeBacktest backtest = LifetimeBacktester.Run(input, CandidateCatalogue.Standard);
            double seconds = (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds;
            Console.WriteLine(backtest.Figures is not { } figures ? $"| {name} | {day:yyyy-MM-dd} | {backtest.WhyNot} |" : string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {day:yyyy-MM-dd} | {backtest.HistoryDays} | {figures.Customers} | {figures.Value.Said / figures.Came:F3} | {figures.Value.Mae:F1} | {figures.LastYear.Mae:F1} | {figures.Value.Spearman:F3} | {figures.LastYear.Spearman:F3} | {figures.Value.NormalizedGini:F3} | {figures.LastYear.NormalizedGini:F3} | {100 * figures.Coverage?.Covered:F1} % | {100 * figures.Coverage?.Below:F1} % | {100 * figures.Coverage?.Above:F1} % | {seconds:F1} |"));
        }
        return 0;
    }

    private static IEnumerable<(string Log, DateOnly Day)> Days(string[]? wanted, AccuracyLogs logs) =>
        s_public.Concat(from kind in SimulatedShop.Kinds where kind.Value.Amount > 0 from day in s_simulated select (kind.Key, day))
            .Where(one => (wanted is null || wanted.Contains(one.Item1)) && logs.Has(one.Item1) && logs[one.Item1].LastDay >= one.Item2.AddDays(DaysIn.Year - 1));

    private static double Measure(string name, TransactionLog log, DateOnly day, CandidateCatalogue entrants, int threads)
    {
        ScoringModel model = TrainedVersion.Of(log, day, HorizonDays, entrants, ReturnsPolicy.Ignore, threads, s_spend).Model;
        ScoredCustomers scored = model.Score(log, null, day, threads, default);
        int today = day.DayNumber - log.FirstDay.DayNumber;
        double[] came = Spend(today, today + DaysIn.Year), before = Spend(today - DaysIn.Year, today);
        double said = scored.LifetimeValue.Sum() / came.Sum();
        bool stated = scored.LifetimeValueP10.Length > 0;
        int within = stated ? Enumerable.Range(0, scored.Count).Count(i => came[i] >= scored.LifetimeValueP10[i] && came[i] <= scored.LifetimeValueP90[i]) : 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {day:yyyy-MM-dd} | {scored.Count} | {scored.LifetimeValue.Sum():F0} | {came.Sum():F0} | {said:F3} | {Order((predicted, actual) => Ranking.Spearman(predicted, actual))} | {Order((predicted, actual) => Ranking.NormalizedGini(actual, predicted))} | {(stated ? FormattableString.Invariant($"{100.0 * within / scored.Count:F1} %") : "-")} |"));
        return said;

        string Order(Func<double[], double[], double> of) => string.Create(CultureInfo.InvariantCulture, $"{of(scored.LifetimeValue, came):F3} | {of(scored.ExpectedSpend, came):F3} | {of(before, came):F3}");

        double[] Spend(int from, int to) => Array.ConvertAll(scored.Ids, id =>
        {
            double spend = 0;
            int customer = log.Customers.Find(id);
            for (int row = log.Offsets.Span[customer]; row < log.Offsets.Span[customer + 1]; row++)
                spend += log.Days[row] >= from && log.Days[row] < to ? Math.Max(log.Amounts[row], 0) : 0;
            return spend;
        });
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;
}
