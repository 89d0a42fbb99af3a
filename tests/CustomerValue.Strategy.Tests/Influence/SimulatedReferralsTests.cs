using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Strategy.Influence;
using CustomerValue.Strategy.Tests.Support;

namespace CustomerValue.Strategy.Tests.Influence;

public sealed class SimulatedReferralsTests
{
    [Fact]
    public void The_simulator_s_referrals_are_read_as_they_are()
    {
        string samples = Path.Combine(ReferenceData.RepositoryRoot, "data", "samples");
        CustomerAttributes customers = CustomerAttributes.Read(Path.Combine(samples, "customers.csv"));
        DateOnly[] firstDays = Array.ConvertAll(customers.Column(customers.Schema.Find("signup_date")).ToArray(), day => DateOnly.FromDayNumber((int)day));

        string path = Path.Combine(samples, "referrals.csv");
        ReferralGraph graph = ReferralGraph.Read(path, new ReferralScope(new NameTable([.. customers.Ids]), firstDays));

        graph.Findings.Should().BeEmpty();
        graph.Count.Should().Be(File.ReadLines(path).Count() - 1);
        double[] ones = [.. Enumerable.Repeat(1.0, customers.Count)];
        InfluenceValues.Compute(graph, ones, new InfluenceOptions { MaxHops = 1, Share = 1 }).Credited.ToArray()
            .Should().Equal(Array.ConvertAll(graph.DirectReferrals.ToArray(), count => (double)count), "at one hop with one referrer each, a value of 1 each counts referrals");
    }

    [Theory]
    [InlineData("a,b,2024-13-01,1", "line 2, column 'date'*a date like")]
    [InlineData("a,b,2024-01-01,-1", "line 2, column 'weight'*of 0 or more")]
    [InlineData(",b,2024-01-01,1", "line 2, column 'referrer_id'*expected a name")]
    public void A_referral_that_cannot_be_is_refused_with_its_place(string row, string message)
    {
        using InputFolder folder = new();
        string path = folder.Write("referrals.csv", "referrer_id,referee_id,date,weight", row);

        FluentActions.Invoking(() => ReferralGraph.Read(path, new ReferralScope(new NameTable(["a", "b"])))).Should().Throw<BadDataException>().WithMessage($"*referrals.csv {message}*");
    }
}
