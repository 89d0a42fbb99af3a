namespace CustomerValue.Models.Evaluation;

/// <summary>Distances between predicted and actual amounts.</summary>
public static class Errors
{
    /// <summary>Mean absolute error in the unit of the values.</summary>
    public static double MeanAbsolute(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        double sum = 0;
        for (int i = 0; i < actual.Length; i++)
            sum += Math.Abs(predicted[i] - actual[i]);
        return sum / actual.Length;
    }

    /// <summary>Root mean squared error in the unit of the values.</summary>
    public static double RootMeanSquared(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        double sum = 0;
        for (int i = 0; i < actual.Length; i++)
            sum += (predicted[i] - actual[i]) * (predicted[i] - actual[i]);
        return Math.Sqrt(sum / actual.Length);
    }

    /// <summary>Predicted total over actual total, minus 1; NaN where nothing happened.</summary>
    public static double Bias(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        double predictedTotal = 0, actualTotal = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            predictedTotal += predicted[i];
            actualTotal += actual[i];
        }
        return actualTotal != 0 ? predictedTotal / actualTotal - 1 : double.NaN;
    }
}
