using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Reporting.Figures;

/// <summary>How the champion did on a group of customers.</summary>
public sealed record GroupErrors
{
    /// <summary>The group.</summary>
    public required string Name { get; init; }

    /// <summary>Who belongs to it.</summary>
    public required string Meaning { get; init; }

    /// <summary>Customers in it.</summary>
    public required int Customers { get; init; }

    /// <summary>Mean expected purchases.</summary>
    public required double PurchasesPredicted { get; init; }

    /// <summary>Mean actual purchases.</summary>
    public required double PurchasesActual { get; init; }

    /// <summary>Mean absolute error of purchases.</summary>
    public required double PurchasesMae { get; init; }

    /// <summary>Mean expected spend.</summary>
    public required double SpendPredicted { get; init; }

    /// <summary>Mean actual spend.</summary>
    public required double SpendActual { get; init; }

    /// <summary>Mean absolute error of spend.</summary>
    public required double SpendMae { get; init; }

    /// <summary>Mean churn probability.</summary>
    public required double ChurnPredicted { get; init; }

    /// <summary>Share that stayed away.</summary>
    public required double ChurnActual { get; init; }

    /// <summary>Area under the ROC curve within the group; NaN where all or none stayed away.</summary>
    public required double ChurnAuc { get; init; }

    /// <summary>Predicted minus actual share of churners.</summary>
    public double ChurnGap => ChurnPredicted - ChurnActual;

    /// <summary>Standard error of the actual share, by which to judge the gap.</summary>
    public double ChurnError => Math.Sqrt(ChurnPredicted * (1 - ChurnPredicted) / Customers);

    /// <summary>Measures the groups that codes name; groups without a customer are left out.</summary>
    internal static IReadOnlyList<GroupErrors> Measure(Holdout holdout, Forecast forecast, int[] codes, IReadOnlyList<(string Name, string Meaning)> groups)
    {
        int[] sizes = new int[groups.Count];
        foreach (int code in codes)
            sizes[code]++;
        int[][] members = Array.ConvertAll(sizes, size => new int[size]);
        int[] filled = new int[groups.Count];
        for (int row = 0; row < codes.Length; row++)
            members[codes[row]][filled[codes[row]]++] = row;
        return [.. groups.Index().Where(group => sizes[group.Index] > 0).Select(group => Of(holdout, forecast, group.Item.Name, group.Item.Meaning, members[group.Index]))];
    }

    private static GroupErrors Of(Holdout holdout, Forecast forecast, string name, string meaning, int[] rows)
    {
        double[] purchases = Pick(forecast.ExpectedPurchases, rows), bought = Pick(holdout.Purchases, rows);
        double[] spend = Pick(forecast.ExpectedSpend, rows), spent = Pick(holdout.Spend, rows);
        double[] churn = Pick(forecast.ChurnProbability, rows);
        bool[] churned = Pick(holdout.Churned, rows);
        return new GroupErrors
        {
            Name = name,
            Meaning = meaning,
            Customers = rows.Length,
            PurchasesPredicted = Ranking.Mean(purchases),
            PurchasesActual = Ranking.Mean(bought),
            PurchasesMae = Errors.MeanAbsolute(purchases, bought),
            SpendPredicted = Ranking.Mean(spend),
            SpendActual = Ranking.Mean(spent),
            SpendMae = Errors.MeanAbsolute(spend, spent),
            ChurnPredicted = Ranking.Mean(churn),
            ChurnActual = churned.AsSpan().Count(true) / (double)rows.Length,
            ChurnAuc = Ranking.AreaUnderCurve(churn, churned),
        };
    }

    private static T[] Pick<T>(ReadOnlySpan<T> values, int[] rows)
    {
        T[] picked = new T[rows.Length];
        for (int i = 0; i < picked.Length; i++)
            picked[i] = values[rows[i]];
        return picked;
    }
}
