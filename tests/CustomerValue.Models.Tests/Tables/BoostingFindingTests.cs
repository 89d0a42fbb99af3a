using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Tables;

namespace CustomerValue.Models.Tests.Tables;

public sealed class BoostingFindingTests
{
    [Theory]
    [InlineData(FindingSeverity.Note, Severity.Information)]
    [InlineData(FindingSeverity.Warning, Severity.Warning)]
    public void A_finding_of_the_boosting_library_is_shown_by_its_own_weight(FindingSeverity severity, Severity shown) =>
        LearningTable.Translate([new TrainingFinding("constant-feature", severity, "It is constant.", "Remove it.")])
            .Should().Equal(new Finding("constant-feature", shown, "It is constant.", "Remove it."));

    [Fact]
    public void Every_severity_has_its_weight() =>
        LearningTable.Translate(Enum.GetValues<FindingSeverity>().Select(severity => new TrainingFinding("c", severity, "m", "r"))).Should().HaveCount(2);
}
