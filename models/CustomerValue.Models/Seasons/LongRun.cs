using System.Text.Json.Serialization;
using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Seasons;

/// <summary>What is known of customers beyond the first horizon: the season, purchases on the season's clock, and how whole years came out against them.</summary>
/// <remarks>
/// A purchase rate that goes up and down with the season is constant on a clock that runs with it (the operational time of a nonhomogeneous Poisson
/// process: Lewis and Shedler 1979). Histories and futures are therefore measured in days of that clock, so that half a year of silence in a shop that
/// lives from Christmas is not taken for goodbye.
/// </remarks>
public sealed record LongRun
{
    /// <summary>How busy each time of the year is.</summary>
    public required SeasonIndex Season { get; init; }

    /// <summary>Name of the model of purchases.</summary>
    public required string Model { get; init; }

    /// <summary>Its parameters by name, fitted to histories on the season's clock; unit weeks.</summary>
    public required IReadOnlyDictionary<string, double> Parameters { get; init; }

    /// <summary>Purchases of the first year over what the model, fitted to what was known a year or more before the cutoff, expected of it; 1 where no year could be tried.</summary>
    public required double YearLevel { get; init; }

    /// <summary>By what the level changes from year to year: how second years came out beside first ones; 1 where no second year could be tried.</summary>
    public required double YearlyDecay { get; init; }

    /// <summary>Spend that the champion forecast at the cutoff over this model's, for the base as a whole: growth and level of the first horizon, which are nobody's own.</summary>
    public required double HorizonLevel { get; init; }

    /// <summary>The day at which <see cref="HorizonLevel"/> was measured.</summary>
    public required DateOnly Cutoff { get; init; }

    private ITransactionModel? _purchases;

    /// <summary>The model of purchases on the season's clock; unit weeks.</summary>
    [JsonIgnore]
    public ITransactionModel Purchases => LazyInitializer.EnsureInitialized(ref _purchases, () => TransactionModels.Restore(Model, Parameters.ToDictionary()));

    /// <summary>A history on the season's clock.</summary>
    /// <param name="asOf">The day after the last one observed.</param>
    /// <param name="x">Repeat purchases.</param>
    /// <param name="tx">Days from the first purchase to the last.</param>
    /// <param name="age">Days from the first purchase to the last day observed.</param>
    public PurchaseHistory History(DateOnly asOf, double x, double tx, double age)
    {
        DateOnly first = asOf.AddDays(-1 - (int)age);
        double until = Season.Days(first, 0, tx);
        return new PurchaseHistory(x, until / DaysIn.Week, (until + Season.Days(first, tx, age)) / DaysIn.Week);
    }

    /// <summary>The level of the base some years ahead, relative to the model.</summary>
    /// <param name="years">Years from the day of the forecast.</param>
    public double LevelAfter(double years) => YearLevel * Math.Pow(YearlyDecay, years - 0.5);

    /// <summary>What the model, fitted to one population on the season's clock, expects of it in some days, and the probability of nothing.</summary>
    internal static (double[] Purchases, double[] NoPurchase) FitAndExpect(string model, SeasonIndex season, Snapshot snapshot, int days, int threads, CancellationToken cancellation)
    {
        LongRun fitted = Fit(model, season, snapshot, threads, cancellation);
        double weeks = season.Days(snapshot.Window.Cutoff, 0, days) / DaysIn.Week;
        double[] none = new double[snapshot.Count];
        for (int i = 0; i < none.Length; i++)
            none[i] = fitted.Purchases.ProbabilityOfNoPurchase(fitted.HistoryOf(snapshot, i), weeks);
        return (fitted.Expected(snapshot, days), none);
    }

    /// <summary>Fits a model to one population's past on the season's clock; the base stands at its level.</summary>
    /// <param name="model">Name of the model in the buy-till-you-die library; one that it does not know is taken for <c>mbg-nbd</c>.</param>
    /// <param name="season">The season.</param>
    /// <param name="snapshot">The population, with somebody who bought twice.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellation">Stops the fit.</param>
    internal static LongRun Fit(string model, SeasonIndex season, Snapshot snapshot, int threads, CancellationToken cancellation)
    {
        model = TransactionModels.Names.Contains(model) ? model : "mbg-nbd";
        LongRun clock = new()
        {
            Season = season,
            Model = model,
            Parameters = new Dictionary<string, double>(),
            YearLevel = 1,
            YearlyDecay = 1,
            HorizonLevel = 1,
            Cutoff = snapshot.Window.Cutoff,
        };
        double[] tx = new double[snapshot.Count], age = new double[snapshot.Count];
        for (int i = 0; i < tx.Length; i++)
        {
            PurchaseHistory history = clock.HistoryOf(snapshot, i);
            (tx[i], age[i]) = (history.Tx, history.T);
        }
        FitResult<ITransactionModel> fit = TransactionModels.Fit(model, PurchaseHistories.From(snapshot.Aggregates.X, tx, age), new FitOptions { Threads = threads }, cancellation);
        return new LongRun
        {
            Season = season,
            Model = model,
            Parameters = fit.Model.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
            YearLevel = 1,
            YearlyDecay = 1,
            HorizonLevel = 1,
            Cutoff = snapshot.Window.Cutoff,
        };
    }

    /// <summary>Expected purchase days of a population within some days of its cutoff.</summary>
    internal double[] Expected(Snapshot snapshot, int days)
    {
        double weeks = Season.Days(snapshot.Window.Cutoff, 0, days) / DaysIn.Week;
        double[] expected = new double[snapshot.Count];
        for (int i = 0; i < expected.Length; i++)
            expected[i] = Purchases.ExpectedPurchases(HistoryOf(snapshot, i), weeks);
        return expected;
    }

    private PurchaseHistory HistoryOf(Snapshot snapshot, int i) =>
        History(snapshot.Window.Cutoff, snapshot.Aggregates.X[i], snapshot.Aggregates.Tx[i], snapshot.Aggregates.T[i]);
}
