using CustomerValue.Data.Transactions;

namespace CustomerValue.Models.Tests.Forecasting;

/// <summary>Histories of every shape that a shop sees and some that it does not: clockwork and chance, one purchase and hundreds, silence of a day and of years, gifts and returns.</summary>
internal static class RandomHistories
{
    /// <summary>Customers who all bought before a day; same seed, same histories.</summary>
    public static TransactionLog Before(DateOnly cutoff, int customers, int seed)
    {
        Random random = new(seed);
        TransactionLogBuilder builder = new();
        for (int c = 0; c < customers; c++)
        {
            int purchases = random.Next(4) switch { 0 => 1, 1 => 1 + random.Next(4), 2 => 1 + random.Next(30), _ => 1 + random.Next(200) };
            double gap = Math.Exp(random.NextDouble() * 5.5), jitter = random.NextDouble() * random.Next(3), amount = random.Next(20) == 0 ? 0 : Math.Exp(random.NextDouble() * 14 - 3);
            double day = -1 - Math.Floor(Math.Exp(random.NextDouble() * 6.5));
            for (int k = 0; k < purchases && day > -2500; k++)
            {
                DateOnly on = cutoff.AddDays((int)day);
                builder.Add(new Transaction($"c{c:00000}", on, amount * (0.2 + random.NextDouble())));
                if (random.Next(12) == 0)
                    builder.Add(new Transaction($"c{c:00000}", on, -amount * random.NextDouble()));
                day -= gap * Math.Exp(jitter * (random.NextDouble() - 0.5) * 2);
            }
        }
        return builder.Build();
    }
}
