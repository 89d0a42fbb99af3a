namespace CustomerValue.BuyTillYouDie;

/// <summary>The transaction models by name: fit one, or rebuild one from its name and parameters.</summary>
public static class TransactionModels
{
    private delegate FitResult<ITransactionModel> FitFunction(PurchaseHistories histories, FitOptions? options, CancellationToken cancellation);

    private sealed record Entry(string Name, string[] Parameters, FitFunction Fit, Func<double[], ITransactionModel> Build);

    private static readonly Entry[] s_entries =
    [
        new("nbd", ["r", "alpha"], static (h, o, c) => Nbd.Fit(h, o, c).As<ITransactionModel>(), static p => new Nbd(p[0], p[1])),
        new("bg-nbd", ["r", "alpha", "a", "b"], static (h, o, c) => BgNbd.Fit(h, o, c).As<ITransactionModel>(), static p => new BgNbd(p[0], p[1], p[2], p[3])),
        new("mbg-nbd", ["r", "alpha", "a", "b"], static (h, o, c) => MbgNbd.Fit(h, o, c).As<ITransactionModel>(), static p => new MbgNbd(p[0], p[1], p[2], p[3])),
        new("bg-cnbd-k", ["r", "alpha", "a", "b", "k"], static (h, o, c) => BgCnbdK.Fit(h, o, c).As<ITransactionModel>(), static p => new BgCnbdK(p[0], p[1], p[2], p[3], Regularity.Whole(p[4]))),
        new("mbg-cnbd-k", ["r", "alpha", "a", "b", "k"], static (h, o, c) => MbgCnbdK.Fit(h, o, c).As<ITransactionModel>(), static p => new MbgCnbdK(p[0], p[1], p[2], p[3], Regularity.Whole(p[4]))),
        new("pareto-nbd", ["r", "alpha", "s", "beta"], static (h, o, c) => ParetoNbd.Fit(h, o, c).As<ITransactionModel>(), static p => new ParetoNbd(p[0], p[1], p[2], p[3])),
        new("ggompertz-nbd", ["r", "alpha", "b", "s", "beta"], static (h, o, c) => GompertzNbd.Fit(h, o, c).As<ITransactionModel>(), static p => new GompertzNbd(p[0], p[1], p[2], p[3], p[4])),
    ];

    /// <summary>The names, in the order in which models are best compared.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_entries.Select(entry => entry.Name)];

    /// <summary>Fits the named model.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="histories">The customers.</param>
    /// <param name="options">How to fit; none means the defaults.</param>
    /// <param name="cancellation">Stops the fit.</param>
    /// <exception cref="ArgumentException">No model has that name.</exception>
    public static FitResult<ITransactionModel> Fit(
        string name, PurchaseHistories histories, FitOptions? options = null, CancellationToken cancellation = default) =>
        Find(name).Fit(histories, options, cancellation);

    /// <summary>Rebuilds a model from <see cref="ITransactionModel.Name"/> and the values of <see cref="ITransactionModel.Parameters"/>.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="parameters">Value by parameter name; exactly those the model has.</param>
    /// <exception cref="ArgumentException">No model has that name, or a parameter is missing, unknown or out of range.</exception>
    public static ITransactionModel Restore(string name, IReadOnlyDictionary<string, double> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Entry entry = Find(name);
        if (parameters.Count != entry.Parameters.Length || !entry.Parameters.All(parameters.ContainsKey))
            throw new ArgumentException(
                $"Model {name} has parameters {string.Join(", ", entry.Parameters)}; found {string.Join(", ", parameters.Keys)}.", nameof(parameters));
        return entry.Build([.. entry.Parameters.Select(parameter => parameters[parameter])]);
    }

    private static Entry Find(string name) =>
        Array.Find(s_entries, entry => entry.Name == name)
        ?? throw new ArgumentException($"No transaction model is called '{name}'; there are {string.Join(", ", s_entries.Select(entry => entry.Name))}.", nameof(name));
}
