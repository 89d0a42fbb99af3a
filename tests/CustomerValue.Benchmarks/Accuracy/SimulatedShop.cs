using CustomerValue.Data.Transactions;

namespace CustomerValue.Benchmarks.Accuracy;

/// <summary>Shops whose customers are drawn from known distributions: gamma purchase rates, exponential lifetimes, Erlang gaps, gamma amounts around a personal mean.</summary>
/// <remarks>Customers come evenly over all four years; same name, same shop.</remarks>
internal sealed record SimulatedShop
{
    private const int Days = 1461;
    private static readonly DateOnly s_start = new(2021, 1, 1);

    /// <summary>Customers in all.</summary>
    public required int Customers { get; init; }

    /// <summary>Mean purchases a day of a customer who is alive, at the mean of the year.</summary>
    public required double Rate { get; init; }

    /// <summary>Mean days a customer stays.</summary>
    public required double Stay { get; init; }

    /// <summary>How even gaps are: 1 as chance makes them.</summary>
    public required int Evenness { get; init; }

    /// <summary>Shape of the inverse gamma distribution of personal mean amounts, above 1: the smaller, the heavier its tail.</summary>
    public required double Wallets { get; init; }

    /// <summary>How busy a day of the year is; only ratios count.</summary>
    public required Func<int, double> Busy { get; init; }

    /// <summary>Mean amount; 0 for a log without amounts.</summary>
    public double Amount { get; init; } = 60;

    /// <summary>Standard deviation of a month's step of the level that all customers share, as a logarithm; 0 for a level that stays.</summary>
    public double Steps { get; init; }

    /// <summary>The kinds, by name.</summary>
    public static IReadOnlyDictionary<string, SimulatedShop> Kinds { get; } = new Dictionary<string, SimulatedShop>(StringComparer.Ordinal)
    {
        ["regular-shop"] = new() { Customers = 4000, Rate = 0.012, Stay = 700, Evenness = 1, Wallets = 3.5, Busy = _ => 1 },
        ["seasonal-shop"] = new() { Customers = 4000, Rate = 0.008, Stay = 900, Evenness = 1, Wallets = 3, Busy = day => 0.5 + 3 * Peak(day, 345, 18) + Peak(day, 130, 12) },
        ["b2b"] = new() { Customers = 1200, Rate = 0.03, Stay = 1200, Evenness = 3, Wallets = 1.8, Busy = day => 1 - 0.5 * Peak(day, 220, 15) - 0.6 * Peak(day, 362, 8), Amount = 900 },
        ["donations"] = new() { Customers = 6000, Rate = 0.004, Stay = 800, Evenness = 2, Wallets = 3, Busy = day => 0.4 + 2.5 * Peak(day, 350, 12) + 1.2 * Peak(day, 95, 12), Amount = 0 },
    };

    /// <summary>The log of a kind.</summary>
    public static TransactionLog Log(string kind) => Kinds[kind].Draw(Kinds.Keys.ToList().IndexOf(kind) + 1);

    /// <summary>A shop of this kind; the same seed gives the same.</summary>
    public TransactionLog Draw(int seed)
    {
        Random random = new(seed);
        double[] level = Level(new Random(-seed));
        double mean = Enumerable.Range(1, 365).Average(Busy), most = Enumerable.Range(1, 365).Max(Busy) / mean;
        double[] busy = [.. Enumerable.Range(0, Days).Select(day => level[day] * Busy(Math.Min(s_start.AddDays(day).DayOfYear, 365)) / mean)];
        TransactionLogBuilder builder = new();
        for (int customer = 0; customer < Customers; customer++)
        {
            double rate = Rate * Gamma(random, 0.9) / 0.9, life = Stay * Exponential(random) / (Gamma(random, 2) / 2 + 0.01), wallet = Amount * (Wallets - 1) / Gamma(random, Wallets);
            int first;
            do
                first = random.Next(-365, Days);
            while (random.NextDouble() > busy[(first + 365) % 365] / most);
            // A purchase falls due whenever the clock of the customer's own rhythm has run through an Erlang gap.
            double due = 0;
            for (int day = first; day < Math.Min(Days, first + life); day++)
            {
                due -= rate * busy[day < 0 ? day + 365 : day] * Evenness;
                if (due > 0)
                    continue;
                for (int stage = 0; stage < Evenness; stage++)
                    due += Exponential(random);
                double amount = Amount == 0 ? 0 : Math.Round(wallet * Gamma(random, 4) / 4 + 0.01, 2);
                if (day >= 0)
                    builder.Add(new Transaction($"c{customer:00000}", s_start.AddDays(day), amount));
            }
        }
        return builder.Build();
    }

    /// <summary>The shared level on each day: a walk with one step a month.</summary>
    private double[] Level(Random random)
    {
        const int Month = 30;
        double[] level = new double[Days];
        double log = 0;
        for (int day = 0; day < Days; day++)
        {
            if (day % Month == 0)
                log += Steps * BoostingTable.Normal(random);
            level[day] = Math.Exp(log);
        }
        return level;
    }

    private static double Peak(int day, int middle, double width) => Math.Exp(-0.5 * Math.Pow(((day - middle + 547) % 365 - 182) / width, 2));

    private static double Exponential(Random random) => -Math.Log(1 - random.NextDouble());

    /// <summary>Marsaglia and Tsang (2000), with the boost for shapes below 1.</summary>
    private static double Gamma(Random random, double shape)
    {
        if (shape < 1)
            return Gamma(random, shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        double d = shape - 1 / 3.0, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = BoostingTable.Normal(random), v = Math.Pow(1 + c * normal, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * normal * normal + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }
}
