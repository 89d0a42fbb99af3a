using System.Reflection;
using CustomerValue.Data.Features;
using CustomerValue.MLNet.FastTree;
using CustomerValue.MLNet.Serving;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.Tests;

/// <summary>The class of a row is compiled as a user's program would compile it, and asked through <c>PredictionEngine</c>.</summary>
public class RowClassTests
{
    private static readonly MethodInfo s_predict = typeof(RowClassTests).GetMethod(nameof(Predict), BindingFlags.NonPublic | BindingFlags.Static)!;

    [Fact]
    public void A_prediction_engine_takes_it_and_answers_as_the_model_answers_for_the_table()
    {
        BoostedModel model = (BoostedModel)FastTreeCandidate.Of(SmallShop.Prior, FastTreeSize.Budget).Fit(AttributedShop.Training, null, CancellationToken.None).Model;
        FeatureTable table = AttributedShop.Training.Latest.Features;
        Type row = Compile(SnapshotFiles.RowClass(table.Schema)).GetType("Row")!;
        Forecast expected = new VersionPool(model.Companions["ml-net-fast-tree.zip"]).Predict(table);

        PipelinePrediction[] answers = (PipelinePrediction[])s_predict.MakeGenericMethod(row).Invoke(null, [model.Companions["ml-net-fast-tree.zip"], table])!;

        answers.Select(answer => (double)answer.ExpectedSpend).Should().Equal(expected.ExpectedSpend);
        answers.Select(answer => (double)answer.ChurnProbability).Should().Equal(expected.ChurnProbability);
    }

    [Fact]
    public void Names_that_are_no_names_of_csharp_become_some_and_stay_apart()
    {
        FeatureSchema schema = new([FeatureDefinition.Appended("t_x", "days", "A < B & \"C\"", "{value}"), FeatureDefinition.Appended("tX", "days", "m", "{value}"), FeatureDefinition.Appended("30_days", "days", "m\nn", "{value}"),
            new FeatureDefinition("farbe (\"rot\")", "level", "m", "{value}", FeatureKind.Categorical, ["a\\b", "\"", "ü\n"])
            {
                Source = FeatureSource.Appended,
            }]);

        Type row = Compile(SnapshotFiles.RowClass(schema)).GetType("Row")!;

        row.GetProperties().Select(property => property.Name).Should().Equal("TX", "TX2", "Feature30Days", "FarbeRot", "Features");
        row.GetProperty("FarbeRot")!.GetCustomAttribute<ColumnNameAttribute>().Should().NotBeNull();
        row.GetMethod("FarbeRotKey")!.Invoke(null, ["ü\n"]).Should().Be(3u);
        row.GetMethod("FarbeRotKey")!.Invoke(null, ["?"]).Should().Be(0u);
    }

    private static PipelinePrediction[] Predict<TRow>(byte[] zip, FeatureTable table) where TRow : class, new()
    {
        MLContext ml = new();
        using PredictionEngine<TRow, PipelinePrediction> engine = ml.Model.CreatePredictionEngine<TRow, PipelinePrediction>(ml.Model.Load(new MemoryStream(zip), out _));
        PropertyInfo[] properties = [.. typeof(TRow).GetProperties().SkipLast(1)];
        return [.. Enumerable.Range(0, table.RowCount).Select(customer =>
        {
            TRow row = new();
            for (int f = 0; f < properties.Length; f++)
            {
                float value = table.Column(f).Span[customer];
                properties[f].SetValue(row, table.Schema.Features[f].Kind == FeatureKind.Numeric ? value
                    : typeof(TRow).GetMethod($"{properties[f].Name}Key")!.Invoke(null, [float.IsNaN(value) ? null : table.Schema.Features[f].Levels[(int)value]]));
            }
            return engine.Predict(row);
        })];
    }

    private static Assembly Compile(string code)
    {
        string[] assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        CSharpCompilation compilation = CSharpCompilation.Create("row", [CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken)],
            assemblies.Select(assembly => MetadataReference.CreateFromFile(assembly)), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream bytes = new();
        compilation.Emit(bytes, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Should().BeEmpty();
        return Assembly.Load(bytes.ToArray());
    }
}
