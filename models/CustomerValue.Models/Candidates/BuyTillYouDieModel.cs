using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Candidates;

/// <summary>A fitted buy-till-you-die model with spend. Every version carries one: it also answers P(alive), the tail of lifetime value and customers without a history.</summary>
internal sealed class BuyTillYouDieModel : IPriorModel
{
    internal BuyTillYouDieModel(string name, string description, ITransactionModel purchases, ChurnCurve? churn, SpendModel spend)
    {
        Name = name;
        Description = description;
        Purchases = purchases;
        Churn = churn;
        Spend = spend;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Doubts about the fit; none in one that was read from files.</summary>
    public IReadOnlyList<Data.Diagnostics.Finding> Findings { get; init; } = [];

    /// <summary>The model of purchases and dropout; unit weeks.</summary>
    public ITransactionModel Purchases { get; }

    /// <summary>From expected purchases to the probability of none; null where the model's own is taken.</summary>
    public ChurnCurve? Churn { get; }

    /// <summary>The model of money a purchase day.</summary>
    public SpendModel Spend { get; }

    /// <inheritdoc/>
    public Forecast Predict(Snapshot snapshot, Horizon horizon)
    {
        Forecast forecast = new(snapshot.Count);
        double weeks = horizon.Weeks;
        PurchaseHistories histories = snapshot.Histories;
        Purchases.ExpectedPurchases(histories.X, histories.Tx, histories.T, weeks, forecast.ExpectedPurchases);
        if (Churn is null)
            Purchases.ProbabilityOfNoPurchase(histories.X, histories.Tx, histories.T, weeks, forecast.ChurnProbability);
        ReadOnlySpan<double> x = histories.X, total = snapshot.Aggregates.TotalSpend;
        for (int i = 0; i < forecast.Count; i++)
        {
            if (Churn is { } curve)
                forecast.ChurnProbability[i] = curve.Of(forecast.ExpectedPurchases[i]);
            forecast.ExpectedSpend[i] = forecast.ExpectedPurchases[i] * Spend.ExpectedSpend(x[i], total[i]);
        }
        return forecast;
    }

    /// <inheritdoc/>
    public PriorView View(Snapshot snapshot, Horizon horizon)
    {
        PurchaseHistories histories = snapshot.Histories;
        double weeks = horizon.Weeks;
        double[] purchases = new double[snapshot.Count], none = new double[snapshot.Count], alive = new double[snapshot.Count], perPurchase = new double[snapshot.Count];
        Purchases.ExpectedPurchases(histories.X, histories.Tx, histories.T, weeks, purchases);
        Purchases.ProbabilityOfNoPurchase(histories.X, histories.Tx, histories.T, weeks, none);
        Purchases.ProbabilityAlive(histories.X, histories.Tx, histories.T, alive);
        ReadOnlySpan<double> x = histories.X, total = snapshot.Aggregates.TotalSpend;
        for (int i = 0; i < perPurchase.Length; i++)
            perPurchase[i] = Spend.ExpectedSpend(x[i], total[i]);
        return new PriorView(purchases, none, alive, perPurchase);
    }

    /// <inheritdoc/>
    public double ExpectedPurchases(PurchaseHistory history, double days) => Purchases.ExpectedPurchases(history, days / DaysIn.Week);

    /// <inheritdoc/>
    public double ExpectedPurchasesOfNewCustomer(double days) => Purchases.ExpectedPurchasesOfNewCustomer(days / DaysIn.Week);

    /// <inheritdoc/>
    public double ProbabilityOfNoPurchase(PurchaseHistory history, double days) => Purchases.ProbabilityOfNoPurchase(history, days / DaysIn.Week);

    /// <inheritdoc/>
    public double ProbabilityOfPurchases(PurchaseHistory history, double days, int purchases) => Purchases.ProbabilityOfPurchases(history, days / DaysIn.Week, purchases);

    /// <inheritdoc/>
    public double ProbabilityAlive(PurchaseHistory history) => Purchases.ProbabilityAlive(history);

    /// <inheritdoc/>
    public double DaysToNextPurchase(PurchaseHistory history, double probability = 0.5) => DaysIn.Week * Purchases.TimeToNextPurchase(history, probability);

    /// <inheritdoc/>
    public double ChurnProbability(PurchaseHistory history, double days) => Churn?.Of(ExpectedPurchases(history, days)) ?? ProbabilityOfNoPurchase(history, days);

    /// <inheritdoc/>
    public double ExpectedSpend(double x, double totalSpend) => Spend.ExpectedSpend(x, totalSpend);

    /// <inheritdoc/>
    public double ExpectedRepeatSpend(double x, double meanRepeatSpend) => Spend.ExpectedRepeatSpend(x, meanRepeatSpend);

    /// <inheritdoc/>
    /// <remarks>Expected purchases are a column that the caller brings: their arithmetic is a hypergeometric series.</remarks>
    public AnswerFormulas Formulas(FormulaInputs inputs)
    {
        string column = Name.Replace('-', '_');
        Formula purchases = inputs.Number($"{column}_purchases", $"Expected purchases by {Name}, over {inputs.HorizonDays} days.", snapshot => Predict(snapshot, inputs.HorizonDays).ExpectedPurchases);
        Formula churn = Churn is { } curve ? curve.Of(purchases)
            : inputs.Number($"{column}_no_purchase", $"Probability of no purchase by {Name}, over {inputs.HorizonDays} days.", snapshot => Predict(snapshot, inputs.HorizonDays).ChurnProbability);
        return new AnswerFormulas(churn, purchases, purchases * Spend.ExpectedSpend(inputs.X, inputs.TotalSpend));
    }

    /// <inheritdoc/>
    public void Save(VersionWriter writer)
    {
        if (!writer.Has(FileName(Name)))
            writer.WriteJson(FileName(Name), ToSaved());
    }

    private Saved ToSaved() => new()
    {
        Model = Name,
        Description = Description,
        Parameters = Purchases.Parameters.ToDictionary(p => p.Name, p => p.Value),
        ChurnDispersion = Churn?.Dispersion,
        GammaGamma = Spend.Model is null ? null : [Spend.Model.P, Spend.Model.Q, Spend.Model.Gamma],
        MeanSpend = Spend.PopulationMean,
        SpendLogLikelihood = Spend.LogLikelihood,
        SpendCustomers = Spend.Customers,
    };

    internal static BuyTillYouDieModel Read(string name, VersionReader reader)
    {
        Saved saved = reader.ReadJson<Saved>(FileName(name));
        try
        {
            GammaGamma? spend = saved.GammaGamma is null ? null : new GammaGamma(saved.GammaGamma[0], saved.GammaGamma[1], saved.GammaGamma[2]);
            return new BuyTillYouDieModel(saved.Model, saved.Description, TransactionModels.Restore(saved.Model, saved.Parameters), saved.ChurnDispersion is { } dispersion ? new ChurnCurve(dispersion) : null,
                new SpendModel(spend, saved.MeanSpend, saved.SpendLogLikelihood, saved.SpendCustomers));
        }
        catch (Exception error) when (error is ArgumentException or IndexOutOfRangeException or KeyNotFoundException)
        {
            throw new ModelStoreException($"{FileName(name)} of version {reader.Manifest.Version}: {error.Message} Train the version again.", error);
        }
    }

    private static string FileName(string name) => $"{name}.json";

    private sealed record Saved
    {
        public required string Model { get; init; }

        public required string Description { get; init; }

        public required Dictionary<string, double> Parameters { get; init; }

        public required double? ChurnDispersion { get; init; }

        public required double[]? GammaGamma { get; init; }

        public required double MeanSpend { get; init; }

        public required double SpendLogLikelihood { get; init; }

        public required int SpendCustomers { get; init; }
    }
}
