using CustomerValue.Boosting;

namespace CustomerValue.Models.Tables;

/// <summary>One figure of predictions beside labels.</summary>
/// <param name="Key">Its name in JSON.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="LowerIsBetter">Whether it is an error; null where neither more nor less is better.</param>
/// <param name="Decimals">Decimals worth reading.</param>
/// <param name="Of">Reckons it.</param>
public sealed record TableFigure(string Key, string Name, bool? LowerIsBetter, int Decimals, Func<double[], float[], double> Of)
{
    private const double Decile = 0.1;

    /// <summary>The figures that tell how good a model of the objective is.</summary>
    internal static IReadOnlyList<TableFigure> For(Objective objective)
    {
        if (objective == Objectives.Logistic)
            return
            [
                new("auc", "AUC", false, 4, (p, y) => Metrics.AreaUnderCurve(p, y)),
                new("average_precision", "average precision", false, 4, (p, y) => Metrics.AveragePrecision(p, y)),
                new("log_loss", "log loss", true, 4, (p, y) => Metrics.LogLoss(p, y)),
                new("brier", "Brier", true, 4, (p, y) => Metrics.Brier(p, y)),
                new("top_decile_lift", "top-decile lift", false, 2, TopDecileLift),
            ];
        List<TableFigure> figures = Family(objective, "quantile") is { } level
            ? [new("pinball", "pinball loss", true, 4, (p, y) => Metrics.Pinball(p, y, level)), new("share_below", "share at or below", null, 4, ShareBelow)]
            : [new("rmse", "RMSE", true, 4, (p, y) => Metrics.Rmse(p, y)), new("normalized_gini", "Gini", false, 4, (p, y) => Metrics.NormalizedGini(p, y))];
        figures.Insert(1, new("mae", "MAE", true, 4, (p, y) => Metrics.Mae(p, y)));
        if (objective == Objectives.Poisson)
            figures.Add(new("poisson_deviance", "Poisson deviance", true, 4, (p, y) => Metrics.PoissonDeviance(p, y)));
        if (objective == Objectives.Gamma)
            figures.Add(new("gamma_deviance", "gamma deviance", true, 4, (p, y) => Metrics.GammaDeviance(p, y)));
        if (Family(objective, "tweedie") is { } power)
            figures.Add(new("tweedie_deviance", "Tweedie deviance", true, 4, (p, y) => Metrics.TweedieDeviance(p, y, power)));
        return figures;
    }

    /// <summary>Share of label 1 among the tenth of highest score over that among all; rows of equal score at the edge count with their mean.</summary>
    private static double TopDecileLift(double[] scores, float[] labels)
    {
        double wanted = Decile * scores.Length, taken = 0, hits = 0;
        foreach (IGrouping<double, int> tie in Enumerable.Range(0, scores.Length).GroupBy(row => scores[row]).OrderByDescending(tie => tie.Key))
        {
            double rows = tie.Count(), share = Math.Min(1, (wanted - taken) / rows);
            hits += share * tie.Sum(row => (double)labels[row]);
            taken += share * rows;
            if (share < 1)
                break;
        }
        return hits / wanted / labels.Average(label => (double)label);
    }

    private static double ShareBelow(double[] quantiles, float[] labels) => Enumerable.Range(0, labels.Length).Average(row => labels[row] <= quantiles[row] ? 1.0 : 0);

    /// <summary>The parameter of an objective such as <c>tweedie(1.5)</c>, or null where it is of another family.</summary>
    private static double? Family(Objective objective, string family) =>
        objective.Name.StartsWith(family + "(", StringComparison.Ordinal)
            ? double.Parse(objective.Name.AsSpan(family.Length + 1, objective.Name.Length - family.Length - 2), System.Globalization.CultureInfo.InvariantCulture) : null;
}
