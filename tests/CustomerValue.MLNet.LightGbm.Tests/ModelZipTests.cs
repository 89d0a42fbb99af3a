using CustomerValue.Exports;
using CustomerValue.MLNet.Serving;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using Microsoft.ML;

namespace CustomerValue.MLNet.LightGbm.Tests;

public sealed class ModelZipTests(ITestOutputHelper output)
{
    public static TheoryData<string> Models => [.. ExportShop.Models];

    [Theory]
    [MemberData(nameof(Models))]
    public void ML_NET_answers_20_000_customers_from_the_zip_as_the_champion_does(string name)
    {
        using TemporaryFolder folder = new();
        (ScoringModel model, Manifest manifest) = ExportShop.Version(folder.Path, name);
        VersionFormulas formulas = model.ToFormulas(manifest.Cutoff);

        byte[] zip = ModelZip.Write(formulas);

        MLContext context = new();
        ITransformer loaded = context.Model.Load(new MemoryStream(zip), out DataViewSchema _);
        IDataView scored = loaded.Transform(new[] { ExportShop.Scored }.ToDataView(formulas));
        PipelinePrediction[] answers = [.. context.Data.CreateEnumerable<PipelinePrediction>(scored, reuseRowObject: false)];
        Forecast expected = model.Predict(ExportShop.Scored);
        double churn = Furthest(answers, answer => answer.ChurnProbability, expected.ChurnProbability), purchases = Furthest(answers, answer => answer.ExpectedPurchases, expected.ExpectedPurchases),
            spend = Furthest(answers, answer => answer.ExpectedSpend, expected.ExpectedSpend);
        output.WriteLine($"{name}: {zip.Length:N0} bytes, {answers.Length:N0} customers; furthest {churn:E1}, {purchases:E1}, {spend:E1}; columns {string.Join(", ", scored.Schema.Skip(3 + ExportShop.Scored.Features.Schema.Count).Select(column => column.Name))}");
        new[] { churn, purchases, spend }.Max().Should().BeLessThan(ModelZip.Precision);
    }

    /// <summary>Relative; nothing is expected of some customers, and then of these exactly.</summary>
    private static double Furthest(PipelinePrediction[] found, Func<PipelinePrediction, float> of, double[] expected)
    {
        found.Should().HaveSameCount(expected);
        return found.Zip(expected, (left, right) => float.IsNaN(of(left)) ? double.PositiveInfinity : Math.Abs(of(left) - right) / Math.Max(Math.Abs(right), 1e-30)).Max();
    }
}
