using CustomerValue.Boosting;

namespace CustomerValue.Benchmarks;

/// <summary>Five numbers and ten fields of fifty levels each, a column of zeros and ones a level: 505 columns, as text fields are often given to learners of trees.</summary>
/// <remarks>Levels are unevenly frequent, as those of real fields are: the square of a uniform number picks them. Four fields and the numbers bear on the label.</remarks>
internal sealed class OneHotTable
{
    public const int Columns = Numbers + Fields * Levels;

    private const int Numbers = 5, Fields = 10, Levels = 50, Telling = 4;

    /// <param name="rows">Training rows; a quarter as many again are held out.</param>
    public OneHotTable(int rows)
    {
        int all = rows + rows / 4;
        float[][] columns = [.. Enumerable.Range(0, Columns).Select(_ => new float[all])];
        Random random = new(11);
        double[] effects = [.. Enumerable.Range(0, Telling * Levels).Select(_ => 0.6 * BoostingTable.Normal(random))];
        float[] labels = new float[all];
        for (int row = 0; row < all; row++)
        {
            for (int number = 0; number < Numbers; number++)
                columns[number][row] = (float)BoostingTable.Normal(random);
            double signal = 0.8 * columns[0][row] - 0.6 * columns[1][row] * columns[2][row] - 0.5;
            for (int field = 0; field < Fields; field++)
            {
                double draw = random.NextDouble();
                int level = (int)(draw * draw * Levels);
                columns[Numbers + field * Levels + level][row] = 1;
                signal += field < Telling ? effects[field * Levels + level] : 0;
            }
            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-signal)) ? 1 : 0;
        }
        BoostingData Part(int from, int count) => new([.. columns.Select((column, i) => FeatureColumn.Numeric($"f{i}", column.AsMemory(from, count)))]);
        (Training, Held, Truth) = (Part(0, rows), Part(rows, all - rows), new(labels, rows));
    }

    public BoostingData Training { get; }

    public BoostingData Held { get; }

    public BoostingTable.Labels Truth { get; }
}
