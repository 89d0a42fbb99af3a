using CustomerValue.BuyTillYouDie;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Candidates;

namespace CustomerValue.Models.Tests.Candidates;

public sealed class FitDoubtTests
{
    public static TheoryData<FitSeverity> Severities => [.. Enum.GetValues<FitSeverity>()];

    [Theory]
    [MemberData(nameof(Severities))]
    public void A_doubt_keeps_code_severity_message_and_remedy(FitSeverity severity)
    {
        Finding finding = FitDoubt.ToFinding(new FitFinding("wide-errors", severity, "Errors are wide.", "Give more customers."));
        finding.Should().Be(new Finding("wide-errors", Enum.Parse<Severity>(severity.ToString()), "Errors are wide.", "Give more customers."));
        FitDoubt.ToFinding(new FitFinding("wide-errors", severity, "Errors are wide.", ""), "bg-nbd").Message.Should().Be("bg-nbd: Errors are wide.");
    }

    [Fact]
    public void An_unknown_severity_is_refused()
    {
        Action translate = () => FitDoubt.ToFinding(new FitFinding("c", (FitSeverity)99, "m", "r"));
        translate.Should().Throw<ArgumentOutOfRangeException>();
    }
}
