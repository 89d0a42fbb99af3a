namespace CustomerValue.BuyTillYouDie.Numerics;

/// <summary>Draws of positive parameters whose logarithms are jointly normal.</summary>
internal static class ParameterDraws
{
    /// <summary>Draws around <paramref name="centre"/>; <paramref name="factor"/> is the Cholesky factor of the covariance of the leading parameters' logarithms.</summary>
    public static IEnumerable<double[]> From(double[] centre, double[] factor, int count, Random random)
    {
        int n = (int)Math.Round(Math.Sqrt(factor.Length));
        for (int draw = 0; draw < count; draw++)
        {
            double[] normal = new double[n], values = [.. centre];
            for (int i = 0; i < n; i++)
                normal[i] = Sampling.Normal(random);
            for (int i = 0; i < n; i++)
            {
                double shift = 0;
                for (int j = 0; j <= i; j++) shift += factor[i * n + j] * normal[j];
                values[i] *= Math.Exp(shift);
            }
            yield return values;
        }
    }
}
