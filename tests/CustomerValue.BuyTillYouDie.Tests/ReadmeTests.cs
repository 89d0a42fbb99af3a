namespace CustomerValue.BuyTillYouDie.Tests;

/// <summary>The package's readme shows code that compiles and does what it says.</summary>
public class ReadmeTests
{
    [Fact]
    public void The_example_runs()
    {
        // Repeat purchases, time of the last one and time observed, both since the first purchase; here in weeks.
        double[] x = [2, 1, 0, 0, 7, 0, 3, 0, 1, 4], tx = [30.4, 1.7, 0, 0, 29.4, 0, 20.0, 0, 5.0, 35.1], T = [38.9, 38.9, 38.9, 38.9, 38.9, 30, 30, 30, 36, 36];

        FitResult<MbgNbd> fit = MbgNbd.Fit(PurchaseHistories.From(x, tx, T), new FitOptions { Penalty = 0.1 });

        PurchaseHistory customer = new(X: 2, Tx: 30.4, T: 38.9);
        double next13Weeks = fit.Model.ExpectedPurchases(customer, 13);
        double churn = fit.Model.ProbabilityOfNoPurchase(customer, 13);
        double median = fit.Model.TimeToNextPurchase(customer);

        fit.Findings.Should().ContainSingle(finding => finding.Code == "few-customers");
        next13Weeks.Should().BeInRange(.1, 2);
        churn.Should().BeInRange(.3, .9);
        median.Should().BeGreaterThan(5);
    }

    [Fact]
    public void The_example_is_the_one_in_the_readme()
    {
        string[] code = [.. File.ReadLines(Path.Combine(ReferenceData.RepositoryRoot, "tests", "CustomerValue.BuyTillYouDie.Tests", "ReadmeTests.cs")).Select(line => line.Trim())];
        string readme = File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot, "models", "CustomerValue.BuyTillYouDie", "README.md"));

        string[] shown = [.. readme.Split("```")[1].Split('\n').Skip(2).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("foreach", StringComparison.Ordinal))];

        code.Should().Contain(shown);
    }
}
