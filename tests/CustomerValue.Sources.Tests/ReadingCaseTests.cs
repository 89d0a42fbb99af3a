
namespace CustomerValue.Sources.Tests;

/// <summary>The reference cases under tests/cases/reading: usual shapes of one small log, read right or refused with the word that helps.</summary>
public class ReadingCaseTests(ITestOutputHelper output)
{
    private const int FewestCases = 120;
    private const double RightWithoutOption = 0.9;

    public static TheoryData<string> Cases => [.. Folders];

    private static IEnumerable<string> Folders => Directory.GetDirectories(ReferenceData.Case("reading")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_reference_case_is_read_as_expected(string name)
    {
        ReadingCase reading = ReadingCase.Open(name);
        CaseOutcome outcome = reading.Run();
        if (reading.Message is { } message)
            outcome.Message.Should().Match(message, reading.Why);
        else
            outcome.Message.Should().BeEmpty(reading.Why);
        outcome.Rows.Should().Equal(reading.Rows, reading.Why);
        outcome.Rejected.Should().Equal(reading.Rejected, reading.Why);
        reading.Findings.Except(outcome.Findings).Should().BeEmpty(reading.Why);
        reading.Counts.Except(outcome.Counts).Should().BeEmpty(reading.Why);
    }

    /// <summary>Right: the rows that are meant. Refused: a message. Silently wrong: other rows without a finding that says so.</summary>
    [Fact]
    public void Nine_of_ten_files_are_read_without_an_option_and_none_is_silently_wrong()
    {
        ReadingCase[] cases = [.. Folders.Select(ReadingCase.Open).Where(reading => !reading.HasOptions)];
        List<string> refused = [], wrong = [];
        foreach (ReadingCase reading in cases)
        {
            CaseOutcome outcome = reading.Run();
            if (outcome.Message.Length > 0)
                refused.Add(reading.Name);
            else if (!outcome.Rows.SequenceEqual(reading.Rows) || !reading.Findings.All(outcome.Findings.Contains))
                wrong.Add(reading.Name);
        }
        output.WriteLine($"{Folders.Count()} cases; of {cases.Length} without an option: right {cases.Length - refused.Count - wrong.Count}, refused {refused.Count} ({string.Join(", ", refused)}), silently wrong {wrong.Count} ({string.Join(", ", wrong)})");
        Folders.Count().Should().BeGreaterThanOrEqualTo(FewestCases);
        wrong.Should().BeEmpty();
        ((double)(cases.Length - refused.Count) / cases.Length).Should().BeGreaterThanOrEqualTo(RightWithoutOption);
    }
}
