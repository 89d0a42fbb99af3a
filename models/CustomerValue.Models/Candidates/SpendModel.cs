using CustomerValue.BuyTillYouDie;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Candidates;

/// <summary>Expected money of a purchase day: Gamma-Gamma where it can be fitted, else the customer's own mean drawn towards the base's.</summary>
/// <param name="Model">The fitted model, or null where too few customers bought twice with money.</param>
/// <param name="PopulationMean">Mean money of a purchase day over the base; what customers are drawn towards where there is no model.</param>
/// <param name="LogLikelihood">Log-likelihood of the fit; NaN where there is no model.</param>
/// <param name="Customers">Customers the model was fitted on.</param>
internal sealed record SpendModel(GammaGamma? Model, double PopulationMean, double LogLikelihood, int Customers)
{
    private const int FewestCustomers = 10;

    /// <summary>Share of the mean below which one customer's money tells no more.</summary>
    private const double LeastShare = 1e-6;

    /// <summary>The model introducing itself.</summary>
    public string Description => Model is null
        ? FormattableString.Invariant($"mean spend {PopulationMean:F2}")
        : FormattableString.Invariant($"gamma-gamma on {Customers:N0} repeaters: p {Model.P:G4}, q {Model.Q:G4}, gamma {Model.Gamma:G4}; log-likelihood {LogLikelihood:F1}");

    /// <summary>Fits on customers with a repeat purchase and money in it (Fader and Hardie 2013: mean of the repeat purchases).</summary>
    public static (SpendModel Model, IReadOnlyList<FitFinding> Findings) Fit(Snapshot snapshot, CancellationToken cancellation)
    {
        ReadOnlySpan<double> x = snapshot.Aggregates.X, mean = snapshot.Aggregates.MeanRepeatSpend, total = snapshot.Aggregates.TotalSpend;
        List<double> purchases = [], spends = [];
        double money = 0, days = 0;
        for (int i = 0; i < x.Length; i++)
        {
            money += Math.Max(total[i], 0);
            days += x[i] + 1;
            if (x[i] > 0 && mean[i] > 0)
            {
                purchases.Add(x[i]);
                spends.Add(mean[i]);
            }
        }
        double populationMean = days > 0 ? money / days : 0;
        if (spends.Count < FewestCustomers || spends.Distinct().Count() < 2)
            return (new SpendModel(null, populationMean, double.NaN, spends.Count), []);
        // Fitted in units of the mean and to nine decimals of it, so that the currency changes nothing but gamma and the density's scale, not even the last bit of where the search ends.
        double unit = spends.Average();
        FitResult<GammaGamma> fit = GammaGamma.Fit(purchases.ToArray(), [.. spends.Select(spend => Math.Max(Math.Round(spend / unit, 9), LeastShare))], cancellation: cancellation);
        bool usable = double.IsFinite(fit.Model.ExpectedSpend(0, 0)) && double.IsFinite(fit.Model.Gamma * unit) && fit.Model.Gamma * unit > 0;
        return (new SpendModel(usable ? new GammaGamma(fit.Model.P, fit.Model.Q, fit.Model.Gamma * unit) : null, populationMean, fit.LogLikelihood - spends.Count * Math.Log(unit), spends.Count), fit.Findings);
    }

    /// <summary>The published answer, which looks at repeat purchases only.</summary>
    /// <param name="x">Repeat purchases.</param>
    /// <param name="meanRepeatSpend">Their mean money.</param>
    /// <remarks>Repeat purchases of nothing are known purchases, and speak for nothing again.</remarks>
    public double ExpectedRepeatSpend(double x, double meanRepeatSpend) => Model is null
        ? Credible(x, Math.Max(meanRepeatSpend, 0) * x)
        : Model.ExpectedSpend(x, Math.Max(meanRepeatSpend, 0));

    /// <summary>Expected money of a purchase day of a customer with <paramref name="x"/> repeat purchases and <paramref name="totalSpend"/> so far.</summary>
    /// <remarks>
    /// Parameters are estimated on repeat purchases as published; of a single customer the first purchase tells as much as any other, so all
    /// x + 1 count (CDNOW sample, 39 weeks: normalised Gini of spend .692 instead of .659).
    /// </remarks>
    public double ExpectedSpend(double x, double totalSpend) => Model is null
        ? Credible(x + 1, Math.Max(totalSpend, 0))
        : Model.ExpectedSpend(x + 1, Math.Max(totalSpend, 0) / (x + 1));

    /// <inheritdoc cref="ExpectedSpend(double, double)"/>
    public Formula ExpectedSpend(Formula x, Formula totalSpend)
    {
        Formula purchases = x + 1, money = Formula.Max(totalSpend, 0);
        return Model is null ? (money + PopulationMean) / (purchases + 1) : Model.P * (Model.Gamma + money) / (Model.P * purchases + Model.Q - 1);
    }

    /// <summary>Where too little is known to fit a model: the customer's purchases, and one of the base's mean.</summary>
    private double Credible(double purchases, double money) => (money + PopulationMean) / (purchases + 1);
}
