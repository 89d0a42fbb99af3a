namespace CustomerValue.Boosting.Tests;

/// <summary>Splits by sets of more than four levels are held back: their order is learnt from the rows that it splits.</summary>
public sealed class CategoryTests
{
    private const int Common = 6, Rare = 3, RowsOfCommon = 20, RowsOfRare = 4;

    private static readonly BoosterOptions s_oneSplit = new() { Rounds = 1, MaxLeaves = 2, LearningRate = 1, StartMargin = 0, MinChildWeight = 0 };

    [Fact]
    public void Levels_that_weigh_less_than_a_fifth_of_the_smoothing_stay_with_the_rest()
    {
        // Common levels 0 to 5 have labels 0, 0, 0, 1, 1, 1; rare ones 0, 1, 1. A rare level weighs 4: less than a fifth of 30, more than one of 1.
        TrainingRows rows = Table(level => level is 3 or 4 or 5 or 7 or 8 ? 1 : 0);
        double[] held = Levels(BoosterTrainer.Fit(rows, s_oneSplit with { CategorySmoothing = 30 }).Model), free = Levels(BoosterTrainer.Fit(rows, s_oneSplit with { CategorySmoothing = 1 }).Model);
        held[Common..].Distinct().Should().ContainSingle();
        held[0].Should().NotBe(held[3]);
        free.Distinct().Should().HaveCount(2);
        free[6].Should().Be(free[0]).And.NotBe(free[7]);
        free[8].Should().Be(free[3]);
    }

    [Fact]
    public void Both_children_are_shrunk_by_what_their_gain_was_reckoned_with()
    {
        TrainingRows rows = Table(level => level == 2 ? 1 : 0);
        double[] values = Levels(BoosterTrainer.Fit(rows, s_oneSplit with { Lambda = 1, CategoryLambda = 10 }).Model);
        // Squared error: G is minus the sum of labels and H the rows; the value is 20 / (20 + 1 + 10).
        values[2].Should().BeApproximately(20.0 / 31, 1e-6);
        values.Where((_, level) => level != 2).Should().AllBeEquivalentTo(0.0);
    }

    [Fact]
    public void A_set_holds_at_most_half_of_the_levels_from_either_end()
    {
        // Five of six levels are high: the set is the one that is low, whichever end it stands at.
        foreach (int sign in new[] { 1, -1 })
        {
            TrainingRows rows = Table(level => level == 1 ? -3 * sign : level < Common ? sign : 0);
            double[] values = Levels(BoosterTrainer.Fit(rows, s_oneSplit).Model);
            values.Where((_, level) => level != 1).Distinct().Should().ContainSingle();
            Math.Sign(values[1]).Should().Be(-sign);
        }
    }

    private static TrainingRows Table(Func<int, float> label)
    {
        float[] codes = [.. Enumerable.Range(0, Common + Rare).SelectMany(level => Enumerable.Repeat((float)level, level < Common ? RowsOfCommon : RowsOfRare))];
        return new(Data(codes), codes.Select(code => label((int)code)).ToArray());
    }

    private static double[] Levels(Booster model) => model.Raw(Data([.. Enumerable.Range(0, Common + Rare).Select(level => (float)level)]));

    private static BoostingData Data(float[] codes) => new([FeatureColumn.Categorical("level", codes, [.. Enumerable.Range(0, Common + Rare).Select(level => $"{level}")])]);
}
