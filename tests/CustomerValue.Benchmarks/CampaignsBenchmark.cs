using System.Diagnostics;
using System.Globalization;
using CustomerValue.Data.Expressions;
using CustomerValue.Data.Transactions;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Simulation;

namespace CustomerValue.Benchmarks;

/// <summary>Planning and measuring a large campaign; there is no peer, so the limits of the house plan stand beside the figures.</summary>
internal sealed class CampaignsBenchmark : IBenchmark
{
    private const int Threads = 2, OutcomeDays = 60;

    public string Name => "campaigns";

    public string Summary => "plan of a campaign of 1 M customers (limit 10 s) and its result on 20 M transactions (limit 15 s): [--customers N]";

    public int Run(string[] args)
    {
        int at = Array.IndexOf(args, "--customers"), customers = at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 1_000_000;
        string folder = Directory.CreateTempSubdirectory("customer-value-campaigns-").FullName;
        try
        {
            SimulationOptions options = new() { Customers = customers, Days = 900, AcquisitionDays = 600, Campaigns = 0, Threads = Threads, Files = SimulationFiles.Transactions, Columns = SimulatedColumns.Minimal, LinesPerOrder = 2.2 };
            SimulationWriter.Write(folder, options);
            TransactionLog log = Timed("reading the log", () => TransactionReader.Read([Path.Combine(folder, "transactions.csv")], new ReaderOptions { Threads = Threads }).Log);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{log.RowCount:N0} transactions of {log.CustomerCount:N0} customers"));
            DateOnly start = log.LastDay.AddDays(1 - OutcomeDays);
            DecisionCustomers customersBefore = Customers(log, start);
            CampaignDesign design = new()
            {
                Name = "large",
                Start = start,
                OutcomeDays = OutcomeDays,
                Playbook = PlaybookReader.Default(DecisionCustomers.ScoredColumns),
                Arms = [new CampaignArm("newsletter", "newsletter", 1, 0.05, 0), new CampaignArm("voucher", null, 1, 2, 0)],
            };
            (CampaignPlan plan, CampaignAssignment assignment) = Timed("planning", () => new CampaignPlanner(customersBefore, log, ReturnsPolicy.Net).Plan(design, [.. customersBefore.Ids.Select(_ => true)], null, new GlobalHoldout(0), []));
            Timed("writing the plan", () => new CampaignFolder(Path.Combine(folder, "campaigns")).Save(plan, assignment, design.Playbook));
            Timed("result", () => CampaignMeasurement.Measure(plan, assignment, log, ReturnsPolicy.Net, null, null, []));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static DecisionCustomers Customers(TransactionLog log, DateOnly asOf)
    {
        int first = asOf.DayNumber - log.FirstDay.DayNumber;
        int[] known = [.. Enumerable.Range(0, log.CustomerCount).Where(c => log.Days[log.Offsets.Span[c]] < first)];
        Array.Sort([.. known.Select(c => log.Customers[c])], known, StringComparer.Ordinal);
        Random random = new(1);
        double[] churn = [.. known.Select(_ => random.NextDouble())], spend = [.. churn.Select(p => (1 - p) * 80 * random.NextDouble())];
        return new DecisionCustomers
        {
            AsOf = asOf,
            ModelVersion = "none",
            HorizonDays = 90,
            Ids = [.. known.Select(c => log.Customers[c])],
            ChurnProbability = churn,
            ExpectedMargin = [.. spend.Select(money => 0.4 * money)],
            MarginDeviation = new double[known.Length],
            YearCost = new double[known.Length],
            Potential = [.. spend.Select(money => 4 * money)],
            Strategy = [.. known.Select(_ => StrategyNames.All[random.Next(6)])],
            Stage = [.. known.Select(_ => "steady")],
            Further = [(new ExpressionColumn("expected_spend", ExpressionKind.Number), spend, null), (new ExpressionColumn("expected_purchases", ExpressionKind.Number), [.. churn.Select(p => 2 * (1 - p))], null)],
        };
    }

    private static T Timed<T>(string what, Func<T> work)
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        Stopwatch watch = Stopwatch.StartNew();
        T result = work();
        process.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {watch.Elapsed.TotalSeconds:0.0} s, {(process.TotalProcessorTime - before).TotalSeconds:0.0} s of processor, peak memory {process.PeakWorkingSet64 / 1e6:0} MB"));
        return result;
    }
}
