using System.Globalization;

namespace CustomerValue.Simulation.Tests;

public sealed class FileIntegrityTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("customer-value-simulation-");
    private readonly SimulationOptions _options = new() { Customers = 1500, Days = 500, Threads = 2, Seed = 4 };

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Files_agree_with_each_other_and_with_the_summary()
    {
        SimulationSummary summary = SimulationWriter.Write(_folder.FullName, _options);
        summary.Files.Select(file => Path.GetFileName(file.Path)).Should().Equal(
            "transactions.csv", "customers.csv", "activities.csv", "referrals.csv", "contacts.csv", "truth.csv");
        foreach (SimulatedFile file in summary.Files)
        {
            string text = File.ReadAllText(file.Path);
            text.Should().EndWith("\n").And.NotContain("\r");
            text.Count(character => character == '\n').Should().Be((int)file.Rows + 1);
            new FileInfo(file.Path).Length.Should().Be(file.Bytes);
            int columns = text[..text.IndexOf('\n')].Split(',').Length;
            text.TrimEnd('\n').Split('\n').Should().OnlyContain(line => line.Split(',').Length == columns, "of {0}", file.Path);
        }

        Dictionary<string, string> signup = Rows("customers.csv").ToDictionary(row => row["customer_id"], row => row["signup_date"]);
        signup.Should().HaveCount(1500);
        Rows("truth.csv").Select(row => row["customer_id"]).Should().Equal(signup.Keys);
        Dictionary<string, string> firstOrder = [];
        foreach (Dictionary<string, string> row in Rows("transactions.csv"))
        {
            firstOrder.TryAdd(row["customer_id"], row["date"]);
            Day(row["date"]).Should().BeOnOrAfter(_options.Start).And.BeBefore(_options.End);
            row["order_id"].Should().StartWith("O" + row["customer_id"][1..] + "-");
            (Money(row["amount"]) < 0).Should().Be(row["quantity"].StartsWith('-'));
        }

        firstOrder.OrderBy(pair => pair.Key, StringComparer.Ordinal).SequenceEqual(signup).Should().BeTrue("a customer signs up with the first order");
        foreach (string file in new[] { "activities.csv", "contacts.csv" })
            foreach (Dictionary<string, string> row in Rows(file))
                Day(row["date"]).Should().BeOnOrAfter(Day(signup[row["customer_id"]])).And.BeBefore(_options.End);
        foreach (Dictionary<string, string> row in Rows("referrals.csv"))
        {
            row["date"].Should().Be(signup[row["referee_id"]]);
            Day(signup[row["referrer_id"]]).Should().BeOnOrBefore(Day(row["date"]));
        }

        Rows("contacts.csv").Select(row => (row["customer_id"], row["campaign"])).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Truth_agrees_with_the_rows()
    {
        SimulatedShop shop = SimulatedShop.Of(_options);
        shop.Truths.Select(truth => truth.Orders).Should().Equal(shop.OrderCounts(0, _options.Days).Select(count => (int)count));
        shop.Referrals.Should().Equal(shop.Truths.Where(truth => truth.ReferredBy >= 0)
            .Select(truth => new SimulatedReferral(truth.ReferredBy, truth.Customer, (int)truth.AcquiredDay)));
        foreach (CustomerTruth truth in shop.Truths)
        {
            truth.ChurnProbability.Should().BeInRange(0, 1);
            truth.UnspentWalletPerYear.Should().BeInRange(0, truth.WalletPerYear);
            truth.ExpectedPurchaseDays.Should().BeLessThanOrEqualTo(truth.ExpectedOrders + 1e-12);
            if (!truth.AliveAtEnd)
                truth.ExpectedOrders.Should().Be(0);
        }

        // Each attribute is missing at its share: a binomial count over seven attributes.
        double missing = shop.Customers.Sum(row =>
            new[] { row.Tier, row.AgeBand, row.AcquisitionChannel, row.HouseholdSize, row.EmailOptIn, row.Region, row.StarSign }.Count(value => value < 0));
        missing.Should().BeApproximately(0.06 * 7 * 1500, 4 * Math.Sqrt(0.06 * 0.94 * 7 * 1500));
    }

    [Fact]
    public void Every_column_is_explained_in_the_documentation()
    {
        string documentation = File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot, "docs", "simulator.md"));
        SimulationSummary summary = SimulationWriter.Write(_folder.FullName, _options with { Customers = 1 });
        foreach (SimulatedFile file in summary.Files)
        {
            documentation.Should().Contain($"**{Path.GetFileName(file.Path)}**");
            foreach (string column in File.ReadLines(file.Path).First().Split(','))
                documentation.Should().Contain($"`{column}`", "of {0}", file.Path);
        }
    }

    [Theory]
    [InlineData(SimulatedColumns.Minimal, "customer_id,date,amount")]
    [InlineData(SimulatedColumns.Usual, "customer_id,date,product,channel,amount")]
    public void Fewer_columns_keep_the_same_rows(SimulatedColumns columns, string header)
    {
        SimulationWriter.Write(_folder.FullName, _options with { Files = SimulationFiles.Transactions });
        List<Dictionary<string, string>> all = Rows("transactions.csv");
        SimulationWriter.Write(_folder.FullName, _options with { Files = SimulationFiles.Transactions, Columns = columns });
        List<Dictionary<string, string>> fewer = Rows("transactions.csv");
        File.ReadLines(Path.Combine(_folder.FullName, "transactions.csv")).First().Should().Be(header);
        string[] names = header.Split(',');
        fewer.Select(row => string.Join(',', names.Select(name => row[name])))
            .Should().Equal(all.Select(row => string.Join(',', names.Select(name => row[name]))));
    }

    private List<Dictionary<string, string>> Rows(string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(_folder.FullName, file));
        string[] names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal Money(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
