using System.Globalization;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Versions;

namespace CustomerValue.Benchmarks.Accuracy;

/// <summary>How often the total of the next horizon lies within the interval that a version states for it: 8 times of 10 is meant.</summary>
/// <remarks>As in use: the version is trained up to one horizon before the day, and nothing after the day is known to it.</remarks>
internal sealed class TotalsBenchmark : IBenchmark
{
    private const int HorizonDays = 90;
    private const double WantedLow = 0.7, WantedHigh = 0.9;

    private static readonly DateOnly[] s_days = [new(2023, 1, 1), new(2023, 7, 1), new(2023, 11, 1), new(2024, 4, 1)];

    public string Name => "totals";

    public string Summary => "coverage of the interval of the next total, on simulated shops with a level that stays and one that walks: [--seeds N] [--first-seed N] [--kinds NAME,...] [--steps S] [--threads N]";

    public int Run(string[] args)
    {
        int seeds = int.Parse(Option(args, "--seeds") ?? "3", CultureInfo.InvariantCulture), threads = int.Parse(Option(args, "--threads") ?? "2", CultureInfo.InvariantCulture);
        int first = int.Parse(Option(args, "--first-seed") ?? "1", CultureInfo.InvariantCulture);
        double walking = double.Parse(Option(args, "--steps") ?? "0.06", CultureInfo.InvariantCulture);
        string[] kinds = Option(args, "--kinds")?.Split(',') ?? [.. SimulatedShop.Kinds.Where(kind => kind.Value.Amount > 0).Select(kind => kind.Key)];
        Console.WriteLine("| shop | step a month | day | expected | came | came over expected | P10 over expected | P90 over expected | horizons looked back |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        List<Total> totals = [];
        foreach (string kind in kinds)
            for (int seed = first; seed < first + seeds; seed++)
                foreach (double steps in (double[])[0, walking])
                {
                    TransactionLog log = (SimulatedShop.Kinds[kind] with { Steps = steps, Customers = SimulatedShop.Kinds[kind].Customers / 2 }).Draw(seed);
                    foreach (DateOnly day in s_days)
                        totals.Add(Ask($"{kind} {seed}", steps, log, day, threads));
                }
        foreach (double steps in (double[])[0, walking])
            Say(FormattableString.Invariant($"steps of {steps:0.##} a month"), [.. totals.Where(total => total.Steps == steps)]);
        (double within, _) = Say("all", totals);
        return within is >= WantedLow and <= WantedHigh ? 0 : 1;
    }

    private static (double Within, int Count) Say(string what, IReadOnlyList<Total> totals)
    {
        Total[] stated = [.. totals.Where(total => total.Interval is not null)];
        double within = stated.Average(total => total.Came >= total.Interval!.Value.P10 && total.Came <= total.Interval.Value.P90 ? 1.0 : 0), error = Math.Sqrt(within * (1 - within) / stated.Length);
        Console.WriteLine(FormattableString.Invariant($"{what}: {within:P1} +- {error:P1} of {stated.Length} totals within (80 % is meant), below {stated.Average(total => total.Came < total.Interval!.Value.P10 ? 1.0 : 0):P1}, above {stated.Average(total => total.Came > total.Interval!.Value.P90 ? 1.0 : 0):P1}; median reach {stated.Select(total => total.Interval!.Value.P90 / total.Expected - 1).Order().ElementAt(stated.Length / 2):P1}, mean |log error| {stated.Average(total => Math.Abs(Math.Log(total.Came / total.Expected))):P1}"));
        return (within, stated.Length);
    }

    private static Total Ask(string shop, double steps, TransactionLog log, DateOnly day, int threads)
    {
        TransactionLog known = Before(log, day);
        ScoringModel model = TrainedVersion.Of(known, day.AddDays(-HorizonDays), HorizonDays, TrainedVersion.Quick, ReturnsPolicy.Net, threads).Model;
        Snapshot snapshot = model.Snapshot(log, null, day, withOutcomes: true, threads, default);
        double expected = model.Predict(snapshot).ExpectedSpend.Sum(), came = snapshot.Outcomes!.Spend.ToArray().Sum();
        PastForecasts past = PastForecasts.Of(model, known, null, day, threads, default);
        Total total = new(steps, expected, came, past.Around(expected));
        Console.WriteLine(FormattableString.Invariant($"| {shop} | {steps:0.##} | {day:yyyy-MM-dd} | {expected:F0} | {came:F0} | {came / expected:F3} | {total.Interval?.P10 / expected:F3} | {total.Interval?.P90 / expected:F3} | {past.Horizons.Count} |"));
        return total;
    }

    private static TransactionLog Before(TransactionLog log, DateOnly day)
    {
        TransactionLogBuilder builder = new();
        for (int customer = 0; customer < log.CustomerCount; customer++)
            for (int row = log.Offsets.Span[customer]; row < log.Offsets.Span[customer + 1]; row++)
                if (log.FirstDay.AddDays(log.Days[row]) is var date && date < day)
                    builder.Add(new Transaction(log.Customers[customer], date, log.Amounts[row]));
        return builder.Build();
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;

    private sealed record Total(double Steps, double Expected, double Came, (double P10, double P90)? Interval);
}
