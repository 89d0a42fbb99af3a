using CustomerValue.Reporting.Cards;
using CustomerValue.Reporting.Figures;

namespace CustomerValue.Reporting.Tests;

public sealed class ModelCardTests
{
    [Fact]
    public void The_card_has_all_its_parts_in_order()
    {
        string card = ModelCard.Write(Reports.Measured);

        card.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Should().Equal("## Intended use", "## Limits", "## Data", "## Training", "## Evaluation", "## Fairness");
        card.Should().Contain(Reports.Measured.Headline.Sentence).And.NotContain("NaN");
    }

    [Fact]
    public void Fairness_is_checked_across_the_chosen_attribute()
    {
        ModelCard.Write(Reports.Measured).Should().Contain("Across `attribute_region`").And.Contain("| north |");
        ModelCard.Write(Reports.Measured, "attribute_tier").Should().Contain("Across `attribute_tier`").And.Contain("| gold |").And.NotContain("| north |");
        ModelCard.Write(Reports.Measured, "attribute_none").Should().Contain("Not checked: attribute_none");
    }

    [Fact]
    public void An_unfair_level_is_named()
    {
        AttributeErrors region = Reports.Measured.Holdout!.Attributes[0];
        ReportData unfair = Reports.Measured with { Holdout = Reports.Measured.Holdout with { Attributes = [region with { Unfair = ["north"] }] } };

        ModelCard.Write(unfair).Should().Contain("Churn is off for north");
    }

    [Fact]
    public void A_card_without_a_holdout_says_that_nothing_was_measured()
    {
        ModelCard.Write(Reports.Unmeasured).Should().Contain("Not measured: the data end before the horizon does.").And.Contain("Not checked");
    }
}
