using System.Diagnostics;
using System.Globalization;
using CustomerValue.Strategy;
using CustomerValue.Strategy.Portfolio;
using CustomerValue.Strategy.Values;

namespace CustomerValue.Benchmarks;

/// <summary>Values, quadrants, stages and portfolio of generated customers; there is no peer, so the limits of the house plan stand beside the figures.</summary>
internal sealed class StrategyBenchmark : IBenchmark
{
    private const double MostSeconds = 20;
    private const double MostMegabytes = 2000;

    public string Name => "strategy";

    public string Summary => "recipe, strategies, portfolio and migration of 1 M customers (limits 20 s and 2 GB on 2 threads): [--customers N]";

    public int Run(string[] args)
    {
        int at = Array.IndexOf(args, "--customers");
        int customers = at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 1_000_000;
        StrategyInput input = Generate(customers, 1), later = Generate(customers, 2);
        GC.Collect();
        long started = Stopwatch.GetTimestamp();
        StrategyRecipe recipe = Timed("learn the recipe", () => CustomerStrategist.Learn(input, new StrategyOptions()));
        CustomerStrategies first = Timed("apply it", () => CustomerStrategist.Apply(input, recipe, threads: 2));
        Timed("portfolio", first.Portfolio);
        CustomerStrategies second = Timed("apply it to a later day, labels held", () => CustomerStrategist.Apply(later, recipe, first, threads: 2));
        MigrationMatrix moves = Timed("migration", () => MigrationMatrix.OfQuadrants(first, second));
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds, megabytes = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{customers:N0} customers, {recipe.Peers.Peers.Length:N0} nodes of peer groups, {moves.Changed:N0} changed: {seconds:0.0} s (at most {MostSeconds:0} wanted), peak memory with both inputs {megabytes:0} MB (at most {MostMegabytes:0})"));
        return seconds <= MostSeconds && megabytes <= MostMegabytes ? 0 : 1;
    }

    private static T Timed<T>(string what, Func<T> work)
    {
        long started = Stopwatch.GetTimestamp();
        T result = work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s"));
        return result;
    }

    private static StrategyInput Generate(int customers, int seed)
    {
        Random random = new(seed);
        double[] Column(Func<int, double> make)
        {
            double[] column = new double[customers];
            for (int i = 0; i < customers; i++)
                column[i] = make(i);
            return column;
        }

        double[] tenure = Column(_ => 1 + random.Next(1500)), days = Column(i => 1 + random.Next((int)Math.Min(40, tenure[i])));
        double[] since = Column(i => days[i] == 1 ? tenure[i] : 1 + random.Next((int)Math.Max(1, tenure[i] - days[i])));
        double[] order = Column(_ => Math.Exp(3 + 3 * random.NextDouble())), spend = Column(i => order[i] * days[i]);
        double[] year = Column(i => since[i] > 365 ? 0 : Math.Round(days[i] * Math.Min(1, 365 / tenure[i])));
        double[] future = Column(i => 900 * random.NextDouble() * spend[i] / (tenure[i] + 100));
        double[] margin = Column(i => (0.3 + 0.2 * random.NextDouble()) * spend[i]), cost = Column(i => 0.3 * random.NextDouble() * spend[i]);
        string[] ids = new string[customers];
        for (int i = 0; i < customers; i++)
            ids[i] = string.Create(CultureInfo.InvariantCulture, $"C{i:0000000}");
        return new StrategyInput
        {
            AsOf = new DateOnly(2024, 1, 1),
            Ids = ids,
            PurchaseDays = days,
            TenureDays = tenure,
            SinceLastDays = since,
            GapSquares = Column(i => days[i] > 1 ? 1.3 * (tenure[i] - since[i]) * (tenure[i] - since[i]) / (days[i] - 1) : 0),
            LastGapDays = Column(i => days[i] > 1 ? (tenure[i] - since[i]) / (days[i] - 1) : double.NaN),
            RecentPurchaseDays = [.. StrategyInput.RecentWindows.Select(window => Column(i => Math.Round(year[i] * window / 365)))],
            Spend = spend,
            SpendSquares = Column(i => 1.2 * order[i] * order[i] * days[i]),
            FirstSpend = order,
            YearSpend = Column(i => year[i] * order[i]),
            Margin = margin,
            YearMargin = Column(i => margin[i] * year[i] / days[i]),
            MarginSource = new MarginSource[customers],
            ChurnProbability = Column(_ => random.NextDouble()),
            ProbabilityAlive = Column(_ => random.NextDouble()),
            FutureSpend = future,
            FutureSpendP10 = Column(i => i % 3 == 0 ? 0.2 * future[i] : 0),
            FutureSpendP90 = Column(i => i % 5 == 0 ? 0 : 1.7 * future[i]),
            CostToServe = cost,
            YearCostToServe = Column(i => cost[i] * year[i] / days[i]),
            LikenessColumns = [Column(_ => Math.Log(1 + random.Next(60)))],
        };
    }
}
