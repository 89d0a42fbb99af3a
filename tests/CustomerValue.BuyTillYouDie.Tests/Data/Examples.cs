namespace CustomerValue.BuyTillYouDie.Tests;

/// <summary>One plausible model of each kind, times in weeks, and histories of all sizes.</summary>
internal static class Examples
{
    public static ITransactionModel Model(string name) => name switch
    {
        "nbd" => new Nbd(.385, 12.07),
        "bg-nbd" => new BgNbd(.2426, 4.4136, .7929, 2.4259),
        "mbg-nbd" => new MbgNbd(.5248, 6.1831, .8914, 1.6141),
        "bg-cnbd-k" => new BgCnbdK(.6904, 3.9704, .2834, 2.4391, 2),
        "mbg-cnbd-k" => new MbgCnbdK(.8842, 4.6138, .3805, 3.1065, 3),
        "pareto-nbd" => new ParetoNbd(.5532, 10.5763, .6063, 11.6715),
        "ggompertz-nbd" => new GompertzNbd(.5532, 10.5763, .02, .3, .5),
        _ => throw new ArgumentException(name),
    };

    /// <summary>The same model with time in days.</summary>
    public static ITransactionModel InDays(ITransactionModel model) => TransactionModels.Restore(model.Name, model.Parameters.ToDictionary(
        p => p.Name, p => p.Name is "alpha" || (p.Name == "beta" && model is ParetoNbd) ? p.Value * 7 : p.Name == "b" && model is GompertzNbd ? p.Value / 7 : p.Value));

    /// <summary>Histories in weeks, from newcomers to a century with ten thousand purchases.</summary>
    public static IEnumerable<PurchaseHistory> Histories()
    {
        yield return new(0, 0, 0);
        yield return new(0, 0, 39);
        yield return new(1, 1, 1);
        yield return new(1, 39, 39);
        yield return new(26, 30.857, 31);
        yield return new(221, 103.43, 103.57);
        yield return new(10_000, 5000, 5200);
        yield return new(10_000, 5200, 5200);
        yield return new(10_000, 10, 5200);
        yield return new(3, 0, 5200);
        yield return new(0, 0, 5200);
        Random random = new(7);
        for (int i = 0; i < 60; i++)
        {
            double age = Math.Exp(random.NextDouble() * 6), x = Math.Floor(Math.Exp(random.NextDouble() * 4) - 1);
            yield return new(x, x == 0 ? 0 : age * random.NextDouble(), age);
        }
    }
}
