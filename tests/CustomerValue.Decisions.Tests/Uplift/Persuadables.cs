using CustomerValue.Boosting;
using CustomerValue.Decisions.Tests.Experiments;
using CustomerValue.Decisions.Uplift;

namespace CustomerValue.Decisions.Tests.Uplift;

/// <summary>
/// Simulated customers whose answer to a contact is known: sure things who buy anyway, lost causes who never do, persuadables whom a contact wins, and customers who should not be disturbed,
/// whom it drives away. Who is what shows in the features, with noise columns beside them.
/// </summary>
internal sealed class Persuadables
{
    public Persuadables(int count, int seed, int arms = 2, bool money = false)
    {
        Random random = new(seed);
        float[][] columns = [.. Enumerable.Range(0, 8).Select(_ => new float[count])];
        int[] arm = new int[count];
        float[] outcome = new float[count];
        TrueUplift = [.. Enumerable.Range(1, arms - 1).Select(_ => new double[count])];
        for (int i = 0; i < count; i++)
        {
            foreach (float[] column in columns)
                column[i] = (float)random.Normal();
            float recency = columns[0][i], loyalty = columns[1][i], annoyed = columns[2][i];
            double anyway = Logistic(-1 + 1.2 * loyalty - 0.5 * recency), amount = Math.Exp(3 + 0.4 * loyalty);
            arm[i] = random.Next(arms);
            double bought = anyway;
            for (int a = 1; a < arms; a++)
            {
                // Persuadable in the middle of loyalty and lately seen; the annoyed are driven away.
                double uplift = (a == 1 ? 0.22 : 0.12) * Math.Exp(-Math.Pow(loyalty - 0.2 * a, 2)) * Logistic(-2 * recency) - 0.35 * anyway * Logistic(6 * (annoyed - 1));
                double with = Math.Clamp(anyway + uplift, 0.01, 0.99);
                TrueUplift[a - 1][i] = (with - anyway) * (money ? amount : 1);
                if (arm[i] == a)
                    bought = with;
            }
            outcome[i] = random.NextDouble() < bought ? (float)(money ? amount * Math.Exp(0.5 * random.Normal() - 0.125) : 1) : 0;
        }
        Annoyed = [.. columns[2].Select(value => value > 1.5)];
        Table = new UpliftTable(new BoostingData([.. columns.Select((column, c) => FeatureColumn.Numeric($"x{c}", column))]), [.. Enumerable.Range(0, arms).Select(a => a == 0 ? "none" : $"call-{a}")], arm, outcome,
            money ? UpliftOutcome.Margin : UpliftOutcome.Buying);
    }

    public UpliftTable Table { get; }

    /// <summary>True uplift by treated arm and row.</summary>
    public double[][] TrueUplift { get; }

    /// <summary>Whom a contact drives away.</summary>
    public bool[] Annoyed { get; }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
