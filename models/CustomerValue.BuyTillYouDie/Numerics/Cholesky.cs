namespace CustomerValue.BuyTillYouDie.Numerics;

/// <summary>Cholesky factors of small symmetric matrices, stored by row.</summary>
internal static class Cholesky
{
    /// <summary>Lower factor L with L L' = matrix; null when the matrix is not safely positive definite.</summary>
    public static double[]? Factor(double[] matrix, int n)
    {
        double[] lower = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i * n + j];
                for (int k = 0; k < j; k++) sum -= lower[i * n + k] * lower[j * n + k];
                if (i != j) lower[i * n + j] = sum / lower[j * n + j];
                else if (sum > 1e-10 * Math.Abs(matrix[i * n + i]) && sum > 0) lower[i * n + i] = Math.Sqrt(sum);
                else return null;
            }
        }
        return lower;
    }

    /// <summary>The inverse of the matrix whose factor is <paramref name="lower"/>.</summary>
    public static double[] Inverse(double[] lower, int n)
    {
        double[] inverse = new double[n * n], column = new double[n];
        for (int c = 0; c < n; c++)
        {
            for (int i = 0; i < n; i++)
            {
                double sum = i == c ? 1 : 0;
                for (int k = 0; k < i; k++) sum -= lower[i * n + k] * column[k];
                column[i] = sum / lower[i * n + i];
            }
            for (int i = n - 1; i >= 0; i--)
            {
                double sum = column[i];
                for (int k = i + 1; k < n; k++) sum -= lower[k * n + i] * column[k];
                inverse[i * n + c] = column[i] = sum / lower[i * n + i];
            }
        }
        return inverse;
    }
}
