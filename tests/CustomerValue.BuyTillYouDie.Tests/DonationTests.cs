using System.Globalization;

namespace CustomerValue.BuyTillYouDie.Tests;

/// <summary>The BG/BB results of Fader, Hardie and Shang (2010) on 11,104 donors.</summary>
public class DonationTests
{
    private static readonly BgBb s_published = new(1.2035333, .7497272, .6567788, 2.7838121);

    private static (OpportunityHistories Donors, double Actual) Donors()
    {
        double[][] rows = [.. CustomerTable.Lines("donations", "donations_rf_with_holdout.csv.gz").Skip(1)
            .Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        return (OpportunityHistories.From(
            [.. rows.Select(row => (int)row[0])], [.. rows.Select(row => (int)row[1])], [.. rows.Select(row => (int)row[2])], [.. rows.Select(row => row[3])]),
            rows.Sum(row => row[4]));
    }

    [Fact]
    public void The_fit_is_the_published_one()
    {
        FitResult<BgBb> fit = BgBb.Fit(Donors().Donors);

        fit.Customers.Should().Be(11104);
        fit.LogLikelihood.Should().BeApproximately(-33225.581, 0.01);
        for (int i = 0; i < 4; i++)
            fit.Model.Parameters[i].Value.Should().BeApproximately(s_published.Parameters[i].Value, 1e-3 * s_published.Parameters[i].Value);
        fit.Findings.Should().BeEmpty();
    }

    [Theory]
    [InlineData(0, 0, .11)]
    [InlineData(2, 4, .59)]
    [InlineData(6, 6, .93)]
    public void The_chance_to_be_alive_in_2002_is_the_published_one(int x, int tx, double expected) =>
        s_published.ProbabilityAlive(new OpportunityHistory(x, tx, 6)).Should().BeApproximately(expected, 0.005);

    [Fact]
    public void Expected_donors_and_donations_are_the_published_ones()
    {
        (OpportunityHistories donors, double actual) = Donors();

        (11104 * s_published.ProbabilityOfPurchasesOfNewCustomer(6, 0)).Should().BeApproximately(3454.9, 0.1);
        (11104 * s_published.ProbabilityOfPurchasesOfNewCustomer(6, 6)).Should().BeApproximately(1253.1, 0.1);
        donors.Rows.Sum(row => row.Customers * s_published.ExpectedPurchases(row.History, 5)).Should().BeApproximately(12884.2, 0.3);
        actual.Should().Be(13260);
    }

    [Fact]
    public void Counts_of_a_new_customer_sum_to_one_and_to_the_expectation()
    {
        double[] probabilities = [.. Enumerable.Range(0, 11).Select(x => s_published.ProbabilityOfPurchasesOfNewCustomer(10, x))];

        probabilities.Sum().Should().BeApproximately(1, 1e-12);
        probabilities.Select((p, x) => p * x).Sum().Should().BeApproximately(s_published.ExpectedPurchasesOfNewCustomer(10), 1e-12);
        s_published.ProbabilityOfNoPurchase(default, 10).Should().BeApproximately(probabilities[0], 1e-12);
    }

    [Theory]
    [InlineData(-1, 0, 6)]
    [InlineData(0, 2, 6)]
    [InlineData(3, 2, 6)]
    [InlineData(1, 7, 6)]
    public void Impossible_histories_are_refused_by_row(int x, int tx, int n)
    {
        Action act = () => OpportunityHistories.From([0, x], [0, tx], [6, n]);

        act.Should().Throw<InvalidHistoryException>().Where(e => e.Row == 1 && e.Message.Contains("Row 1"));
    }
}
