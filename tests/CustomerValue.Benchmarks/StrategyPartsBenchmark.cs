using System.Diagnostics;
using System.Globalization;
using CustomerValue.Data.Transactions;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Influence;
using CustomerValue.Strategy.Scorecard;

namespace CustomerValue.Benchmarks;

/// <summary>Cost to serve, influence and scorecard of generated customers, files included; there is no peer, so the limits of the house plan stand beside the figures.</summary>
internal sealed class StrategyPartsBenchmark : IBenchmark
{
    private static readonly DateOnly s_start = new(2023, 1, 1);
    private static readonly string[] s_activities = ["delivery", "return_handling", "call", "complaint"];

    public string Name => "strategy-parts";

    public string Summary => "cost to serve, referral flow (limit 5 s) and scorecard of 1 M customers with 5 M activities and 1 M referrals: [--customers N]";

    public int Run(string[] args)
    {
        int at = Array.IndexOf(args, "--customers");
        int customers = at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 1_000_000;
        NameTable names = new([.. Enumerable.Range(1, customers).Select(i => string.Create(CultureInfo.InvariantCulture, $"C{i:0000000}"))]);
        _ = names.Find("");
        string folder = Directory.CreateTempSubdirectory("customer-value-strategy-").FullName;
        try
        {
            Costs(Path.Combine(folder, "activities.csv"), names);
            Influence(Path.Combine(folder, "referrals.csv"), names);
            Scorecard(customers);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"));
        return 0;
    }

    private static void Costs(string path, NameTable names)
    {
        Random random = new(1);
        using (StreamWriter file = new(path))
        {
            file.Write("customer_id,date,activity,minutes\n");
            for (int i = 0; i < 5 * names.Count; i++)
                file.Write(string.Create(CultureInfo.InvariantCulture, $"{names[i / 5]},{s_start.AddDays(random.Next(365)):yyyy-MM-dd},{s_activities[random.Next(4)]},{random.Next(2, 30)}\n"));
        }
        CostRates rates = new([.. s_activities.Select(activity => new ActivityRate(activity, "piece", 1.40, null, "desk"))], [new ResourcePool("desk", 80m * names.Count, 100.0 * names.Count)]);
        ActivityLog log = Timed("read 5 activities a customer", () => ActivityLog.Read(path, names));
        CostToServe costs = Timed("cost them", () => CostToServe.Compute(log, rates, new CostPeriod(s_start, s_start.AddYears(1))));
        long sum = 0;
        foreach (long cents in costs.Cents)
            sum += cents;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  customers {sum / 100m:0.00} = total {costs.Total:0.00}; assigned {costs.Pools[0].Assigned:0.00} + idle {costs.Pools[0].Idle:0.00} = {costs.Pools[0].Pool.Cost:0.00}"));
        double[] money = costs.ToMoney();
        Timed("whale curve", () => WhaleCurve.Of(Array.ConvertAll(money, cost => 60 - cost)));
    }

    private static void Influence(string path, NameTable names)
    {
        // Half of all referrals name one of the first thousand customers; a tenth runs against the order of arrival and may close circles.
        Random random = new(2);
        using (StreamWriter file = new(path))
        {
            file.Write("referrer_id,referee_id,date\n");
            for (int i = 0; i < names.Count; i++)
                file.Write(string.Create(CultureInfo.InvariantCulture, $"{names[random.Next(2) == 0 ? random.Next(1000) % names.Count : random.Next(names.Count)]},{names[random.Next(names.Count)]},{s_start.AddDays(random.Next(365)):yyyy-MM-dd}\n"));
        }
        DateOnly[] firstDays = [.. Enumerable.Range(0, names.Count).Select(i => s_start.AddDays((int)(365L * i / names.Count) - random.Next(300)))];
        double[] values = [.. names.Names.Select(_ => (random.NextDouble() * 1000) - 100)];
        ReferralGraph graph = Timed("read 1 referral a customer, build the graph", () => ReferralGraph.Read(path, new ReferralScope(names, firstDays)));
        foreach (InfluenceOptions options in new[] { new InfluenceOptions(), new InfluenceOptions { MaxHops = 10, Decay = 0.9 } })
        {
            InfluenceValues influence = Timed($"flow over {options.MaxHops} hops", () => InfluenceValues.Compute(graph, values, options));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {graph.Count:N0} edges; credited {influence.Credited.ToArray().Sum():0.0000}, shared {influence.Shared.ToArray().Sum():0.0000}"));
        }
    }

    private static void Scorecard(int customers)
    {
        Random random = new(3);
        IndicatorTable table = new(customers, IndicatorCatalogue.Standard.Indicators.Select(indicator =>
            (indicator.Name, Enumerable.Range(0, customers).Select(_ => random.Next(10) == 0 ? double.NaN : Math.Exp(4 * random.NextDouble())).ToArray())));
        FittedScorecard fitted = Timed("fit the default scorecard", () => ValueScorecard.Default.Fit(table));
        Timed("score", () => fitted.Score(table));
    }

    private static T Timed<T>(string what, Func<T> work)
    {
        long started = Stopwatch.GetTimestamp();
        T result = work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-45} {Stopwatch.GetElapsedTime(started).TotalSeconds,7:0.00} s"));
        return result;
    }
}
