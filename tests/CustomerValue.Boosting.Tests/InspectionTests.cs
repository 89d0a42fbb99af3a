namespace CustomerValue.Boosting.Tests;

public sealed class InspectionTests
{
    private static readonly TrainingRows s_rows = Tables.Binary(4000);
    private static readonly Booster s_model = BoosterTrainer.Fit(s_rows, new() { Objective = Objectives.Logistic, Rounds = 40, MinChildWeight = 10 }).Model;

    [Fact]
    public void Features_with_signal_lead_every_importance()
    {
        // f0, f1, f2 and f5 carry the signal of the table; f3 and f4 none.
        string[] noise = ["f3", "f4"];
        s_model.Importance().OrderBy(importance => importance.Gain).Take(2).Select(importance => importance.Feature).Should().BeEquivalentTo(noise);
        s_model.PermutationImportance(Tables.Binary(4000, seed: 9)).OrderBy(importance => importance.LossIncrease).Take(2)
            .Select(importance => importance.Feature).Should().BeEquivalentTo(noise);
    }

    [Fact]
    public void Gain_and_cover_are_those_of_the_splits()
    {
        IReadOnlyList<FeatureImportance> importance = s_model.Importance();
        importance.Sum(feature => feature.Splits).Should().Be(s_model.Trees.Sum(tree => tree.Leaves - 1));
        importance.Should().OnlyContain(feature => feature.Gain > 0 && feature.Cover > 0);
    }

    [Fact]
    public void Partial_dependence_rises_with_a_rising_feature()
    {
        IReadOnlyList<PartialDependencePoint> points = s_model.PartialDependence(s_rows.Data, "f0", [-2, -1, 0, 1, 2]);
        points.Select(point => point.Response).Should().BeInAscendingOrder();
        FluentActions.Invoking(() => s_model.PartialDependence(s_rows.Data, "nobody", [0])).Should().Throw<FeatureMismatchException>();
    }
}
