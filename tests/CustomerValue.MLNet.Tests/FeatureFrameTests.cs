using CustomerValue.Data.Features;
using Microsoft.Data.Analysis;

namespace CustomerValue.MLNet.Tests;

public class FeatureFrameTests
{
    [Fact]
    public void A_table_comes_back_from_a_frame_as_it_was_missing_values_and_levels_included()
    {
        FeatureSchema schema = new([FeatureDefinition.Appended("amount", "money", "m", "{value}"),
            new FeatureDefinition("colour", "level", "m", "{value}", FeatureKind.Categorical, ["red", "green"])
            {
                Source = FeatureSource.Appended,
            }]);
        FeatureTable table = FeatureTable.From(schema, [[1.5f, float.NaN, 3], [1, 0, float.NaN]]);

        DataFrame frame = table.ToDataFrame();
        frame["colour"][0].Should().Be("green");
        frame["amount"][1].Should().BeNull();

        FeatureTable back = frame.ToFeatureTable(schema);
        for (int f = 0; f < schema.Count; f++)
            back.Column(f).ToArray().Should().Equal(table.Column(f).ToArray());
    }

    [Fact]
    public void A_frame_without_a_column_or_with_a_strange_level_is_refused_by_name()
    {
        FeatureSchema schema = new([new FeatureDefinition("colour", "level", "m", "{value}", FeatureKind.Categorical, ["red"])
        {
            Source = FeatureSource.Appended,
        }]);
        Action missing = () => new DataFrame().ToFeatureTable(schema), strange = () => new DataFrame(new StringDataFrameColumn("colour", ["pink"])).ToFeatureTable(schema);

        missing.Should().Throw<ArgumentException>().WithMessage("*'colour'*");
        strange.Should().Throw<ArgumentException>().WithMessage("*row 0*'pink'*red*");
    }
}
