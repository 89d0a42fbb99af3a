namespace CustomerValue.Boosting.Tests;

/// <summary>Small tables with known truth.</summary>
internal static class Tables
{
    /// <summary>Numeric features, some values missing, labels 0 and 1 from a logistic model with an interaction.</summary>
    public static TrainingRows Binary(int rows, int features = 6, int seed = 1, double missing = 0.05)
    {
        Random random = new(seed);
        (float[] values, double[] signal) = Values(random, rows, features, missing);
        float[] labels = [.. signal.Select(s => random.NextDouble() < 1 / (1 + Math.Exp(-s)) ? 1f : 0f)];
        return new(BoostingData.FromRows(values, features), labels);
    }

    /// <summary>The same features with amounts: 0 for some, else lognormal.</summary>
    public static TrainingRows Amounts(int rows, int features = 6, int seed = 1)
    {
        Random random = new(seed);
        (float[] values, double[] signal) = Values(random, rows, features, 0.05);
        float[] labels = [.. signal.Select(s => random.NextDouble() < 1 / (1 + Math.Exp(-s)) ? (float)Math.Exp(1 + 0.5 * s + 0.5 * Normal(random)) : 0f)];
        return new(BoostingData.FromRows(values, features), labels);
    }

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double[] Raw(this Booster model, BoostingData data, double[]? baseMargins = null)
    {
        double[] margins = new double[data.RowCount * model.Objective.Outputs];
        model.PredictRaw(data, margins, baseMargins);
        return margins;
    }

    public static double[] Responses(this Booster model, BoostingData data, double[]? baseMargins = null)
    {
        double[] responses = new double[data.RowCount];
        model.Predict(data, responses, baseMargins);
        return responses;
    }

    private static (float[] Values, double[] Signal) Values(Random random, int rows, int features, double missing)
    {
        float[] values = new float[rows * features];
        double[] signal = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            Span<float> x = values.AsSpan(row * features, features);
            for (int feature = 0; feature < features; feature++)
                x[feature] = (float)Normal(random);
            signal[row] = 1.2 * x[0] - 0.8 * x[1] * x[^1] + (x[2] > 0.5 ? 0.7 : -0.3);
            for (int feature = 0; feature < features; feature++)
                if (random.NextDouble() < missing)
                    x[feature] = float.NaN;
        }
        return (values, signal);
    }
}
