using CustomerValue.Data.Transactions;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Versions;

/// <summary>Simulated histories and the scores they must give: a program or machine that scores differently refuses to serve.</summary>
internal static class GoldenRows
{
    private const string FileName = "golden.json";
    private const int Customers = 16;
    private static readonly DateOnly s_asOf = new(2024, 10, 1);

    public static void Write(VersionWriter writer, ScoringModel model) => writer.WriteJson(FileName, Score(model));

    /// <exception cref="ModelStoreException">A score differs by more than the champion's tolerance.</exception>
    public static void Check(ScoringModel model, VersionReader reader)
    {
        GoldenRow[] expected = reader.ReadJson<GoldenRow[]>(FileName), found = Score(model);
        for (int i = 0; i < Math.Max(expected.Length, found.Length); i++)
            if (i >= expected.Length || i >= found.Length || !expected[i].Agrees(found[i], model.Tolerance))
                throw new ModelStoreException($"Version {model.Version} scores its golden histories differently here: found {found.ElementAtOrDefault(i)}, expected {expected.ElementAtOrDefault(i)}. Use the program that trained it ({reader.Manifest.Product}), or train again.");
    }

    private static GoldenRow[] Score(ScoringModel model)
    {
        ScoredCustomers scored = model.Score(Histories(), null, s_asOf, threads: 1, CancellationToken.None);
        return [.. Enumerable.Range(0, scored.Count).Select(i => new GoldenRow(
            scored.Ids[i], scored.ChurnProbability[i], scored.ExpectedPurchases[i], scored.ExpectedSpend[i], scored.LifetimeValue[i]))];
    }

    /// <summary>From one purchase long ago to fifty in steady rhythm, with growing amounts and a return.</summary>
    private static TransactionLog Histories()
    {
        TransactionLogBuilder builder = new();
        for (int customer = 0; customer < Customers; customer++)
        {
            string id = $"golden-{customer:00}";
            int purchases = 1 + customer * customer / 5, gap = 3 + customer * 11 % 29, silent = 1 + customer * 37 % 200;
            for (int k = 0; k < purchases; k++)
            {
                DateOnly day = s_asOf.AddDays(-silent - gap * (purchases - 1 - k));
                builder.Add(new Transaction(id, day, 10 + 7 * customer + k % 5));
            }
            if (customer % 4 == 3)
                builder.Add(new Transaction(id, s_asOf.AddDays(-silent), -5));
        }
        return builder.Build();
    }

    private sealed record GoldenRow(string CustomerId, double ChurnProbability, double ExpectedPurchases, double ExpectedSpend, double LifetimeValue)
    {
        public bool Agrees(GoldenRow other, double tolerance)
        {
            return CustomerId == other.CustomerId
                && Close(ChurnProbability, other.ChurnProbability) && Close(ExpectedPurchases, other.ExpectedPurchases)
                && Close(ExpectedSpend, other.ExpectedSpend) && Close(LifetimeValue, other.LifetimeValue);

            bool Close(double left, double right) => Math.Abs(left - right) <= tolerance * Math.Max(1, Math.Abs(left));
        }
    }
}
