using CustomerValue.Data.Transactions;
using CustomerValue.Models.Value;

namespace CustomerValue.Models.Tests.Value;

/// <summary>A shop with a known season whose customers buy at gamma rates, leave after exponential lifetimes and spend gamma amounts; same seed, same shop.</summary>
internal sealed class SeasonalShop
{
    private static readonly DateOnly s_start = new(2021, 1, 1);
    private const int Days = 2556;
    private const int AcquisitionDays = 1461;
    private readonly List<(int Customer, int Day, double Amount)> _rows = [];

    public SeasonalShop(int customers, Func<int, double> busyAtDayOfYear, int seed)
    {
        Random random = new(seed);
        double mean = Enumerable.Range(1, 365).Average(busyAtDayOfYear), most = Enumerable.Range(1, 365).Max(busyAtDayOfYear) / mean;
        double[] busy = [.. Enumerable.Range(0, Days).Select(day => busyAtDayOfYear(Math.Min(s_start.AddDays(day).DayOfYear, 365)) / mean)];
        for (int customer = 0; customer < customers; customer++)
        {
            double rate = 0.008 * Gamma(random, 1.2) / 1.2, life = Exponential(random) / (0.0006 * Gamma(random, 1.5) / 1.5 + 1e-9), purchase = 100 / Gamma(random, 3.5);
            int first;
            do
                first = random.Next(AcquisitionDays);
            while (random.NextDouble() > busy[first] / most);
            for (int day = first; day < Math.Min(Days, first + life); day++)
                if (day == first || random.NextDouble() < 1 - Math.Exp(-rate * busy[day]))
                    _rows.Add((customer, day, Math.Round(purchase * Gamma(random, 4) / 4 + 0.01, 2)));
        }
    }

    /// <summary>A gift shop: three quarters of the year's purchases fall into the six weeks around 11 December.</summary>
    public static double Christmas(int dayOfYear) => 0.3 + 9 * Math.Exp(-0.5 * Math.Pow(((dayOfYear - 345 + 547) % 365 - 182) / 14.0, 2));

    /// <summary>A gentle wave, 30 % up in late November and down in late May.</summary>
    public static double Mild(int dayOfYear) => 1 + 0.3 * Math.Cos(2 * Math.PI * (dayOfYear - 330) / 365.0);

    public static DateOnly Start => s_start;

    /// <summary>What was known before a day.</summary>
    public TransactionLog Before(DateOnly cutoff)
    {
        TransactionLogBuilder builder = new();
        foreach ((int customer, int day, double amount) in _rows)
            if (s_start.AddDays(day) < cutoff)
                builder.Add(new Transaction($"c{customer:00000}", s_start.AddDays(day), amount));
        return builder.Build();
    }

    /// <summary>What the customers known before a day really spent afterwards, discounted to it.</summary>
    public double Truth(DateOnly cutoff, ValueOptions options)
    {
        int from = cutoff.DayNumber - s_start.DayNumber;
        HashSet<int> known = [.. _rows.Where(row => row.Day < from).Select(row => row.Customer)];
        return _rows.Where(row => row.Day >= from && row.Day < from + options.HorizonMonths * 30.4375 && known.Contains(row.Customer))
            .Sum(row => row.Amount * Math.Pow(1 + options.AnnualDiscountRate, -(row.Day - from + 0.5) / 365.25));
    }

    private static double Exponential(Random random) => -Math.Log(1 - random.NextDouble());

    /// <summary>Marsaglia and Tsang (2000), with the boost for shapes below 1.</summary>
    private static double Gamma(Random random, double shape)
    {
        if (shape < 1)
            return Gamma(random, shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        double d = shape - 1 / 3.0, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = Math.Sqrt(2 * Exponential(random)) * Math.Cos(2 * Math.PI * random.NextDouble()), v = Math.Pow(1 + c * normal, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * normal * normal + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }
}
