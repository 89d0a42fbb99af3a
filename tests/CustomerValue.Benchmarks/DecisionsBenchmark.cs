using System.Diagnostics;
using System.Globalization;
using CustomerValue.Decisions.Optimisation;

namespace CustomerValue.Benchmarks;

/// <summary>The optimiser on a large base; there is no peer, so the limits of the house plan stand beside the figures.</summary>
internal sealed class DecisionsBenchmark : IBenchmark
{
    private const int Actions = 20, Capacities = 5, Threads = 2;

    public string Name => "decisions";

    public string Summary => "budget and five capacities over 1 M customers x 20 actions (limits 8 s, 2 GB): [--customers N]";

    public int Run(string[] args)
    {
        int at = Array.IndexOf(args, "--customers");
        PlanProblem problem = Problem(at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 1_000_000);
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        Stopwatch watch = Stopwatch.StartNew();
        PlanSolution solution = PlanOptimiser.Solve(problem, new OptimiserOptions { Threads = Threads });
        process.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{problem.Customers} customers x {Actions}: {watch.Elapsed.TotalSeconds:0.0} s, {(process.TotalProcessorTime - before).TotalSeconds:0.0} s of processor, gap {solution.Gap:P6}, peak memory {process.PeakWorkingSet64 / 1e6:0} MB"));
        return 0;
    }

    private static PlanProblem Problem(int customers)
    {
        Random random = new(1);
        double[] gain = new double[customers * Actions], cost = new double[customers * Actions], price = new double[Actions], lift = new double[Actions];
        for (int a = 0; a < Actions; a++)
        {
            price[a] = random.NextDouble() * 9 + 0.5;
            lift[a] = 0.5 + random.NextDouble();
        }
        for (int i = 0; i < customers; i++)
        {
            double stake = Math.Exp(random.NextDouble() * 3);
            for (int a = 0; a < Actions; a++)
            {
                int o = i * Actions + a;
                cost[o] = price[a] * (0.9 + 0.2 * random.NextDouble());
                gain[o] = random.Next(3) == 0 ? double.NaN : stake * lift[a] * (0.3 + random.NextDouble()) - cost[o] * 0.5;
            }
        }
        List<Limit> limits = [Limit.Budget(customers * 0.5)];
        for (int k = 0; k < Capacities; k++)
            limits.Add(new Limit($"capacity {k}", LimitMeasure.Units) { UnitsByAction = [.. Enumerable.Range(0, Actions).Select(a => a % Capacities == k ? 1.0 : 0)], Most = customers * (0.03 + 0.01 * k) });
        return new PlanProblem { Customers = customers, Actions = Actions, Gain = gain, Cost = cost, Limits = limits };
    }
}
