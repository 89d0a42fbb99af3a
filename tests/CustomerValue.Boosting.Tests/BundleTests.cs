using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.Boosting.Tests;

/// <summary>Features that are never outside their usual bins together share a byte column, and no tree may tell.</summary>
public sealed class BundleTests
{
    private const int Rows = 900, Levels = 12, Cases = 15;

    private static readonly Arbitrary<int> s_anySeed = Gen.Choose(1, 10_000).ToArbitrary();

    [Fact]
    public void Every_feature_reads_back_from_its_bundle() => Holds(seed =>
    {
        BoostingData data = Table(seed, together: false).Data;
        using WorkerTeam team = new(2);
        BinMapper mapper = BinMapper.Learn(data, default, 255, team);
        using BinnedMatrix bundled = new(data, mapper, team, withTiles: true), plain = new(data, mapper, team, withTiles: false);
        plain.Columns.Should().HaveCount(data.Columns.Count);
        bundled.Columns.Length.Should().BeLessThan(data.Columns.Count - Levels / 2);
        for (int feature = 0; feature < data.Columns.Count; feature++)
        {
            FeaturePlace place = bundled.Places[feature];
            bundled.Columns[place.Column].Select(code => (byte)place.BinOf(code)).Should().Equal(plain.Columns[feature], $"'{data.Columns[feature].Name}' is in column {place.Column}");
            bundled.Columns[place.Column].Max(code => (int)code).Should().BeLessThan(bundled.Codes[place.Column]);
        }
    });

    /// <summary>One row of no weight in which every feature is unusual forbids all bundles and bears on no sum: the model stays the same to the last bit.</summary>
    [Fact]
    public void A_model_is_the_same_with_bundles_and_without() => Holds(seed =>
    {
        TrainingRows bundled = Table(seed, together: false), apart = Table(seed, together: true);
        Columns(bundled).Should().BeLessThan(bundled.Data.Columns.Count - Levels / 2);
        Columns(apart).Should().Be(apart.Data.Columns.Count);
        BoosterOptions options = new()
        {
            Objective = Objectives.Logistic,
            Rounds = 6,
            MaxLeaves = 12,
            MinChildWeight = seed % 3,
            RowSampling = seed % 2 == 0 ? 1 : 0.7,
            ColumnSampling = seed % 5 == 0 ? 0.5 : 1,
            MonotoneConstraints = seed % 4 == 0 ? new Dictionary<string, int> { ["level 1"] = 1, ["count"] = -1 } : new Dictionary<string, int>(),
            Threads = 1 + seed % 3,
        };
        Saved(BoosterTrainer.Fit(bundled, options, bundled).Model).Should().Equal(Saved(BoosterTrainer.Fit(apart, options, bundled).Model));
    });

    [Fact]
    public void Columns_that_were_binned_before_bear_on_bundles_and_not_on_trees()
    {
        TrainingRows rows = Table(3, together: false) with { Weights = default };
        BoosterOptions options = new() { Objective = Objectives.Logistic, Rounds = 6, MaxLeaves = 12 };
        using BinnedData few = BinnedData.Of(new([.. rows.Data.Columns.Where((_, i) => i % 3 > 0)])), all = BinnedData.Of(rows.Data, like: few);
        byte[] alone = Saved(BoosterTrainer.Fit(rows, options).Model);
        Saved(BoosterTrainer.Fit(rows with { Binned = all }, options).Model).Should().Equal(alone);
        using BinnedData again = BinnedData.Of(rows.Data, like: all);
        Saved(BoosterTrainer.Fit(rows with { Binned = again }, options).Model).Should().Equal(alone);
    }

    [Fact]
    public void A_bundle_takes_no_more_codes_than_a_byte_has()
    {
        const int Wide = 600;
        FeatureColumn[] columns = [.. Enumerable.Range(0, Wide).Select(level => FeatureColumn.Numeric($"f{level}", Enumerable.Range(0, 2 * Wide).Select(row => row % Wide == level ? 1f : 0f).ToArray()))];
        BoostingData data = new(columns);
        using WorkerTeam team = new(1);
        using BinnedMatrix matrix = new(data, BinMapper.Learn(data, default, 255, team), team, withTiles: true);
        matrix.Members.Select(members => members.Length).Should().Equal(255, 255, 90);
        matrix.Codes.Should().Equal(256, 256, 91);
    }

