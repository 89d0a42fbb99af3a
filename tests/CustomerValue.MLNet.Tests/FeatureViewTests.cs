using CustomerValue.Data.Features;
using CustomerValue.Models.Snapshots;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.Tests;

public class FeatureViewTests
{
    private static readonly FeatureSchema s_schema = new([FeatureDefinition.Appended("amount", "money", "m", "{value}"),
        new FeatureDefinition("colour", "level", "m", "{value}", FeatureKind.Categorical, ["red", "green"])
        {
            Source = FeatureSource.Appended,
        }]);

    [Fact]
    public void Numbers_are_singles_categories_are_keys_with_their_levels_and_the_vector_names_its_slots()
    {
        IDataView view = FeatureTable.From(s_schema, [[1.5f, float.NaN, 3], [1, 0, float.NaN]]).ToDataView();
        VBuffer<ReadOnlyMemory<char>> levels = default, slots = default;
        view.Schema["colour"].GetKeyValues(ref levels);
        view.Schema["Features"].GetSlotNames(ref slots);

        view.Schema.Select(column => column.Name).Should().Equal("amount", "colour", "Features");
        view.GetColumn<float>("amount").Should().Equal(1.5f, float.NaN, 3);
        view.GetColumn<uint>("colour").Should().Equal(2, 1, 0);
        levels.DenseValues().Select(text => text.ToString()).Should().Equal("red", "green");
        slots.DenseValues().Select(text => text.ToString()).Should().Equal("amount", "colour.red", "colour.green");
        view.GetColumn<float[]>("Features").SelectMany(row => row).Should().Equal(1.5f, 0, 1, float.NaN, 1, 0, 3, 0, 0);
    }

    [Fact]
    public void Columns_are_read_where_they_lie()
    {
        float[] amounts = [1, 2];
        IDataView view = FeatureTable.From(s_schema, [amounts, [0, 1]]).ToDataView();

        amounts[1] = 7;

        view.GetColumn<float>("amount").Should().Equal(1, 7);
    }

    [Fact]
    public void Snapshots_of_several_cutoffs_stand_below_one_another_with_who_when_and_what_happened()
    {
        Snapshot[] snapshots = [WithOutcomes(new DateOnly(2024, 6, 1)), WithOutcomes(new DateOnly(2024, 7, 1))];
        IDataView view = snapshots.ToDataView();

        view.GetRowCount().Should().Be(snapshots.Sum(snapshot => snapshot.Count));
        view.GetColumn<string>("customer_id").Should().Equal(snapshots.SelectMany(snapshot => Enumerable.Range(0, snapshot.Count).Select(snapshot.Aggregates.CustomerId)));
        view.GetColumn<DateTime>("cutoff").Distinct().Should().Equal(new DateTime(2024, 6, 1), new DateTime(2024, 7, 1));
        view.GetColumn<bool>("outcome_churned").Should().Equal(snapshots.SelectMany(snapshot => snapshot.Outcomes!.Churned.ToArray()));
        view.GetColumn<float>("outcome_spend").Should().Equal(snapshots.SelectMany(snapshot => snapshot.Outcomes!.Spend.ToArray()).Select(spend => (float)spend));
        view.GetColumn<float>("x").Should().Equal(snapshots.SelectMany(snapshot => snapshot.Features["x"].ToArray()));
    }

    [Fact]
    public void A_snapshot_of_an_unknown_future_has_no_outcomes() =>
        SmallShop.Input.Builder.Build(SmallShop.Input.Log, null, new(new DateOnly(2024, 12, 1), SmallShop.HorizonDays), CancellationToken.None).ToDataView()
            .Schema.Select(column => column.Name).Should().Contain("customer_id").And.NotContain(name => name.StartsWith("outcome_", StringComparison.Ordinal));

    [Fact]
    public void Ml_net_learns_from_a_snapshot_and_evaluates_on_another_as_they_are()
    {
        MLContext ml = new(1);
        IDataView scored = ml.Transforms.ReplaceMissingValues("Features").Append(ml.BinaryClassification.Trainers.FastForest("outcome_churned", numberOfTrees: 20))
            .Fit(WithOutcomes(new DateOnly(2024, 5, 1)).ToDataView()).Transform(WithOutcomes(new DateOnly(2024, 9, 1)).ToDataView());

        BinaryClassificationMetrics metrics = ml.BinaryClassification.EvaluateNonCalibrated(scored, "outcome_churned");

        metrics.AreaUnderRocCurve.Should().BeGreaterThan(0.7);
    }

    [Fact]
    public void A_frame_of_a_snapshot_holds_what_the_view_holds()
    {
        Snapshot snapshot = WithOutcomes(new DateOnly(2024, 6, 1));
        DataFrame frame = snapshot.ToDataFrame();
        IDataView view = snapshot.ToDataView();

        frame.Columns.Select(column => column.Name).Should().Equal(view.Schema.Where(column => column.Name != "Features").Select(column => column.Name));
        frame["outcome_churned"].Cast<bool>().Should().Equal(view.GetColumn<bool>("outcome_churned"));
        frame["recency"].Cast<float?>().Select(value => value ?? float.NaN).Should().Equal(view.GetColumn<float>("recency"));
        frame["customer_id"].Cast<string>().Should().Equal(view.GetColumn<string>("customer_id"));
    }

    private static Snapshot WithOutcomes(DateOnly cutoff) =>
        SmallShop.Input.Builder.BuildWithOutcomes(SmallShop.Input.Log, null, new(cutoff, SmallShop.HorizonDays), CancellationToken.None);
}
