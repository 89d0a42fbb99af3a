namespace CustomerValue.Boosting.Tests;

/// <summary>What is laid out for single rows scores and explains as tables do.</summary>
public class RowForestTests
{
    private const int Rows = 1500;
    private static readonly string?[] s_levels = ["north", "south", "east", "west", null];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Boosters_laid_out_together_score_every_row_to_the_last_bit_as_alone(int depth)
    {
        TrainingRows rows = Mixed();
        Booster[] boosters = [Train(rows, depth, 7, rounds: 13), Train(rows, depth, 8, rounds: 6), Train(rows, depth, 9, rounds: 21)];
        RowForest forest = RowForest.For(boosters)!;
        forest.Should().NotBeNull();
        double[] raw = new double[boosters.Length], starts = new double[boosters.Length];
        float[] row = new float[rows.Data.Columns.Count];
        float[][] odd = [[float.NaN, float.NaN, float.NaN], [float.PositiveInfinity, float.NegativeInfinity, 99], [float.MinValue, float.MaxValue, -1]];
        for (int i = 0; i < Rows + odd.Length; i++)
        {
            for (int feature = 0; feature < row.Length; feature++)
                row[feature] = i < Rows ? rows.Data.Columns[feature].Values.Span[i] : odd[i - Rows][feature];
            (starts[0], starts[1], starts[2]) = (0, 0.125 * i, -1e-3);
            forest.PredictRaw(row, starts, raw);
            for (int booster = 0; booster < boosters.Length; booster++)
                BitConverter.DoubleToInt64Bits(raw[booster]).Should().Be(BitConverter.DoubleToInt64Bits(boosters[booster].PredictRaw(row, starts[booster])), "row {0} of booster {1}", i, booster);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(12)]
    public void One_row_alone_is_explained_to_the_last_bit_as_among_many(int depth)
    {
        TrainingRows rows = Mixed();
        Booster booster = Train(rows, depth, 7, rounds: 15);
        int width = booster.ContributionsWidth;
        double[] many = new double[Rows * width], alone = new double[width];
        booster.Contributions(rows.Data, many);
        float[] row = new float[rows.Data.Columns.Count];
        for (int i = 0; i < Rows; i++)
        {
            for (int feature = 0; feature < row.Length; feature++)
                row[feature] = rows.Data.Columns[feature].Values.Span[i];
            booster.Contributions(row, alone);
            alone.Should().Equal(many[(i * width)..((i + 1) * width)]);
        }
    }

    /// <summary>Few rows are explained row by row or by eights, many by tables of a leaf's patterns; what is in a block must not matter either.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1031)]
    public void A_part_of_a_table_is_explained_to_the_last_bit_as_the_whole(int part)
    {
        TrainingRows rows = Mixed();
        Booster booster = Train(rows, 5, 7, rounds: 15);
        double[] whole = new double[Rows * booster.ContributionsWidth], first = new double[part * booster.ContributionsWidth];
        booster.Contributions(rows.Data, whole);
        booster.Contributions(new BoostingData([.. rows.Data.Columns.Select(column => column.Select([.. Enumerable.Range(0, part)]))]), first);
        first.Should().Equal(whole[..first.Length]);
    }

    [Fact]
    public void Trees_too_deep_to_fill_up_are_not_laid_out() => RowForest.For([Train(Mixed(), 8, 7, rounds: 5)]).Should().BeNull();

    [Fact]
    public void Boosters_of_other_features_are_not_laid_out_together() =>
        RowForest.For([Train(Mixed(), 3, 7, rounds: 3), Train(Tables.Binary(400), 3, 7, rounds: 3)]).Should().BeNull();

    private static Booster Train(TrainingRows rows, int depth, int seed, int rounds) => BoosterTrainer.Fit(rows,
        new BoosterOptions { Objective = Objectives.Logistic, Rounds = rounds, MaxDepth = depth, MaxLeaves = 1 << depth, MinChildWeight = 0.01, RowSampling = 0.7, Seed = seed }).Model;

    /// <summary>Two numbers with missing values, and a category that decides on some of them.</summary>
    private static TrainingRows Mixed()
    {
        Random random = new(11);
        float[] a = new float[Rows], b = new float[Rows], labels = new float[Rows];
        string?[] level = new string?[Rows];
        for (int i = 0; i < Rows; i++)
        {
            (a[i], b[i], level[i]) = ((float)Tables.Normal(random), (float)random.Next(6), s_levels[random.Next(s_levels.Length)]);
            double signal = a[i] * (level[i] is "south" or "west" ? 1.5 : -0.7) + (b[i] > 3 ? 0.8 : 0);
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-signal)) ? 1 : 0;
            if (random.Next(10) == 0)
                a[i] = float.NaN;
            if (random.Next(15) == 0)
                b[i] = float.NaN;
        }
        return new(new([FeatureColumn.Numeric("a", a), FeatureColumn.Numeric("b", b), FeatureColumn.Categorical("level", level)]), labels);
    }
}
