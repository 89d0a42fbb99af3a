using System.Globalization;

namespace CustomerValue.Strategy.Scorecard;

/// <summary>Weights from judgements of pairs: the analytic hierarchy process.</summary>
/// <remarks>
/// Weights are the principal eigenvector of the reciprocal matrix. Consistency index = (lambda - n) / (n - 1); the ratio sets it against the
/// mean index of random matrices. Saaty (1980), The Analytic Hierarchy Process; (1977), Journal of Mathematical Psychology 15.
/// </remarks>
internal sealed class PairwiseComparison
{
    /// <summary>Consistency ratio above which judgements are refused.</summary>
    public const double MaxConsistencyRatio = 0.10;

    /// <summary>Most items that are compared at once.</summary>
    public const int MaxItems = 15;

    /// <summary>How far the product of a judgement and its reverse may lie from 1, so that 1/3 may be written 0.33.</summary>
    private const double ReciprocalTolerance = 0.02;

    // Saaty (1980): mean consistency index of random reciprocal matrices of 1 to 15 items.
    private static readonly double[] s_randomIndex = [0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];

    private PairwiseComparison(double[] weights, double lambda, (int Row, int Column) worst, double given)
    {
        int count = weights.Length;
        Weights = weights;
        Lambda = lambda;
        ConsistencyIndex = count > 1 ? Math.Max(0, (lambda - count) / (count - 1)) : 0;
        ConsistencyRatio = count > 2 ? ConsistencyIndex / s_randomIndex[count - 1] : 0;
        MostInconsistent = worst;
        Given = given;
    }

    /// <summary>Weights by item; they sum to 1.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>Principal eigenvalue; the number of items where all judgements agree.</summary>
    public double Lambda { get; }

    /// <summary>(lambda - n) / (n - 1).</summary>
    public double ConsistencyIndex { get; }

    /// <summary>Consistency index over that of random judgements; 0 for one or two items.</summary>
    public double ConsistencyRatio { get; }

    /// <summary>The judgement, row over column, that is farthest from what all others say together.</summary>
    public (int Row, int Column) MostInconsistent { get; }

    /// <summary>What was given there.</summary>
    public double Given { get; }

    /// <summary>What the weights say there.</summary>
    public double Implied => Weights[MostInconsistent.Row] / Weights[MostInconsistent.Column];

    /// <summary>Weights of a matrix of judgements: how many times the row's item matters more than the column's, 1/9 to 9.</summary>
    /// <param name="judgements">Rows of a square reciprocal matrix, ones on its diagonal.</param>
    /// <exception cref="ArgumentException">The matrix is not square, has more than 15 rows, a judgement outside 1/9 to 9, another diagonal, or is not reciprocal; the message names the place.</exception>
    public static PairwiseComparison Of(IReadOnlyList<IReadOnlyList<double>> judgements)
    {
        double[,] matrix = Check(judgements);
        int count = matrix.GetLength(0);
        double[] weights = new double[count], product = new double[count];
        Array.Fill(weights, 1.0 / count);
        double lambda = count;
        // The matrix is positive, so powers of it turn every start to the principal eigenvector (Perron).
        for (int step = 0; step < 10_000; step++)
        {
            double sum = 0, change = 0;
            for (int row = 0; row < count; row++)
            {
                product[row] = 0;
                for (int column = 0; column < count; column++)
                    product[row] += matrix[row, column] * weights[column];
                sum += product[row];
            }
            lambda = sum;
            for (int row = 0; row < count; row++)
            {
                change = Math.Max(change, Math.Abs((product[row] / sum) - weights[row]));
                weights[row] = product[row] / sum;
            }
            if (change < 1e-14)
                break;
        }
        (int Row, int Column) worst = (0, 0);
        double farthest = -1;
        for (int row = 0; row < count; row++)
            for (int column = row + 1; column < count; column++)
            {
                double distance = Math.Abs(Math.Log(matrix[row, column] * weights[column] / weights[row]));
                if (distance > farthest + 1e-12)
                    (worst, farthest) = ((row, column), distance);
            }
        return new PairwiseComparison(weights, lambda, worst, matrix[worst.Row, worst.Column]);
    }

    private static double[,] Check(IReadOnlyList<IReadOnlyList<double>> judgements)
    {
        int count = judgements.Count;
        if (count is 0 or > MaxItems)
            throw Bad($"found {count} rows, expected 1 to {MaxItems}; split the items into groups");
        double[,] matrix = new double[count, count];
        for (int row = 0; row < count; row++)
        {
            if (judgements[row].Count != count)
                throw Bad(string.Create(CultureInfo.InvariantCulture, $"row {row + 1}: found {judgements[row].Count} judgements, expected {count}, one for each row"));
            for (int column = 0; column < count; column++)
            {
                double judgement = judgements[row][column];
                if (!(judgement is >= 1 / 9.2 and <= 9))
                    throw Bad(string.Create(CultureInfo.InvariantCulture, $"row {row + 1}, column {column + 1}: found {judgement:0.###}, expected 1/9 to 9"));
                matrix[row, column] = judgement;
            }
        }
        for (int row = 0; row < count; row++)
            for (int column = 0; column <= row; column++)
            {
                double over = matrix[column, row], reverse = matrix[row, column];
                if (row == column && reverse != 1)
                    throw Bad(string.Create(CultureInfo.InvariantCulture, $"row {row + 1}, column {row + 1}: found {reverse:0.###}, expected 1, as an item matters as much as itself"));
                if (Math.Abs((over * reverse) - 1) > ReciprocalTolerance)
                    throw Bad(string.Create(CultureInfo.InvariantCulture, $"row {row + 1}, column {column + 1}: found {reverse:0.###}, which is not reciprocal to {over:0.###} in row {column + 1}, column {row + 1}; expected {1 / over:0.###}"));
                // Of two roundings of one judgement, the one above 1 is exact.
                if (over >= 1)
                    matrix[row, column] = 1 / over;
                else
                    matrix[column, row] = 1 / reverse;
            }
        return matrix;
    }

    private static ArgumentException Bad(string problem) => new(problem);
}
