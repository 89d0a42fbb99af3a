using CustomerValue.Models.Evaluation;
using CustomerValue.Models.Forecasting;

namespace CustomerValue.Reporting.Figures;

/// <summary>How the champion did on a group of customers.</summary>
/// <param name="Name">The group.</param>
/// <param name="Meaning">Who belongs to it.</param>
/// <param name="Customers">Customers in it.</param>
/// <param name="PurchasesPredicted">Mean expected purchases.</param>
/// <param name="PurchasesActual">Mean actual purchases.</param>
/// <param name="PurchasesMae">Mean absolute error of purchases.</param>
/// <param name="SpendPredicted">Mean expected spend.</param>
/// <param name="SpendActual">Mean actual spend.</param>
/// <param name="SpendMae">Mean absolute error of spend.</param>
/// <param name="ChurnPredicted">Mean churn probability.</param>
/// <param name="ChurnActual">Share that stayed away.</param>
/// <param name="ChurnAuc">Area under the ROC curve within the group; NaN where all or none stayed away.</param>
public sealed record GroupErrors(
    string Name,
    string Meaning,
    int Customers,
    double PurchasesPredicted,
    double PurchasesActual,
    double PurchasesMae,
    double SpendPredicted,
    double SpendActual,
    double SpendMae,
    double ChurnPredicted,
    double ChurnActual,
    double ChurnAuc)
{
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
        return new GroupErrors(name, meaning, rows.Length,
            Ranking.Mean(purchases), Ranking.Mean(bought), Errors.MeanAbsolute(purchases, bought),
            Ranking.Mean(spend), Ranking.Mean(spent), Errors.MeanAbsolute(spend, spent),
            Ranking.Mean(churn), churned.AsSpan().Count(true) / (double)rows.Length, Ranking.AreaUnderCurve(churn, churned));
    }

    private static T[] Pick<T>(ReadOnlySpan<T> values, int[] rows)
    {
        T[] picked = new T[rows.Length];
        for (int i = 0; i < picked.Length; i++)
            picked[i] = values[rows[i]];
        return picked;
    }
}
