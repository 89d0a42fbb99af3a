using CustomerValue.Boosting;
using CustomerValue.Exports;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;

namespace CustomerValue.Onnx.Tests;

public sealed class OnnxFileTests(ITestOutputHelper output)
{
    /// <summary>Double precision throughout: sums of a few hundred leaves in another order, and another library's exponential, differ by some 1e-15 of their size; a hundredfold of a thousand of these.</summary>
    private const double Precision = 1e-10;

    public static TheoryData<string> Models => [.. ExportShop.Models];

    [Theory]
    [MemberData(nameof(Models))]
    public void ONNX_Runtime_answers_20_000_customers_as_the_champion_does(string name)
    {
        using TemporaryFolder folder = new();
        (ScoringModel model, Manifest manifest) = ExportShop.Version(folder.Path, name);
        VersionFormulas formulas = model.ToFormulas(manifest.Cutoff);
        using MemoryStream file = new();
        OnnxFile.Write(formulas, file);

        Dictionary<string, double[]> answers = OnnxColumns.Answer(file.ToArray(), formulas.Inputs.Select(input => OnnxColumns.Of(input, ExportShop.Scored)));

        Forecast expected = model.Predict(ExportShop.Scored);
        expected.Count.Should().BeGreaterThanOrEqualTo(ExportShop.Customers);
        double churn = Furthest(answers["ChurnProbability"], expected.ChurnProbability), purchases = Furthest(answers["ExpectedPurchases"], expected.ExpectedPurchases), spend = Furthest(answers["ExpectedSpend"], expected.ExpectedSpend);
        output.WriteLine($"{name}: {formulas.Inputs.Count} columns, {file.Length:N0} bytes, {expected.Count:N0} customers; furthest {churn:E1}, {purchases:E1}, {spend:E1}");
        new[] { churn, purchases, spend }.Max().Should().BeLessThan(Precision);
    }

    [Fact]
    public void These_customers_ask_trees_for_missing_values_for_categories_and_beyond_2_to_the_24()
    {
        using TemporaryFolder folder = new();
        (ScoringModel model, Manifest manifest) = ExportShop.Version(folder.Path, "blend");

        OutlineNode[] splits = [.. model.Trees.SelectMany(trees => trees.Targets).SelectMany(target => target.Boosters).SelectMany(booster => booster.Outlines()).SelectMany(tree => tree.Nodes).Where(node => !node.IsLeaf)];

        splits.Should().Contain(node => node.RightLevels != null && node.MissingLeft).And.Contain(node => node.RightLevels != null && !node.MissingLeft);
        splits.Should().Contain(node => node.Threshold > 1 << 24 && node.MissingLeft).And.Contain(node => node.Threshold > 1 << 24 && !node.MissingLeft);
        foreach (FormulaInput input in model.ToFormulas(manifest.Cutoff).Inputs.Where(input => input.Name is "colour" or "height" or "wealth"))
            input.Read(ExportShop.Scored).Should().Contain(value => double.IsNaN(value)).And.Contain(value => !double.IsNaN(value));
    }

    [Fact]
    public void Beyond_the_days_it_knows_the_season_of_it_gives_no_number()
    {
        using TemporaryFolder folder = new();
        (ScoringModel model, Manifest manifest) = ExportShop.Version(folder.Path, "seasonal-prior");
        VersionFormulas formulas = model.ToFormulas(manifest.Cutoff);
        using MemoryStream file = new();
        OnnxFile.Write(formulas, file);
        FormulaInput day = formulas.Inputs.Single(input => input.Kind == FormulaInputKind.Day);
        FormulaInput late = day with { Read = snapshot => [.. day.Read(snapshot).Select((number, row) => number + (row % 2 == 0 ? 0 : 10_000))] };

        Dictionary<string, double[]> answers = OnnxColumns.Answer(file.ToArray(), formulas.Inputs.Select(input => OnnxColumns.Of(input == day ? late : input, ExportShop.Scored)));

        foreach (double[] answer in answers.Values)
            answer.Select(double.IsNaN).Should().Equal(answer.Select((_, row) => row % 2 != 0));
    }

    private static double Furthest(double[] found, double[] expected)
    {
        found.Should().HaveSameCount(expected);
        return found.Zip(expected, (left, right) => double.IsNaN(left) ? double.PositiveInfinity : Math.Abs(left - right) / Math.Max(Math.Abs(right), 1e-300)).Max();
    }
}
