using CustomerValue.Exports;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.LightGbm.Tests;

/// <summary>A version's ONNX file as a step of an ML.NET pipeline, saved in that pipeline's zip.</summary>
public sealed class OnnxInsideZipTests(ITestOutputHelper output)
{
    /// <summary>ML.NET asks the graph a row at a time, which takes a thousand times longer than asking for all rows at once; all 22,000 were tried.</summary>
    private const int Asked = 1_000;

    private static readonly string[] s_answers = ["ChurnProbability", "ExpectedPurchases", "ExpectedSpend"];

    [Theory]
    [InlineData("blend")]
    [InlineData("prior-boosted")]
    [InlineData("pareto-nbd")]
    public void A_zip_with_the_onnx_file_inside_answers_as_the_champion_does(string name)
    {
        using TemporaryFolder folder = new();
        (ScoringModel model, Manifest manifest) = ExportShop.Version(Path.Combine(folder.Path, "store"), name);
        VersionFormulas formulas = model.ToFormulas(manifest.Cutoff);
        string file = Path.Combine(folder.Path, "champion.onnx"), zip = Path.Combine(folder.Path, "pipeline.zip");
        using (FileStream stream = File.Create(file))
            OnnxFile.Write(formulas, stream);
        IDataView customers = new[] { ExportShop.Scored }.ToDataView(formulas);

        MLContext writing = new();
        IEstimator<ITransformer> steps = writing.Transforms.ApplyOnnxModel(s_answers, [.. formulas.Inputs.Select(input => input.Name)], file);
        foreach (FormulaInput input in formulas.Inputs)
            steps = input.Kind switch
            {
                FormulaInputKind.Category => writing.Transforms.Conversion.MapKeyToValue(input.Name).Append(steps),
                FormulaInputKind.Day => writing.Transforms.Conversion.ConvertType(input.Name, outputKind: DataKind.Int64).Append(writing.Transforms.Expression(input.Name, "ticks => ticks / 864000000000L - 719162L", input.Name)).Append(steps),
                _ => steps,
            };
        writing.Model.Save(steps.Fit(customers), customers.Schema, zip);
        File.Delete(file);

        MLContext reading = new();
        IDataView scored = reading.Model.Load(zip, out DataViewSchema _).Transform(reading.Data.TakeRows(customers, Asked));
        Answer[] answers = [.. reading.Data.CreateEnumerable<Answer>(scored, reuseRowObject: false)];
        Forecast expected = model.Predict(ExportShop.Scored);
        double furthest = new[]
        {
            Furthest(answers, answer => answer.ChurnProbability, expected.ChurnProbability),
            Furthest(answers, answer => answer.ExpectedPurchases, expected.ExpectedPurchases),
            Furthest(answers, answer => answer.ExpectedSpend, expected.ExpectedSpend),
        }.Max();
        output.WriteLine($"{name}: {new FileInfo(zip).Length:N0} bytes, {answers.Length:N0} customers; furthest {furthest:E1}");
        furthest.Should().BeLessThan(1e-10, "the graph reckons in double precision wherever it stands");
    }

    private static double Furthest(Answer[] found, Func<Answer, double[]> of, double[] expected)
    {
        found.Should().HaveCount(Asked);
        return found.Zip(expected, (answer, truth) => double.IsNaN(of(answer).Single()) ? double.PositiveInfinity : Math.Abs(of(answer).Single() - truth) / Math.Max(Math.Abs(truth), 1e-300)).Max();
    }

    private sealed class Answer
    {
        public double[] ChurnProbability { get; set; } = [];

        public double[] ExpectedPurchases { get; set; } = [];

        public double[] ExpectedSpend { get; set; } = [];
    }
}
