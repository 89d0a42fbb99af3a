using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using CustomerValue.Data.Windows;
using CustomerValue.MLNet;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.Serving.Tests;

/// <summary>A data scientist's walk: features to a file, a pipeline of their own on it, in the race, promoted, served; and what is wrong with its zip never serves.</summary>
public sealed class OwnPipelineTests(TrainedStore trained)
{
    private const int Asked = 40;

    [Fact]
    public void Their_pipeline_learns_from_a_file_that_the_program_wrote()
    {
        string folder = trained.Fresh();
        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, "orders.csv"), ["customer_id,date,amount,channel", .. trained.Rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.CustomerId},{row.Day:yyyy-MM-dd},{row.Amount},{row.Channel}"))]);
        Run(folder, "features", "orders.csv", "--cutoff", "2024-03-01", "2024-06-01", "--horizon", "90", "--out", "learn.idv");
        Run(folder, "features", "orders.csv", "--cutoff", "2024-09-01", "--horizon", "90", "--out", "judge.idv");
        MLContext ml = new(1);
        IDataView learn = ml.Data.LoadFromBinary(Path.Combine(folder, "learn.idv")), judge = ml.Data.LoadFromBinary(Path.Combine(folder, "judge.idv"));

        CalibratedBinaryClassificationMetrics churn = ml.BinaryClassification.Evaluate(OwnPipeline.Churn(ml).Fit(learn).Transform(judge), "outcome_churned");
        RegressionMetrics spend = ml.Regression.Evaluate(OwnPipeline.Spend(ml).Fit(learn).Transform(judge), "outcome_spend");

