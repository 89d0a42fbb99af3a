namespace CustomerValue.Boosting.Tests;

/// <summary>Runs what the package's readme shows; the text must be found there line by line.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_snippet_of_the_readme_runs()
    {
        BoostingData data = new([
            FeatureColumn.Numeric("tenure", new float[] { 1, 34, 2, 45, 8, 22, 10, 28 }),
            FeatureColumn.Categorical("contract", ["month", "year", "month", "year", "month", "month", null, "year"]),
        ]);
        TrainingRows rows = new(data, new float[] { 1, 0, 1, 0, 1, 0, 1, 0 });

        BoosterOptions options = BoosterOptions.ForSmallData(Objectives.Logistic) with { MinChildWeight = 0.1 };
        TrainingResult result = BoosterTrainer.Fit(rows, options);
        foreach (TrainingFinding finding in result.Findings)
            throw new InvalidOperationException(finding.Message);

        double[] probabilities = new double[data.RowCount];
        result.Model.Predict(data, probabilities);

        double[] reasons = new double[data.RowCount * result.Model.ContributionsWidth];
        result.Model.Contributions(data, reasons);

        probabilities[0].Should().BeGreaterThan(probabilities[1]);
        string readme = File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot, "models", "CustomerValue.Boosting", "README.md"));
        readme.Should().ContainAll(
            "FeatureColumn.Categorical(\"contract\", [\"month\", \"year\", \"month\", \"year\", \"month\", \"month\", null, \"year\"])",
            "BoosterOptions.ForSmallData(Objectives.Logistic) with { MinChildWeight = 0.1 };",
            "BoosterTrainer.Fit(rows, options);",
            "result.Model.Predict(data, probabilities);",
            "result.Model.Contributions(data, reasons);");
    }
}
