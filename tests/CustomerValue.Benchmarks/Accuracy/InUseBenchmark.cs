using System.Globalization;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Versions;

namespace CustomerValue.Benchmarks.Accuracy;

/// <summary>A version as it is used: trained a horizon before the day it is asked at, beside itself at its cutoff, a fresh version whose cutoff is that day, and the naive rules.</summary>
internal sealed class InUseBenchmark : IBenchmark
{
    private const string AtCutoff = "at its cutoff", InUse = "a horizon after", Fresh = "fresh";

    /// <summary>Horizons of history that a version needs before its cutoff.</summary>
    private const int LeastHorizons = 2;

    public string Name => "in-use";

    public string Summary => "a version at its cutoff and asked a horizon after it, beside a fresh one and naive rules: figures, tails of customers' intervals, P(alive) and next purchase: [--splits PATTERN,...] [--withheld] [--quick] [--groups] [--data FOLDER] [--threads N]";

    public int Run(string[] args)
    {
        string[] patterns = Option(args, "--splits")?.Split(',') ?? ["*"];
        bool withheld = args.Contains("--withheld");
        AccuracyLogs logs = new(Option(args, "--data") ?? Path.Combine("..", "shared", "data"));
        int threads = int.Parse(Option(args, "--threads") ?? "2", CultureInfo.InvariantCulture);
        CandidateCatalogue entrants = args.Contains("--quick") ? TrainedVersion.Quick : CandidateCatalogue.Standard;
        Console.WriteLine($"| split | customers | who | {string.Join(" | ", AccuracyFigures.Losses)} | purchases bias | spend bias | Spearman | inside | below P10 | above P90 | interval score | mean P(alive) | came back | bought by the median day |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", AccuracyFigures.Losses.Count + 13))}");
        List<Asked> all = [];
        foreach (AccuracySplit split in AccuracySplit.All.Where(split => split.Withheld == withheld && patterns.Any(split.Fits) && logs.Has(split.Log)))
            if (split.Cutoff.AddDays(-(1 + LeastHorizons) * split.Horizon.Days) >= logs[split.Log].FirstDay)
                foreach (Asked asked in Measure(split, logs[split.Log], entrants, threads))
                {
                    all.Add(asked);
                    Console.WriteLine(asked.Row(split.Name));
                    if (args.Contains("--groups"))
                        foreach (GroupCoverage group in asked.Coverage.Skip(1))
                            Console.Error.WriteLine(FormattableString.Invariant($"{split.Name} {asked.Figures.Entrant}: {group.Group} {group.Customers}: {group.Covered:P1}, {group.Below:P1} below, {group.Above:P1} above"));
                }
        foreach (IGrouping<string, Asked> who in all.GroupBy(asked => asked.Figures.Entrant))
            Console.WriteLine(Asked.Mean([.. who]).Row($"mean of {who.Count()}"));
        return 0;
    }

    private static IEnumerable<Asked> Measure(AccuracySplit split, TransactionLog log, CandidateCatalogue entrants, int threads)
    {
        DateOnly cutoff = split.Cutoff.AddDays(-split.Horizon.Days);
        TrainedVersion older = TrainedVersion.Of(log, cutoff, split.Horizon, entrants, ReturnsPolicy.Ignore, threads);
        yield return Ask(older, AtCutoff, log, cutoff, threads);
        yield return Ask(older, InUse, log, split.Cutoff, threads);
        TrainedVersion fresh = TrainedVersion.Of(log, split.Cutoff, split.Horizon, entrants, ReturnsPolicy.Ignore, threads);
        yield return Ask(fresh, Fresh, log, split.Cutoff, threads);
        Snapshot now = fresh.Race.Latest;
        foreach (ICustomerModel rule in fresh.Race.Entrants.Where(entrant => entrant.IsBaseline).Select(entrant => entrant.Model))
            yield return new Asked(AccuracyFigures.Of(rule.Name, naive: true, rule.Predict(now, split.Horizon), new Holdout(now)), now.Count, [], (double.NaN, double.NaN, double.NaN), double.NaN);
    }

    private static Asked Ask(TrainedVersion version, string who, TransactionLog log, DateOnly day, int threads)
    {
        Snapshot snapshot = version.Model.Snapshot(log, null, day, withOutcomes: true, threads, default);
        ScoredCustomers scored = version.Model.Score(snapshot, 0, threads, default);
        Forecast forecast = scored.ToForecast();
        return new Asked(AccuracyFigures.Of(who, naive: false, forecast, new Holdout(snapshot)), snapshot.Count, version.Race.Intervals?.Coverage(forecast, snapshot) ?? [], Return(scored, log), Score(scored, snapshot.Outcomes!.Spend));
    }

    /// <summary>Mean width of the 80 % interval of spend and ten times what outcomes lie outside it, over mean spend (Gneiting and Raftery 2007): the lower, the better.</summary>
    private static double Score(ScoredCustomers scored, ReadOnlySpan<double> came)
    {
        double score = 0;
        for (int i = 0; i < scored.SpendP10.Length; i++)
            score += scored.SpendP90[i] - scored.SpendP10[i] + 10 * (Math.Max(0, scored.SpendP10[i] - came[i]) + Math.Max(0, came[i] - scored.SpendP90[i]));
        double mean = Ranking.Mean(came);
        return scored.SpendP10.Length > 0 && mean > 0 ? score / scored.Count / mean : double.NaN;
    }

    /// <summary>What is said of coming back, and who did until the log ends: everyone, and those of them whose median day lies within it.</summary>
    private static (double Alive, double CameBack, double ByMedian) Return(ScoredCustomers scored, TransactionLog log)
    {
        int left = log.LastDay.DayNumber + 1 - scored.AsOf.DayNumber, back = 0, told = 0, by = 0;
        Dictionary<string, int> rows = Enumerable.Range(0, log.CustomerCount).ToDictionary(customer => log.Customers[customer], StringComparer.Ordinal);
        int first = scored.AsOf.DayNumber - log.FirstDay.DayNumber;
        for (int i = 0; i < scored.Count; i++)
        {
            int customer = rows[scored.Ids[i]], next = int.MaxValue;
            for (int row = log.Offsets.Span[customer]; row < log.Offsets.Span[customer + 1]; row++)
                if (log.Days[row] >= first && log.Amounts[row] >= 0)
                    next = Math.Min(next, log.Days[row] - first);
            back += next < int.MaxValue ? 1 : 0;
            if (scored.NextPurchaseDays[i] >= left)
                continue;
            told++;
            by += next <= scored.NextPurchaseDays[i] ? 1 : 0;
        }
        return (scored.ProbabilityAlive.Average(), (double)back / scored.Count, told == 0 ? double.NaN : (double)by / told);
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;

    private sealed record Asked(AccuracyFigures Figures, int Customers, IReadOnlyList<GroupCoverage> Coverage, (double Alive, double CameBack, double ByMedian) Return, double IntervalScore)
    {
        /// <summary>Means over splits; of biases, of how large they are.</summary>
        public static Asked Mean(IReadOnlyList<Asked> all)
        {
            return new Asked(
                new AccuracyFigures(all[0].Figures.Entrant, all[0].Figures.IsNaive)
                {
                    ByCustomer = [],
                    Mean = [.. AccuracyFigures.Losses.Select((_, loss) => Of(asked => asked.Figures.Mean[loss]))],
                    Bias = (Of(asked => Math.Abs(asked.Figures.Bias.Purchases)), Of(asked => Math.Abs(asked.Figures.Bias.Spend))),
                    Spearman = Of(asked => asked.Figures.Spearman),
                },
                all.Sum(asked => asked.Customers),
                [new GroupCoverage("all", 0, Of(asked => asked.All.Covered), Of(asked => asked.All.Below), Of(asked => asked.All.Above))],
                (Of(asked => asked.Return.Alive), Of(asked => asked.Return.CameBack), Of(asked => asked.Return.ByMedian)), Of(asked => asked.IntervalScore));

            double Of(Func<Asked, double> of) => all.Select(of).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        }

        public string Row(string split) => string.Create(CultureInfo.InvariantCulture, $"| {split} | {Customers} | {Figures.Entrant} | {string.Join(" | ", Figures.Mean.Select((mean, loss) => Show(mean, loss == 2 ? 2 : 4)))} | {Percent(Figures.Bias.Purchases)} | {Percent(Figures.Bias.Spend)} | {Show(Figures.Spearman, 4)} | {Percent(All.Covered)} | {Percent(All.Below)} | {Percent(All.Above)} | {Show(IntervalScore, 3)} | {Percent(Return.Alive)} | {Percent(Return.CameBack)} | {Percent(Return.ByMedian)} |");

        private GroupCoverage All => Coverage.Count > 0 ? Coverage[0] : new("all", 0, double.NaN, double.NaN, double.NaN);

        private static string Show(double value, int decimals) => double.IsFinite(value) ? value.ToString("F" + decimals, CultureInfo.InvariantCulture) : "-";

        private static string Percent(double share) => double.IsFinite(share) ? share.ToString("0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture) : "-";
    }
}