        churn.AreaUnderRocCurve.Should().BeGreaterThan(0.7);
        spend.MeanAbsoluteError.Should().BeLessThan(judge.GetColumn<float>("outcome_spend").Average() * 1.2, "it knows more than nothing");
    }

    [Fact]
    public async Task In_the_race_promoted_and_served_its_answer_is_the_pipelines_own()
    {
        (ModelStore store, string version) = trained.With(OwnPipeline.Candidate);
        store.Promote(version);
        using ServingHost host = ServingHost.Start(store.Folder);

        Answer answer = await host.PostAsync("/v1/predictions", Request());

        ((int)answer.Status).Should().Be(200, answer.Text);
        answer.Json["model_version"]!.GetValue<string>().Should().Be(version);
        store.Open(version).Manifest.Evaluation.Should().BeNull("the data end with the cutoff");
        Forecast own = Own(store, version);
        double[] served = Figures(answer);
        served.Should().HaveCount(3 * Asked);
        for (int i = 0; i < Asked; i++)
        {
            served[3 * i].Should().BeApproximately(own.ChurnProbability[i], 1e-6);
            served[3 * i + 1].Should().BeApproximately(own.ExpectedPurchases[i], 1e-6 * Math.Max(1, own.ExpectedPurchases[i]));
            served[3 * i + 2].Should().BeApproximately(own.ExpectedSpend[i], 1e-6 * Math.Max(1, own.ExpectedSpend[i]));
        }
    }

    [Fact]
    public async Task Its_reasons_are_told_over_http_and_add_up()
    {
        (ModelStore store, string version) = trained.With(OwnPipeline.Candidate);
        store.Promote(version);
        using ServingHost host = ServingHost.Start(store.Folder);

        Answer answer = await host.PostAsync("/v1/predictions", Request(reasons: 5));

        foreach (JsonNode? customer in answer.Json["predictions"]!.AsArray())
        {
            double churn = customer!["churn_probability"]!.GetValue<double>(), sum = customer["reasons_base"]!.GetValue<double>() + customer["reasons"]!.AsArray().Sum(reason => reason!["contribution"]!.GetValue<double>());
            sum.Should().BeApproximately(Math.Log(churn / (1 - churn)), 1e-4);
            customer["reasons"]!.AsArray().Count.Should().BeGreaterThan(3);
        }
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("not a model")]
    [InlineData("unknown part")]
    public async Task A_zip_that_cannot_answer_is_refused_by_name_and_the_old_model_serves(string fault)
    {
        (ModelStore store, string version) = trained.With(OwnPipeline.Candidate);
        store.Promote(trained.Older);
        using ServingHost host = ServingHost.Start(store.Folder, ("ChampionPollMilliseconds", "20"));
        string bad = Change(store, version, "own-pipeline.zip", zip => fault switch
        {
            "truncated" => zip[..(zip.Length / 2)],
            "not a model" => "not a model"u8.ToArray(),
            _ => WithUnknownPart(zip),
        });

        store.Promote(bad);

        long start = Stopwatch.GetTimestamp();
        while (!host.Log.Any(line => line.Contains("own-pipeline.zip", StringComparison.Ordinal)) && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        host.Log.Should().Contain(line => line.Contains($"own-pipeline.zip of version {bad} cannot be loaded", StringComparison.Ordinal));
        (await host.PostAsync("/v1/predictions", Request())).Json["model_version"]!.GetValue<string>().Should().Be(trained.Older);
    }

    private string Request(int reasons = 0)
    {
        JsonObject request = SimulatedCustomers.ToRequest(TrainedStore.AsOf, trained.Rows.GroupBy(row => row.CustomerId).OrderBy(customer => customer.Key, StringComparer.Ordinal).Take(Asked));
        request["reasons"] = reasons;
        return request.ToJsonString();
    }

    private static double[] Figures(Answer answer) => [.. answer.Json["predictions"]!.AsArray().SelectMany(row => new[] { "churn_probability", "expected_purchases", "expected_spend" }.Select(name => row![name]!.GetValue<double>()))];

    /// <summary>What the zip says in a program that has ML.NET alone, with purchases moved where its own churn leaves no room for them, as the house does with everyone's.</summary>
    private Forecast Own(ModelStore store, string version)
    {
        Snapshot snapshot = ScoringModel.Load(store.Open(version), MLNetEngine.AddTo(CandidateCatalogue.Standard)).Snapshot(trained.Log, trained.Attributes, TrainedStore.AsOf, withOutcomes: false, 1, CancellationToken.None);
        return new CustomerValue.Models.Forecasting.Predictions(snapshot, 90).Of(new Zip(Path.Combine(store.Folder, version, "own-pipeline.zip")));
    }

    /// <summary>The built program as a process of its own.</summary>
    private static void Run(string folder, params string[] arguments)
    {
        string program = Path.Combine(ReferenceData.RepositoryRoot, "training", Path.GetRelativePath(Path.Combine(ReferenceData.RepositoryRoot, "tests", "CustomerValue.Serving.Tests"), AppContext.BaseDirectory), "customer-value.dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, .. arguments]) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, "{0} {1}", output.Result, error.Result);
    }

    /// <summary>Publishes a version's files again, one of them changed: hashes are right, the content is not.</summary>
    private static string Change(ModelStore store, string version, string name, Func<byte[], byte[]> change)
    {
        VersionReader original = store.Open(version);
        return store.Publish(writer =>
        {
            foreach (StoredFile file in ModelStore.ModelFiles(original.Manifest))
                writer.Write(file.Name, file.Name == name ? change(original.Read(name)) : original.Read(file.Name));
            return original.Manifest with { Version = "", Files = [] };
        }).Version;
    }

    /// <summary>Writes another name of a component into the header of the first one.</summary>
    private static byte[] WithUnknownPart(byte[] zip)
    {
        const int LoaderSignature = 0x50;
        using MemoryStream changed = new();
        changed.Write(zip);
        using (ZipArchive archive = new(changed, ZipArchiveMode.Update, leaveOpen: true))
        using (Stream header = archive.Entries.First(entry => entry.FullName.EndsWith("Transform_000/Transform_000/Model.key", StringComparison.Ordinal)).Open())
        {
            header.Position = LoaderSignature;
            header.WriteByte((byte)'X');
        }
        return changed.ToArray();
    }

    private sealed class OwnAnswer
    {
        public float ChurnProbability { get; set; }

        public float ExpectedPurchases { get; set; }

        public float ExpectedSpend { get; set; }
    }

    /// <summary>A zip read by ML.NET and nothing else.</summary>
    private sealed class Zip(string path) : ICustomerModel
    {
        public string Name => "zip";

        public string Description => path;

        public Forecast Predict(Snapshot snapshot, Horizon horizon)
        {
            MLContext ml = new();
            OwnAnswer[] answers = [.. ml.Data.CreateEnumerable<OwnAnswer>(ml.Model.Load(path, out _).Transform(snapshot.ToDataView()), reuseRowObject: false)];
            Forecast forecast = new(answers.Length);
            for (int i = 0; i < answers.Length; i++)
                (forecast.ChurnProbability[i], forecast.ExpectedPurchases[i], forecast.ExpectedSpend[i]) = (answers[i].ChurnProbability, answers[i].ExpectedPurchases, answers[i].ExpectedSpend);
            return forecast;
        }

        public void Save(VersionWriter writer) => throw new NotSupportedException("It is a file already.");
    }
}
