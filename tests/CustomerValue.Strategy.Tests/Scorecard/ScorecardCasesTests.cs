using System.Globalization;
using CustomerValue.Data.Attributes;
using CustomerValue.Strategy.Scorecard;

namespace CustomerValue.Strategy.Tests.Scorecard;

/// <summary>Cases under tests/cases/strategy/scorecard; each says in its case.json why the figures are right.</summary>
public class ScorecardCasesTests
{
    public static TheoryData<string> Cases() =>
        [.. Directory.GetDirectories(ReferenceData.Case("strategy", "scorecard")).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_scores_as_its_file_says(string name)
    {
        (FittedScorecard fitted, CustomerAttributes customers, IndicatorTable table) = Fit(name);

        Text(fitted.Score(table), customers).Should().Be(File.ReadAllText(ReferenceData.Case("strategy", "scorecard", name, "expected.txt")).TrimEnd());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_saved_scorecard_scores_the_same(string name)
    {
        (FittedScorecard fitted, CustomerAttributes customers, IndicatorTable table) = Fit(name);

        FittedScorecard loaded = FittedScorecard.FromJson(fitted.ToJson(), "saved.json");

        Text(loaded.Score(table), customers).Should().Be(Text(fitted.Score(table), customers));
        loaded.ToJson().Should().Be(fitted.ToJson());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void One_customer_alone_scores_as_among_all(string name)
    {
        (FittedScorecard fitted, CustomerAttributes customers, IndicatorTable table) = Fit(name);
        ScorecardResult all = fitted.Score(table);

        for (int customer = 0; customer < customers.Count; customer++)
        {
            IndicatorTable one = new(1, table.Names.Select(column => (column, new[] { table.Column(column)[customer] })));
            fitted.Score(one).Index[0].Should().Be(all.Index[customer]);
        }
    }

    private static (FittedScorecard Fitted, CustomerAttributes Customers, IndicatorTable Table) Fit(string name)
    {
        string folder = ReferenceData.Case("strategy", "scorecard", name);
        CustomerAttributes customers = CustomerAttributes.Read(Path.Combine(folder, "indicators.csv"));
        IndicatorTable table = new(customers.Count, Enumerable.Range(0, customers.Schema.Columns.Count).Select(i => (customers.Schema.Columns[i].Name, customers.Column(i).ToArray())));
        FittedScorecard fitted = ValueScorecard.Read(Path.Combine(folder, "scorecard.json")).Fit(table);
        fitted.Findings.Should().BeEmpty();
        return (fitted, customers, table);
    }

    private static string Text(ScorecardResult result, CustomerAttributes customers) =>
        string.Join('\n', Enumerable.Range(0, result.Count).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"{customers.Ids[i]} current {result.Current[i]:0.0000} potential {result.Potential[i]:0.0000} index {result.Index[i]:0.0000} coverage {result.Coverage[i]:0.0000}: ")
            + string.Join(' ', Enumerable.Range(0, result.Indicators.Count).Select(k => string.Create(CultureInfo.InvariantCulture, $"{result.Indicators[k].Name} {result.Contributions(k)[i]:0.0000}")))));
}
