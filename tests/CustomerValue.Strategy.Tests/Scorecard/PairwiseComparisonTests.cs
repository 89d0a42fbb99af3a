using System.Text.Json;
using CustomerValue.Strategy.Scorecard;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.Strategy.Tests.Scorecard;

public class PairwiseComparisonTests
{
    public static TheoryData<string> Cases() => [.. Directory.GetFiles(ReferenceData.Case("strategy", "ahp")).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_published_example_gives_the_published_weights(string name)
    {
        JsonElement example = JsonDocument.Parse(File.ReadAllText(ReferenceData.Case("strategy", "ahp", name))).RootElement;
        double[][] judgements = [.. example.GetProperty("judgements").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => Number(cell.GetString()!)).ToArray())];

        PairwiseComparison result = PairwiseComparison.Of(judgements);

        double[] expected = [.. example.GetProperty("weights").EnumerateArray().Select(weight => weight.GetDouble())];
        for (int i = 0; i < expected.Length; i++)
            result.Weights[i].Should().BeApproximately(expected[i], 0.0006, "three decimals are published");
        double lambda = example.GetProperty("lambda").GetDouble();
        result.Lambda.Should().BeApproximately(lambda, 0.005);
        result.ConsistencyRatio.Should().BeApproximately(example.GetProperty("consistency_ratio").GetDouble(), 0.0006);
        string[] items = [.. example.GetProperty("items").EnumerateArray().Select(item => item.GetString()!)];
        new[] { items[result.MostInconsistent.Row], items[result.MostInconsistent.Column] }
            .Should().Equal(example.GetProperty("most_inconsistent").EnumerateArray().Select(item => item.GetString()));
    }

    [Fact]
    public void Judgements_that_follow_from_weights_give_them_back_and_are_consistent()
    {
        Prop.ForAll(Gen.ArrayOf(Gen.Choose(100, 300)).Where(parts => parts.Length is > 0 and <= PairwiseComparison.MaxItems).ToArbitrary(), parts =>
        {
            double[][] judgements = Array.ConvertAll(parts, row => Array.ConvertAll(parts, column => row == column ? 1 : (double)row / column));

            PairwiseComparison result = PairwiseComparison.Of(judgements);

            return result.ConsistencyRatio < 1e-9 && Math.Abs(result.Weights.Sum() - 1) < 1e-12
                && Enumerable.Range(0, parts.Length).All(i => Math.Abs(result.Weights[i] - ((double)parts[i] / parts.Sum())) < 1e-9);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_fraction_written_with_two_decimals_counts_as_the_fraction()
    {
        PairwiseComparison result = PairwiseComparison.Of([[1, 3], [0.33, 1]]);

        result.Weights[0].Should().BeApproximately(0.75, 1e-12);
    }

    [Fact]
    public void A_matrix_that_is_no_comparison_is_refused_with_its_place()
    {
        Refused([[1, 3], [3, 1]]).WithMessage("row 2, column 1: found 3, which is not reciprocal to 3 in row 1, column 2; expected 0.333");
        Refused([[1, 3], [1]]).WithMessage("row 2: found 1 judgements, expected 2*");
        Refused([[2]]).WithMessage("row 1, column 1: found 2, expected 1*");
        Refused([[1, 10], [0.1, 1]]).WithMessage("row 1, column 2: found 10, expected 1/9 to 9");
        Refused([[1, double.NaN], [1, 1]]).WithMessage("row 1, column 2: *expected 1/9 to 9");
        Refused([]).WithMessage("found 0 rows*");
    }

    private static FluentAssertions.Specialized.ExceptionAssertions<ArgumentException> Refused(double[][] judgements) =>
        FluentActions.Invoking(() => PairwiseComparison.Of(judgements)).Should().Throw<ArgumentException>();

    private static double Number(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 1 ? int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture)
            : int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture) / double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