    /// <summary>Values with a bin each are cut between neighbours, whether they are few enough to be listed or are sorted.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public void Few_values_are_cut_as_many_are(int few)
    {
        float[] values = [-0f, -7.5f, 3, 3.25f, 1e9f, 2e9f, 3e9f, 4e9f];
        float[] sorted = [.. values.Order()];
        float[] all = new QuantileCuts(64).Compute(Repeated(values), default, 255);
        all.Should().HaveCount(values.Length - 1);
        new QuantileCuts(64).Compute(Repeated(sorted[..few]), default, 255).Should().Equal(all[..(few - 1)]);
        new QuantileCuts(64).Compute([0f, -0f, float.NaN, 0f], default, 255).Should().BeEmpty();
        new QuantileCuts(64).Compute(Repeated(sorted[..few]), default, 2).Should().HaveCount(1);

        static float[] Repeated(float[] values) => [.. values.Concat(values.Reverse()).Append(float.NaN)];
    }

    private static void Holds(Action<int> law) => Prop.ForAll(s_anySeed, law).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));

    private static byte[] Saved(Booster model)
    {
        using MemoryStream stream = new();
        model.Save(stream);
        return stream.ToArray();
    }

    private static int Columns(TrainingRows rows)
    {
        using WorkerTeam team = new(1);
        using BinnedMatrix matrix = new(rows.Data, BinMapper.Learn(rows.Data, rows.Weights.Span, 255, team), team, withTiles: true);
        return matrix.Columns.Length;
    }

    /// <summary>A number, a field of levels as flags of which some are missing, a rare count, a categorical column that is mostly one level and one that is mostly missing;
    /// the last row weighs nothing, and is usual in all of them or in none.</summary>
    private static TrainingRows Table(int seed, bool together)
    {
        Random random = new(seed);
        float[][] values = [.. Enumerable.Range(0, Levels + 4).Select(_ => new float[Rows + 1])];
        float[] labels = new float[Rows + 1], weights = new float[Rows + 1];
        for (int row = 0; row <= Rows; row++)
        {
            bool last = row == Rows;
            weights[row] = last ? 0 : 1 + seed % 2 * random.Next(3);
            float number = values[0][row] = (float)Tables.Normal(random);
            // A row has a flag, a count, a category, a word or nothing: never two of them.
            int kind = random.Next(16), level = random.Next(Levels), count = random.Next(1, 6), category = random.Next(1, 5), word = random.Next(3);
            for (int flag = 0; flag < Levels; flag++)
                values[1 + flag][row] = last ? (together ? 1 : 0) : kind < 6 && flag == level ? random.Next(10) == 0 ? float.NaN : 1 : 0;
            values[1 + Levels][row] = last ? (together ? 1 : 0) : kind == 6 ? count : 0;
            values[2 + Levels][row] = last ? (together ? 1 : 0) : kind is 7 or 8 ? category : 0;
            values[3 + Levels][row] = last ? (together ? 1 : float.NaN) : kind == 9 ? word : float.NaN;
            double signal = number + (kind < 6 ? Math.Sin(level) * 2 : kind == 6 ? count - 3 : kind is 7 or 8 ? category - 2 : kind == 9 ? word : 0);
            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-signal)) ? 1 : 0;
        }
        FeatureColumn[] columns =
        [
            .. values[..(2 + Levels)].Select((column, i) => FeatureColumn.Numeric(i == 0 ? "number" : i <= Levels ? $"level {i}" : "count", column)),
            FeatureColumn.Categorical("category", values[2 + Levels], ["none", "a", "b", "c", "d"]), FeatureColumn.Categorical("word", values[3 + Levels], ["x", "y", "z"]),
        ];
        return new(new(columns), labels, weights);
    }
}
