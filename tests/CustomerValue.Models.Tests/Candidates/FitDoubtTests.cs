using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Candidates;

namespace CustomerValue.Models.Tests.Candidates;

public sealed class FitDoubtTests
{
    public static TheoryData<BuyTillYouDie.Severity> Severities => [.. Enum.GetValues<BuyTillYouDie.Severity>()];

    [Theory]
    [MemberData(nameof(Severities))]
    public void A_doubt_keeps_code_severity_message_and_remedy(BuyTillYouDie.Severity severity)
    {
        Finding finding = FitDoubt.ToFinding(new BuyTillYouDie.Finding("wide-errors", severity, "Errors are wide.", "Give more customers."));
        finding.Should().Be(new Finding("wide-errors", Enum.Parse<Severity>(severity.ToString()), "Errors are wide.", "Give more customers."));
        FitDoubt.ToFinding(new BuyTillYouDie.Finding("wide-errors", severity, "Errors are wide.", ""), "bg-nbd").Message.Should().Be("bg-nbd: Errors are wide.");
    }

    [Fact]
    public void An_unknown_severity_is_refused()
    {
        Action translate = () => FitDoubt.ToFinding(new BuyTillYouDie.Finding("c", (BuyTillYouDie.Severity)99, "m", "r"));
        translate.Should().Throw<ArgumentOutOfRangeException>();
    }
}
