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
    public double[] ProbabilityAlive { get; private init; }

    /// <inheritdoc cref="CustomerPrediction.ExpectedPurchases"/>
    public double[] ExpectedPurchases { get; internal set; }

    /// <inheritdoc cref="CustomerPrediction.ExpectedSpend"/>
    public double[] ExpectedSpend { get; internal set; }

    /// <inheritdoc cref="CustomerPrediction.LifetimeValue"/>
    public double[] LifetimeValue { get; internal set; }

    /// <summary>Median days from <see cref="AsOf"/> to the next purchase; positive infinity where none is expected.</summary>
    public double[] NextPurchaseDays { get; private init; }

    /// <inheritdoc cref="CustomerPrediction.Overdue"/>
    public double[] Overdue { get; private init; }

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

    /// <summary>The scores of all parts of a population without a common customer, as scoring it at once gives them.</summary>
    /// <param name="parts">The parts, at least one, of one version and day, and without reasons; those without customers may be left out.</param>
    /// <param name="findings">Doubts about the population as a whole.</param>
    /// <exception cref="ArgumentException">There is no part, or their versions or days differ.</exception>
    public static ScoredCustomers Merge(IReadOnlyList<ScoredCustomers> parts, IReadOnlyList<Finding> findings)
    {
        if (parts.Count == 0 || parts.Any(part => part.ModelVersion != parts[0].ModelVersion || part.Window != parts[0].Window || part.Explanations.Count > 0))
            throw new ArgumentException("Expected at least one part, all of one version and day and without reasons.", nameof(parts));
        byte[] order = InOrder([.. parts.Select(part => part.Ids)]);
        ScoredCustomers all = new(parts[0].ModelVersion, parts[0].Window, Column(part => part.Ids), findings)
        {
            ChurnProbability = Column(part => part.ChurnProbability),
            ExpectedPurchases = Column(part => part.ExpectedPurchases),
            ExpectedSpend = Column(part => part.ExpectedSpend),
            LifetimeValue = Column(part => part.LifetimeValue),
            ProbabilityAlive = Column(part => part.ProbabilityAlive),
            NextPurchaseDays = Column(part => part.NextPurchaseDays),
            Overdue = Column(part => part.Overdue),
            SpendP10 = Column(part => part.SpendP10),
            SpendP50 = Column(part => part.SpendP50),
            SpendP90 = Column(part => part.SpendP90),
            LifetimeValueP10 = Column(part => part.LifetimeValueP10),
            LifetimeValueP90 = Column(part => part.LifetimeValueP90),
        };
        return all;

        T[] Column<T>(Func<ScoredCustomers, T[]> of)
        {
            T[][] columns = [.. parts.Select(of)];
            if (columns.All(column => column.Length == 0))
                return [];
            int[] next = new int[columns.Length];
            return Array.ConvertAll(order, part => columns[part][next[part]++]);
        }
    }

    /// <summary>The part of each customer in the order of all ids.</summary>
    private static byte[] InOrder(string[][] ids)
    {
        byte[] order = new byte[ids.Sum(part => part.Length)];
        PriorityQueue<byte, string> heads = new(StringComparer.Ordinal);
        int[] next = new int[ids.Length];
        for (int part = 0; part < ids.Length; part++)
            if (ids[part].Length > 0)
                heads.Enqueue((byte)part, ids[part][0]);
        for (int row = 0; row < order.Length; row++)
        {
            byte part = order[row] = heads.Peek();
            if (++next[part] < ids[part].Length)
                heads.DequeueEnqueue(part, ids[part][next[part]]);
            else
                heads.Dequeue();
        }
        return order;
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
