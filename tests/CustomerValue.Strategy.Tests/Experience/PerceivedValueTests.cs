using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Strategy.Experience;
using CustomerValue.Strategy.Tests.Support;

namespace CustomerValue.Strategy.Tests.Experience;

public sealed class PerceivedValueTests : IDisposable
{
    private static readonly DateOnly s_day = new(2024, 1, 1);
    private readonly InputFolder _folder = new();
    private readonly NameTable _customers = new(["a", "b", "c", "d", "e"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Value_is_benefit_over_cost_against_the_median_of_the_segment()
    {
        // a: (8 + 8 + 4 + 4) / (4 + 4 + 2 + 2) = 2; b: (6 + 2) / (4 + 4) = 1; c: (3 + 3) / (1 + 1) = 3; d: (2 + 2) / (8 + 0) = 0.5; e says nothing in time.
        string path = _folder.Write("experience.csv", "customer_id,date,utility,process_quality,price,effort",
            "a,2024-01-01,8,8,4,4", "a,2024-01-02,4,4,2,2", "b,2024-01-01,6,2,4,4", "c,2024-01-01,3,3,1,1", "d,2024-01-01,2,2,8,0", "e,2024-02-01,9,9,1,1", "z,2024-01-01,1,1,1,1");

        PerceivedValue value = PerceivedValue.Read(path, new ExperienceScope(_customers, [0, 0, 0, 1, 1], new DateOnly(2024, 2, 1), LeastPeers: 2));

        value.Ratio.ToArray().Should().Equal(2, 1, 3, 0.5, double.NaN);
        // Segment 0 has 2, 1, 3: median 2. Segment 1 has one answer only, so d is compared with everyone: 0.5, 1, 2, 3, median 1.5.
        value.AgainstSegment.ToArray().Should().Equal(1, 0.5, 1.5, 0.5 / 1.5, double.NaN);
        value.Findings.Select(finding => finding.Code).Should().Equal("unknown-experience-customers", "answers-after-cutoff", "small-segments");
    }

    [Fact]
    public void Without_segments_everyone_is_compared_with_everyone()
    {
        PerceivedValue value = PerceivedValue.From([new("a", s_day, 1, 1, 1, 1), new("b", s_day, 2, 2, 1, 1)], new ExperienceScope(_customers));

        value.AgainstSegment.ToArray()[..2].Should().Equal(1 / 1.5, 2 / 1.5);
        PerceivedValue.From([], new ExperienceScope(_customers)).Ratio.ToArray().Should().OnlyContain(ratio => double.IsNaN(ratio));
    }

    [Theory]
    [InlineData("a,2024-01-01,1,1,0,0", "line 2, column 'price'*'0'*a price or an effort above 0*")]
    [InlineData("a,2024-01-01,1,-1,1,1", "line 2, column 'process_quality'*'-1'*of 0 or more*")]
    [InlineData("a,2024-01-01,,1,1,1", "line 2, column 'utility'*''*of 0 or more; fill it in*")]
    [InlineData("a,01/02/2024,1,1,1,1", "line 2, column 'date'*a date like*")]
    public void An_answer_that_cannot_be_is_refused_with_its_place(string row, string message)
    {
        string path = _folder.Write("experience.csv", "customer_id,date,utility,process_quality,price,effort", row);

        FluentActions.Invoking(() => PerceivedValue.Read(path, new ExperienceScope(_customers))).Should().Throw<BadDataException>().WithMessage($"*experience.csv {message}");
    }

    [Fact]
    public void Values_given_by_a_program_are_checked_too()
    {
        FluentActions.Invoking(() => PerceivedValue.From([new("a", s_day, 1, 1, 0, 0)], new ExperienceScope(_customers))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => PerceivedValue.From([new("a", s_day, double.NaN, 1, 1, 1)], new ExperienceScope(_customers))).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => PerceivedValue.From([], new ExperienceScope(_customers, [1]))).Should().Throw<ArgumentException>();
    }
}
