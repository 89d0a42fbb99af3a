using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;
using CustomerValue.Models.Explanations;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Models.Versions;

/// <summary>Predictions for many customers in columns, in the ordinal order of their ids.</summary>
public sealed class ScoredCustomers
{
    internal ScoredCustomers(string modelVersion, ObservationWindow window, string[] ids, IReadOnlyList<Finding> findings)
    {
        Findings = findings;
        ModelVersion = modelVersion;
        Window = window;
        Ids = ids;
        ChurnProbability = new double[ids.Length];
        ProbabilityAlive = new double[ids.Length];
        ExpectedPurchases = new double[ids.Length];
        ExpectedSpend = new double[ids.Length];
        LifetimeValue = new double[ids.Length];
        NextPurchaseDays = new double[ids.Length];
        Overdue = new double[ids.Length];
    }

    /// <summary>The version that answers.</summary>
    public string ModelVersion { get; }

    /// <summary>What was looked at, and how far ahead churn, purchases and spend speak.</summary>
    public ObservationWindow Window { get; }

    /// <summary>First day of the forecast; everything before it was looked at.</summary>
    public DateOnly AsOf => Window.Cutoff;

    /// <summary>Days ahead that churn, purchases and spend speak of.</summary>
    public int HorizonDays => Window.Horizon.Days;

    /// <summary>Doubts about the data: columns or attributes that training had and these data lack, names that the model does not know.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Customer ids.</summary>
    public string[] Ids { get; }

    /// <summary>Number of customers.</summary>
    public int Count => Ids.Length;

    /// <inheritdoc cref="CustomerPrediction.ChurnProbability"/>
    public double[] ChurnProbability { get; internal set; }

    /// <inheritdoc cref="CustomerPrediction.ProbabilityAlive"/>
    public double[] ProbabilityAlive { get; }

    /// <inheritdoc cref="CustomerPrediction.ExpectedPurchases"/>
    public double[] ExpectedPurchases { get; internal set; }

    /// <inheritdoc cref="CustomerPrediction.ExpectedSpend"/>
    public double[] ExpectedSpend { get; internal set; }

    /// <inheritdoc cref="CustomerPrediction.LifetimeValue"/>
    public double[] LifetimeValue { get; internal set; }

    /// <summary>Median days from <see cref="AsOf"/> to the next purchase; positive infinity where none is expected.</summary>
    public double[] NextPurchaseDays { get; }

    /// <inheritdoc cref="CustomerPrediction.Overdue"/>
    public double[] Overdue { get; }

    /// <summary>Churn, purchases and spend as the model's forecast has them.</summary>
    public Forecast ToForecast()
    {
        Forecast forecast = new(Count);
        ChurnProbability.CopyTo(forecast.ChurnProbability, 0);
        ExpectedPurchases.CopyTo(forecast.ExpectedPurchases, 0);
        ExpectedSpend.CopyTo(forecast.ExpectedSpend, 0);
        return forecast;
    }

    /// <summary>Lower end of the 80 % interval of spend, or empty.</summary>
    public double[] SpendP10 { get; private set; } = [];

    /// <summary>Median of spend, or empty.</summary>
    public double[] SpendP50 { get; private set; } = [];

    /// <summary>Upper end of the 80 % interval of spend, or empty.</summary>
    public double[] SpendP90 { get; private set; } = [];

    /// <summary>Lower end of the 80 % interval of lifetime value, or empty.</summary>
    public double[] LifetimeValueP10 { get; private set; } = [];

    /// <summary>Upper end of the 80 % interval of lifetime value, or empty.</summary>
    public double[] LifetimeValueP90 { get; private set; } = [];

    /// <summary>Why each churn probability is what it is, or empty where no reasons were asked for.</summary>
    public IReadOnlyList<ChurnExplanation> Explanations { get; internal set; } = [];

    internal void AddIntervals(bool withLifetime)
    {
        SpendP10 = new double[Count];
        SpendP50 = new double[Count];
        SpendP90 = new double[Count];
        if (withLifetime)
        {
            LifetimeValueP10 = new double[Count];
            LifetimeValueP90 = new double[Count];
        }
    }

    /// <summary>One customer as a record; with reasons where they were asked for.</summary>
    public CustomerPrediction this[int index] => new()
    {
        CustomerId = Ids[index],
        AsOf = AsOf,
        HorizonDays = HorizonDays,
        ChurnProbability = ChurnProbability[index],
        ProbabilityAlive = ProbabilityAlive[index],
        ExpectedPurchases = ExpectedPurchases[index],
        ExpectedSpend = ExpectedSpend[index],
        SpendP10 = At(SpendP10, index),
        SpendP50 = At(SpendP50, index),
        SpendP90 = At(SpendP90, index),
        LifetimeValue = LifetimeValue[index],
        LifetimeValueP10 = At(LifetimeValueP10, index),
        LifetimeValueP90 = At(LifetimeValueP90, index),
        NextPurchase = NextPurchaseDays[index] <= MaxNextPurchaseDays ? AsOf.AddDays((int)NextPurchaseDays[index]) : null,
        Overdue = Overdue[index],
        ModelVersion = ModelVersion,
        Reasons = Explanations.Count > 0 ? Explanations[index].Reasons : [],
        ReasonsBase = Explanations.Count > 0 ? Explanations[index].Base : null,
    };

    /// <summary>A next purchase further away than ten years is none.</summary>
    public const double MaxNextPurchaseDays = 3653;

    private static double? At(double[] column, int index) => column.Length > 0 ? column[index] : null;
}
