namespace CustomerValue.Models.Evaluation;

/// <summary>One tenth of the customers, ranked by prediction; decile 1 is the highest.</summary>
/// <param name="Number">1 (highest predicted) to 10.</param>
/// <param name="Customers">Customers in it.</param>
/// <param name="Predicted">Mean prediction.</param>
/// <param name="Actual">Mean of what happened.</param>
public sealed record Decile(int Number, int Customers, double Predicted, double Actual);

/// <summary>Tables of predicted and actual means by rank of prediction.</summary>
public static class Deciles
{
    /// <summary>Ten groups of nearly equal size by prediction, highest first; rows of equal prediction each count as their average, so that row order does not matter.</summary>
    public static IReadOnlyList<Decile> Table(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        double[] keys = predicted.ToArray();
        int[] order = new int[keys.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            keys[i] = -keys[i];
        }
        Array.Sort(keys, order);
        double[] outcome = TieAverages(keys, order, actual);
        List<Decile> deciles = [];
        for (int d = 0; d < 10; d++)
        {
            int start = (int)((long)order.Length * d / 10), end = (int)((long)order.Length * (d + 1) / 10);
            double sumPredicted = 0, sumActual = 0;
            for (int i = start; i < end; i++)
            {
                sumPredicted += predicted[order[i]];
                sumActual += outcome[i];
            }
            if (end > start)
                deciles.Add(new Decile(d + 1, end - start, sumPredicted / (end - start), sumActual / (end - start)));
        }
        return deciles;
    }

    private static double[] TieAverages(double[] sortedKeys, int[] order, ReadOnlySpan<double> actual)
    {
        double[] averages = new double[order.Length];
        for (int start = 0; start < order.Length;)
        {
            int end = start;
            double sum = 0;
            for (; end < order.Length && sortedKeys[end] == sortedKeys[start]; end++)
                sum += actual[order[end]];
            averages.AsSpan(start, end - start).Fill(sum / (end - start));
            start = end;
        }
        return averages;
    }

    /// <summary>Mean absolute deviation of the decile means, as a share of the overall actual mean.</summary>
    public static double MeanDeviation(IReadOnlyList<Decile> deciles)
    {
        double total = 0, deviation = 0;
        int customers = 0;
        foreach (Decile decile in deciles)
        {
            total += decile.Customers * decile.Actual;
            deviation += decile.Customers * Math.Abs(decile.Predicted - decile.Actual);
            customers += decile.Customers;
        }
        return customers > 0 && total > 0 ? deviation / total : double.NaN;
    }
}
