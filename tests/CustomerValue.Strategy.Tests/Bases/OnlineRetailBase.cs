using CustomerValue.Data.Transactions;
using CustomerValue.Strategy.Costs;
using CustomerValue.Strategy.Values;

namespace CustomerValue.Strategy.Tests.Bases;

/// <summary>Online Retail II with orders, picked lines, returns and the lines of postage, discounts, manual entries and bank charges as activities. Margin and rates are assumed: the data hold none.</summary>
internal sealed class OnlineRetailBase
{
    private const double AssumedMargin = 0.35;
    private static readonly string[] s_serviceLines = ["POST", "D", "M", "BANK CHARGES"];
    private static readonly CostRates s_rates = new(
    [
        new ActivityRate("order", "order", 6), new ActivityRate("line", "line", 0.30), new ActivityRate("return", "line", 5),
        new ActivityRate("POST", "line", 12), new ActivityRate("D", "line", 2), new ActivityRate("M", "line", 8), new ActivityRate("BANK CHARGES", "line", 15),
    ]);

    private readonly ScoredBase _scored;
    private readonly ActivityLog _activities;

    private OnlineRetailBase(DateOnly trainedAt)
    {
        TransactionLog log = TransactionReader.Read(
            [ReferenceData.File("uci_online_retail", "online_retail_2009_2010.csv.gz"), ReferenceData.File("uci_online_retail", "online_retail_2010_2011.csv.gz")],
            new ReaderOptions { Threads = 2 }).Log;
        _scored = ScoredBase.Train(log, trainedAt, 36, ScoredBase.QuickCandidates);
        _activities = ActivityLog.From(Activities(log), log.Customers);
    }

    public static Lazy<OnlineRetailBase> Shared { get; } = new(() => new OnlineRetailBase(new DateOnly(2011, 6, 1)));

    public TransactionLog Log => _scored.Log;

    /// <summary>The customers at a day, with what they cost until then.</summary>
    public StrategyInput At(DateOnly day)
    {
        (Data.Aggregates.CustomerAggregates aggregates, StrategyInput input) = _scored.At(day, new MarginOptions { DefaultRate = AssumedMargin });
        double[] all = CostToServe.Compute(_activities, s_rates, new CostPeriod(Log.FirstDay, day)).ToMoney();
        double[] year = CostToServe.Compute(_activities, s_rates, new CostPeriod(day.AddDays(-365), day)).ToMoney();
        int[] population = aggregates.Population.ToArray();
        return input with { CostToServe = Array.ConvertAll(population, customer => all[customer]), YearCostToServe = Array.ConvertAll(population, customer => year[customer]) };
    }

    /// <summary>Spend of the customers in the days after a day.</summary>
    public double[] SpendAfter(StrategyInput input, int days)
    {
        int from = input.AsOf.DayNumber - Log.FirstDay.DayNumber;
        return Array.ConvertAll(input.Ids, id =>
        {
            double spend = 0;
            int customer = Log.Customers.Find(id);
            for (int row = Log.Offsets.Span[customer]; row < Log.Offsets.Span[customer + 1]; row++)
                spend += Log.Days[row] >= from && Log.Days[row] < from + days ? Log.Amounts[row] : 0;
            return Math.Max(0, spend);
        });
    }

    private static List<Activity> Activities(TransactionLog log)
    {
        List<Activity> activities = [];
        for (int customer = 0; customer < log.CustomerCount; customer++)
        {
            (int Day, int Order) before = (-1, -1);
            for (int row = log.Offsets.Span[customer]; row < log.Offsets.Span[customer + 1]; row++)
            {
                DateOnly day = log.FirstDay.AddDays(log.Days[row]);
                string? product = log.Products[row] >= 0 ? log.ProductNames[log.Products[row]] : null;
                bool service = s_serviceLines.Contains(product);
                activities.Add(new Activity(log.Customers[customer], day, service ? product! : log.Amounts[row] < 0 ? "return" : "line"));
                (int, int) order = (log.Days[row], log.Orders.Length > 0 ? log.Orders[row] : 0);
                if (!service && log.Amounts[row] >= 0 && order != before)
                {
                    activities.Add(new Activity(log.Customers[customer], day, "order"));
                    before = order;
                }
            }
        }
        return activities;
    }
}
