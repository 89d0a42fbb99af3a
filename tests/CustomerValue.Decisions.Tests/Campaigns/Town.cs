using CustomerValue.Data.Expressions;
using CustomerValue.Data.Transactions;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Tests.Experiments;

namespace CustomerValue.Decisions.Tests.Campaigns;

/// <summary>Customers who buy each day with a probability of their own and spend an amount of their own, and what a campaign does to them; all of it known.</summary>
internal sealed class Town
{
    public const int HorizonDays = 30, PastDays = 90;
    public const double MarginRate = 0.4;

    private readonly Random _random;
    private readonly double[] _rate, _amount;
    private readonly List<Transaction> _past = [];

    public Town(int seed, int count)
    {
        _random = new Random(seed);
        (_rate, _amount) = (new double[count], new double[count]);
        string[] ids = [.. Enumerable.Range(0, count).Select(i => $"C{i:D6}")];
        for (int i = 0; i < count; i++)
        {
            _rate[i] = Math.Exp(-4.3 + 1.1 * _random.Normal());
            _amount[i] = Math.Exp(3 + 0.6 * _random.Normal());
        }
        _past.Add(new Transaction(ids[0], AsOf.AddDays(-PastDays), 1)); // the log's first day
        for (int i = 0; i < count; i++)
        {
            _past.Add(new Transaction(ids[i], AsOf.AddDays(-1 - _random.Next(PastDays - 1)), _amount[i]));
            for (int day = -PastDays + 1; day < 0; day++)
                Buy(_past, ids[i], i, day, _rate[i], 1);
        }
        double[] purchases = [.. _rate.Select(rate => Math.Min(rate, 1) * HorizonDays)], spend = [.. purchases.Select((expected, i) => expected * _amount[i])];
        Customers = new DecisionCustomers
        {
            AsOf = AsOf,
            ModelVersion = "simulated",
            HorizonDays = HorizonDays,
            Ids = ids,
            ChurnProbability = [.. _rate.Select(rate => Math.Pow(1 - Math.Min(rate, 1), HorizonDays))],
            ExpectedMargin = [.. spend.Select(money => money * MarginRate)],
            MarginDeviation = new double[count],
            YearCost = new double[count],
            Potential = [.. spend.Select(money => money * 12)],
            Strategy = [.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? "retain" : "cultivate")],
            Stage = [.. ids.Select(_ => "steady")],
            Further = [(new ExpressionColumn("expected_spend", ExpressionKind.Number), spend, null), (new ExpressionColumn("expected_purchases", ExpressionKind.Number), purchases, null)],
        };
    }

    public static ActionPlaybook Playbook { get; } = PlaybookReader.Default(DecisionCustomers.ScoredColumns);

    public static DateOnly AsOf { get; } = new(2024, 3, 1);

    public DecisionCustomers Customers { get; }

    public TransactionLog Past => TransactionLog.From(_past);

    public CampaignPlanner Planner => new(Customers, Past, ReturnsPolicy.Net);

    public bool[] Everybody => [.. Customers.Ids.Select(_ => true)];

    /// <summary>What a customer truly brings more, in margin within the horizon, where the arm multiplies the rate.</summary>
    public double TrueGain(int customer, double factor) => (Math.Min(1, _rate[customer] * factor) - Math.Min(1, _rate[customer])) * HorizonDays * _amount[customer] * MarginRate;

    /// <summary>Purchases that are truly to be expected within the horizon; days with a purchase, as the log counts them.</summary>
    public double TruePurchases(int customer, double factor) => Math.Min(1, _rate[customer] * factor) * HorizonDays;

    /// <summary>Difference of the probability of buying within the horizon.</summary>
    public double TrueBuyers(int customer, double factor) =>
        Math.Pow(1 - Math.Min(1, _rate[customer]), HorizonDays) - Math.Pow(1 - Math.Min(1, _rate[customer] * factor), HorizonDays);

    /// <summary>The past and what comes after it.</summary>
    /// <param name="factor">What multiplies a customer's rate.</param>
    /// <param name="days">Days that come.</param>
    public TransactionLog After(Func<string, double> factor, int days = HorizonDays)
    {
        List<Transaction> all = [.. _past];
        for (int i = 0; i < _rate.Length; i++)
        {
            double times = factor(Customers.Ids[i]);
            for (int day = 0; day < days; day++)
                Buy(all, Customers.Ids[i], i, day, _rate[i] * times, 1);
        }
        all.Add(new Transaction("somebody else", AsOf.AddDays(days - 1), 1)); // the log goes on to the last day
        return TransactionLog.From(all);
    }

    public static CampaignDesign Design(string name, params string[] arms) => new()
    {
        Name = name,
        Start = AsOf,
        OutcomeDays = HorizonDays,
        Arms = [.. arms.Select(arm => new CampaignArm(arm, arm, 1, 0.5, 10))],
        ControlShare = 0.3,
        Playbook = Playbook,
    };

    /// <summary>A campaign of factors named f0, f1, ... with so many levels each.</summary>
    public static CampaignDesign Factorial(string name, params int[] levels)
    {
        CampaignFactor[] factors = [.. levels.Select((count, f) => new CampaignFactor($"f{f}", [.. Enumerable.Range(0, count).Select(level => new FactorLevel($"{(char)('a' + f)}{level}", null, 0, 0))]))];
        IEnumerable<string> arms = [""];
        foreach (CampaignFactor factor in factors)
            arms = [.. arms.SelectMany(_ => factor.Levels, (before, level) => before + level.Id)];
        return Design(name) with { Factors = factors, Arms = [.. arms.Select(arm => new CampaignArm(arm, null, 1, 0.5, 0))], ControlShare = 0.1 };
    }

    private void Buy(List<Transaction> rows, string id, int customer, int day, double rate, double scale)
    {
        if (_random.NextDouble() < rate)
            rows.Add(new Transaction(id, AsOf.AddDays(day), Math.Round(scale * _amount[customer] * (0.5 + _random.NextDouble()), 2)));
    }
}
