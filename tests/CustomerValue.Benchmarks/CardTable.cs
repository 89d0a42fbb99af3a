using CustomerValue.Boosting;

namespace CustomerValue.Benchmarks;

/// <summary>A simulated table of credit-card customers of whom about a sixth leave, nearly separable by steps and interactions: one on which boosting must run long.</summary>
/// <remarks>The columns are those that such tables usually have (transactions in a year and their change, balance, utilisation, products held, months without use,
/// contacts, limit, age, tenure). The churn probability is known, so that <see cref="BestLoss"/> is what no model can beat.</remarks>
internal sealed class CardTable
{
    private static readonly string[] s_names =
        ["transactions", "amount", "transactions_change", "amount_change", "balance", "utilisation", "products", "inactive_months", "contacts", "limit", "age", "tenure", "dependents", "card", "income"];

    public CardTable(int rows, int seed = 5)
    {
        Random random = new(seed);
        float[][] columns = [.. s_names.Select(_ => new float[rows])];
        float[] labels = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            double[] x = Customer(random);
            for (int column = 0; column < x.Length; column++)
                columns[column][row] = (float)x[column];
            double probability = 1 / (1 + Math.Exp(-LogOdds(x)));
            labels[row] = random.NextDouble() < probability ? 1 : 0;
            BestLoss -= (labels[row] == 1 ? Math.Log(probability) : Math.Log(1 - probability)) / rows;
        }
        Rows = new(new BoostingData([.. columns.Select((column, i) => FeatureColumn.Numeric(s_names[i], column))]), labels);
    }

    public TrainingRows Rows { get; }

    /// <summary>Log loss of the true probabilities.</summary>
    public double BestLoss { get; }

    private static double[] Customer(Random random)
    {
        double level = BoostingTable.Normal(random), count = Math.Clamp(Math.Round(64 + 22 * level + 8 * BoostingTable.Normal(random)), 10, 140);
        double amount = count * Math.Exp(3.9 + 0.012 * (count - 64) + 0.25 * BoostingTable.Normal(random));
        double limit = Math.Exp(8.7 + 0.8 * BoostingTable.Normal(random)), balance = random.NextDouble() < 0.25 ? 0 : Math.Min(2517, Math.Max(132, 1450 + 550 * BoostingTable.Normal(random)));
        return
        [
            count, amount, Math.Max(0, 0.71 + 0.22 * BoostingTable.Normal(random)), Math.Max(0, 0.76 + 0.22 * BoostingTable.Normal(random)), balance, balance / Math.Max(limit, balance + 1),
            random.Next(1, 7), random.Next(0, 7), random.Next(0, 7), limit, Math.Round(46 + 8 * BoostingTable.Normal(random)), Math.Round(36 + 8 * BoostingTable.Normal(random)), random.Next(0, 6), random.Next(0, 4), random.Next(0, 6),
        ];
    }

    private static double LogOdds(double[] x)
    {
        double typical = 50 * Math.Exp(0.012 * (x[0] - 64)) * x[0];
        double odds = 1.6 * Math.Tanh((56 - x[0]) / 9) + (x[4] == 0 ? 1.6 : x[4] is > 600 and < 2400 ? -1.1 : 0.5) + 0.5 * (x[8] - 2.5) + (x[7] >= 3 ? 0.6 : -0.5)
            + (x[6] <= 2 ? 1.4 : -0.5) - 4 * (x[2] - 0.71) + 2.5 * Math.Tanh(3 * Math.Log(x[1] / typical) * (x[0] < 60 ? -1 : 1)) - (x[3] > 1 ? 1.2 : 0) + (x[10] is > 40 and < 52 ? 0.4 : -0.3);
        return 3 * (odds - 1.9);
    }
}
