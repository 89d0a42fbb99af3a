namespace CustomerValue.Boosting;

/// <summary>How good predictions are. Spans are of equal length and not empty; weights may be empty for 1 each.</summary>
/// <remarks>Ranking metrics treat equal scores as one group, so that the order of rows never matters.</remarks>
public static class Metrics
{
    /// <summary>Probabilities are held this far from 0 and 1 in logarithms.</summary>
    private const double LeastProbability = 1e-15;

    /// <summary>Mean of -log of the probability given to what happened.</summary>
    public static double LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) =>
        Mean(probabilities, labels, weights, (p, y) => -Math.Log(Math.Max(y > 0 ? p : 1 - p, LeastProbability)));

    /// <summary>Mean squared difference of probability and outcome. Brier (1950), for one of the two classes.</summary>
    public static double Brier(ReadOnlySpan<double> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) =>
        Mean(probabilities, labels, weights, (p, y) => (p - y) * (p - y));

    /// <summary>Root of the mean squared error, in the label's unit.</summary>
    public static double Rmse(ReadOnlySpan<double> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) =>
        Math.Sqrt(Mean(predictions, labels, weights, (p, y) => (p - y) * (p - y)));

    /// <summary>Mean absolute error, in the label's unit.</summary>
    public static double Mae(ReadOnlySpan<double> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) =>
        Mean(predictions, labels, weights, (p, y) => Math.Abs(p - y));

    /// <summary>Mean pinball loss of a quantile at the given level.</summary>
    public static double Pinball(ReadOnlySpan<double> predictions, ReadOnlySpan<float> labels, double alpha, ReadOnlySpan<float> weights = default) =>
        Mean(predictions, labels, weights, (p, y) => y > p ? alpha * (y - p) : (1 - alpha) * (p - y));

    /// <summary>Mean unit Poisson deviance, 2 (y log(y/m) - y + m); means above 0.</summary>
    public static double PoissonDeviance(ReadOnlySpan<double> means, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) =>
        Mean(means, labels, weights, (m, y) => 2 * ((y > 0 ? y * Math.Log(y / m) : 0) - y + m));

    /// <summary>Mean unit gamma deviance, 2 (log(m/y) + y/m - 1); means and labels above 0.</summary>
    public static double GammaDeviance(ReadOnlySpan<double> means, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default) =>
        Mean(means, labels, weights, (m, y) => 2 * (Math.Log(m / y) + y / m - 1));

    /// <summary>Mean unit Tweedie deviance of a variance power above 1 and below 2; means above 0. Jorgensen (1997).</summary>
    public static double TweedieDeviance(ReadOnlySpan<double> means, ReadOnlySpan<float> labels, double power, ReadOnlySpan<float> weights = default) =>
        Mean(means, labels, weights, (m, y) => 2 * (Math.Pow(y, 2 - power) / ((1 - power) * (2 - power))
            - y * Math.Pow(m, 1 - power) / (1 - power) + Math.Pow(m, 2 - power) / (2 - power)));

    /// <summary>Area under the ROC curve: the chance that a row of label 1 outranks one of label 0, equal scores counting one half. NaN where a class is absent.</summary>
    public static double AreaUnderCurve(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        double area = 0, positives = 0, negatives = 0;
        foreach ((double positive, double negative) in Groups(scores, labels, weights))
        {
            area += negative * (positives + positive / 2);
            positives += positive;
            negatives += negative;
        }
        return area / (positives * negatives);
    }

    /// <summary>Mean precision at the ranks of the rows of label 1, as scikit-learn's <c>average_precision_score</c>. NaN without such a row.</summary>
    public static double AveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        double sum = 0, positives = 0, all = 0;
        foreach ((double positive, double negative) in Groups(scores, labels, weights))
        {
            positives += positive;
            all += positive + negative;
            sum += positive > 0 ? positive * positives / all : 0;
        }
        return sum / positives;
    }

    /// <summary>Gini of the labels ordered by score over the Gini of the labels ordered by themselves: 1 is a perfect ranking of amounts, 0 a random one.</summary>
    /// <remarks>Rows of equal score count with their mean label. NaN where all labels are equal.</remarks>
    public static double NormalizedGini(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        double[] perfect = new double[labels.Length];
        for (int row = 0; row < perfect.Length; row++)
            perfect[row] = labels[row];
        double ideal = Gini(perfect, labels, weights);
        return ideal == 0 ? double.NaN : Gini(scores, labels, weights) / ideal;
    }

    /// <summary>Twice the area between the gain curve, best first, and the diagonal.</summary>
    private static double Gini(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double area = 0, amount = 0, rows = 0;
        foreach ((double groupAmount, double groupRows) in Amounts(scores, labels, weights))
        {
            area += groupRows * (amount + groupAmount / 2);
            amount += groupAmount;
            rows += groupRows;
        }
        return 2 * area / (amount * rows) - 1;
    }

    private static double Mean(ReadOnlySpan<double> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Func<double, double, double> loss)
    {
        CheckLengths(predictions, labels, weights);
        double sum = 0, total = 0;
        for (int row = 0; row < predictions.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            sum += weight * loss(predictions[row], labels[row]);
            total += weight;
        }
        return sum / total;
    }

    /// <summary>Weight of label 1 and of label 0 a distinct score, best first.</summary>
    private static List<(double Positive, double Negative)> Groups(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        List<(double Amount, double Rows)> groups = Amounts(scores, labels, weights);
        return groups.ConvertAll(group => (group.Amount, group.Rows - group.Amount));
    }

    /// <summary>Weighted label sum and weight a distinct score, best first.</summary>
    private static List<(double Amount, double Rows)> Amounts(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        CheckLengths(scores, labels, weights);
        double[] keys = scores.ToArray();
        int[] order = new int[keys.Length];
        for (int row = 0; row < order.Length; row++)
            order[row] = row;
        Array.Sort(keys, order);
        List<(double Amount, double Rows)> groups = [];
        for (int i = keys.Length - 1; i >= 0;)
        {
            double key = keys[i], amount = 0, rows = 0;
            for (; i >= 0 && keys[i].Equals(key); i--)
            {
                double weight = weights.IsEmpty ? 1 : weights[order[i]];
                amount += weight * labels[order[i]];
                rows += weight;
            }
            groups.Add((amount, rows));
        }
        return groups;
    }

    private static void CheckLengths(ReadOnlySpan<double> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        if (predictions.IsEmpty || predictions.Length != labels.Length || (!weights.IsEmpty && weights.Length != labels.Length))
            throw new ArgumentException($"Found {predictions.Length} predictions, {labels.Length} labels and {weights.Length} weights; expected as many of each, at least one (or no weights).");
    }
}
