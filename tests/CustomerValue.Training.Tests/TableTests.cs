using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.Boosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>The <c>table</c> verbs from a file to figures, a model, predictions and explanations.</summary>
public sealed class TableTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Telco_in_five_folds_reaches_the_reference()
    {
        Run run = await _workspace.SucceedAsync("table", "evaluate", ReferenceData.File("telco_churn", "telco_customer_churn.csv.gz"),
            "--label", "Churn", "--ignore", "customerID", "--folds", "5", "--json");
        JsonNode answer = run.Json;
        answer["objective"]!.GetValue<string>().Should().Be("logistic");
        answer["rows"]!.GetValue<int>().Should().Be(7_043);
        JsonNode charges = answer["columns"]!.AsArray().Single(column => column!["name"]!.GetValue<string>() == "TotalCharges")!;
        charges["kind"]!.GetValue<string>().Should().Be("numeric");
        charges["missing"]!.GetValue<int>().Should().Be(11, "so many are blank");
        Figure(answer, "model", "auc").Should().BeGreaterThanOrEqualTo(.8476);
        Figure(answer, "model", "log_loss").Should().BeLessThanOrEqualTo(.413);
        Figure(answer, "baseline", "auc").Should().Be(.5);
        Figure(answer, "model", "average_precision").Should().BeGreaterThan(2 * Figure(answer, "baseline", "average_precision"));
        Figure(answer, "model", "brier").Should().BeLessThan(Figure(answer, "baseline", "brier"));
        Figure(answer, "model", "top_decile_lift").Should().BeGreaterThan(2.5);
        Figure(answer, "baseline", "top_decile_lift").Should().BeApproximately(1, 1e-9, "a constant ranks nobody");
    }

    [Fact]
    public async Task Predictions_from_the_file_equal_those_of_the_library()
    {
        _workspace.Write("contracts.csv", Contracts(300));
        await _workspace.SucceedAsync("table", "train", "contracts.csv", "--label", "left", "--ignore", "id", "--out", "left.booster");
        Run run = await _workspace.SucceedAsync("table", "predict", "contracts.csv", "--model", "left.booster", "--out", "predictions.csv", "--json");
        string[][] rows = Read("contracts.csv"), predictions = Read("predictions.csv");
        predictions[0].Should().Equal("id", "left", "probability");

        BoosterOptions chosen = BoosterTuner.Choose(InMemory(rows), BoosterTuner.Candidates(Objectives.Logistic, rows.Length - 1)).Options;
        Booster library = BoosterTrainer.Fit(InMemory(rows), chosen).Model;
        double[] expected = new double[rows.Length - 1];
        library.Predict(InMemory(rows).Data, expected);
        predictions.Skip(1).Select(row => double.Parse(row[2], CultureInfo.InvariantCulture)).Should().Equal(expected, "the file holds every bit");
        predictions.Skip(1).Select(row => row[0]).Should().Equal(rows.Skip(1).Select(row => row[0]));
        run.Json["mean"]!.GetValue<double>().Should().BeApproximately(expected.Average(), 1e-12);
        _workspace.Entries().Should().Equal("contracts.csv", "left.booster", "predictions.csv");
    }

    [Fact]
    public async Task Contributions_add_up_to_the_raw_score_and_the_prediction()
    {
        _workspace.Write("contracts.csv", Contracts(300));
        await _workspace.SucceedAsync("table", "train", "contracts.csv", "--label", "left", "--ignore", "id", "--out", "left.booster");
        Run all = await _workspace.SucceedAsync("table", "explain", "contracts.csv", "--model", "left.booster", "--out", "why.csv", "--json");
        string[][] rows = Read("why.csv");
        rows[0].Should().Equal("id", "left", "months", "plan", "fee", "start", "raw_score", "probability");
        rows.Should().HaveCount(301);
        foreach (double[] row in rows.Skip(1).Select(row => row[2..].Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray()))
        {
            row[4].Should().BeApproximately(row[..4].Sum(), 1e-9);
            row[5].Should().BeApproximately(1 / (1 + Math.Exp(-row[4])), 1e-9);
        }
        all.Json["mean_absolute"]!.AsObject().First().Key.Should().Be("months", "who stays short leaves");

        Run one = await _workspace.SucceedAsync("table", "explain", "contracts.csv", "--model", "left.booster", "--row", "7", "--json");
        JsonNode seventh = one.Json["row"]!;
        seventh["raw_score"]!.GetValue<double>().Should().Be(double.Parse(rows[7][6], CultureInfo.InvariantCulture));
        (seventh["start"]!.GetValue<double>() + seventh["contributions"]!.AsArray().Sum(entry => entry!["value"]!.GetValue<double>()))
            .Should().BeApproximately(seventh["raw_score"]!.GetValue<double>(), 1e-9);
        (await _workspace.SucceedAsync("table", "explain", "contracts.csv", "--model", "left.booster", "--row", "7")).Out.Should().Contain("Row 7: predicted").And.Contain("raw score");
    }

    [Fact]
    public async Task Numbers_suggest_squared_error_and_people_see_model_and_constant()
    {
        _workspace.Write("counts.csv", Counts(120));
        Run run = await _workspace.SucceedAsync("table", "evaluate", "counts.csv", "--label", "orders", "--rounds", "50");
        run.Out.Should().Contain("squared-error").And.Contain("RMSE").And.Contain("best constant");
        _workspace.Entries().Should().Equal("counts.csv");
    }

    [Fact]
    public async Task A_column_that_names_rows_is_left_out_with_a_finding_and_carried_to_the_predictions()
    {
        _workspace.Write("contracts.csv", Contracts(100));
        Run run = await _workspace.SucceedAsync("table", "train", "contracts.csv", "--label", "left", "--out", "left.booster", "--rounds", "20", "--json");
        run.Json["columns"]!.AsArray().Select(column => column!["name"]!.GetValue<string>()).Should().Equal("months", "plan", "fee");
        Codes(run).Should().Contain("identifier-column");
        _workspace.Write("new.csv", "plan,months,fee,id\ngold,3,oops,Z1\nunheard,,5,Z2\n");
        Run predicted = await _workspace.SucceedAsync("table", "predict", "new.csv", "--model", "left.booster", "--out", "predictions.csv", "--json");
        Codes(predicted).Should().Equal("unknown-level", "text-among-numbers");
        Read("predictions.csv").Select(row => row[0]).Should().Equal("id", "Z1", "Z2");
    }

    private static IEnumerable<string> Codes(Run run) => run.Json["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>());

    private static double Figure(JsonNode answer, string whose, string figure) => answer[whose]![figure]!.GetValue<double>();

    /// <summary>Short contracts of the basic plan end; every ninth fee and every eleventh plan is missing.</summary>
    private static string Contracts(int rows)
    {
        StringBuilder text = new("id,months,plan,fee,left\n");
        for (int row = 0; row < rows; row++)
        {
            int months = row * 37 % 61;
            string plan = row % 11 == 5 ? "" : ((string[])["basic", "silver", "gold"])[row * 7 % 3];
            bool left = months < 20 != (row * 13 % 7 == 0) && (plan != "gold" || row % 2 == 0);
            text.Append(CultureInfo.InvariantCulture, $"C{row:0000},{months},{plan},{(row % 9 == 4 ? "" : (5 + row * 17 % 23 * 0.25).ToString(CultureInfo.InvariantCulture))},{(left ? "Yes" : "No")}\n");
        }
        return text.ToString();
    }

    private static string Counts(int rows)
    {
        StringBuilder text = new("visits,orders\n");
        for (int row = 0; row < rows; row++)
            text.Append(CultureInfo.InvariantCulture, $"{row * 31 % 50},{row * 31 % 50 / 8 + row * 7 % 3}\n");
        return text.ToString();
    }

    private static TrainingRows InMemory(string[][] rows) => new(
        new(
        [
            FeatureColumn.Numeric("months", Numbers(rows, 1)),
            FeatureColumn.Categorical("plan", [.. rows.Skip(1).Select(row => row[2].Length == 0 ? null : row[2])]),
            FeatureColumn.Numeric("fee", Numbers(rows, 3)),
        ]),
        rows.Skip(1).Select(row => row[4] == "Yes" ? 1f : 0f).ToArray());

    private static float[] Numbers(string[][] rows, int column) =>
        [.. rows.Skip(1).Select(row => row[column].Length == 0 ? float.NaN : float.Parse(row[column], CultureInfo.InvariantCulture))];

    private string[][] Read(string name) => [.. File.ReadAllLines(_workspace.PathOf(name)).Select(line => line.Split(','))];
}
