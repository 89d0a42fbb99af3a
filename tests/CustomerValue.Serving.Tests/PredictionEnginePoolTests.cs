using System.Diagnostics;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>Versions of ML.NET's FastTree over HTTP: answered by converted trees, and by ML.NET's own prediction engines.</summary>
/// <remarks>Run alone: memory is measured of the whole process.</remarks>
[Collection(Alone.Name)]
public sealed class PredictionEnginePoolTests(TrainedStore trained, ITestOutputHelper output)
{
    private static readonly int s_promotions = Environment.GetEnvironmentVariable("CUSTOMER_VALUE_ACCEPTANCE") == "1" ? 200 : 60;

    [Fact]
    public async Task The_pool_answers_over_http_as_the_converted_trees_do()
    {
        ModelStore store = trained.Forests();
        using ServingHost pooled = ServingHost.Start(store.Folder, ("MLNet:ServeFromPool", "true")), converted = ServingHost.Start(store.Folder);

        Answer left = await pooled.PostAsync("/v1/predictions", Request(60)), right = await converted.PostAsync("/v1/predictions", Request(60));

        ((int)left.Status).Should().Be(200, left.Text);
        left.Json["model_version"]!.GetValue<string>().Should().Be(store.Champion);
        double[] byPool = Figures(left), byTrees = Figures(right);
        byPool.Should().HaveCount(180).And.NotEqual(byTrees, "the pool answers in single precision, so it is seen to answer");
        for (int i = 0; i < byPool.Length; i++)
            byPool[i].Should().BeApproximately(byTrees[i], 1e-5 * Math.Max(1, byTrees[i]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Under_load_every_answer_is_of_the_version_it_names_through_many_promotions_and_memory_stays_flat(bool fromPool)
    {
        ModelStore store = trained.Forests();
        string[] versions = [.. store.Versions];
        using ServingHost host = ServingHost.Start(store.Folder, ("MLNet:ServeFromPool", fromPool ? "true" : "false"), ("ChampionPollMilliseconds", "20"));
        string request = Request(20);
        Dictionary<string, double[]> expected = [];
        foreach (string version in versions)
            expected[version] = await PromoteAsync(version);
        expected[versions[0]].Should().NotEqual(expected[versions[1]]);
        int answers = 0, wrong = 0;
        using CancellationTokenSource done = new();
        Task[] load = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                Answer answer = await host.PostAsync("/v1/predictions", request);
                Interlocked.Increment(ref answers);
                if ((int)answer.Status != 200 || !Figures(answer).SequenceEqual(expected[answer.Json["model_version"]!.GetValue<string>()]))
                    Interlocked.Increment(ref wrong);
            }
        }))];

        long early = 0;
        for (int promotion = 0; promotion < s_promotions; promotion++)
        {
            await PromoteAsync(versions[promotion % 2]);
            if (promotion == s_promotions / 5)
                early = GC.GetTotalMemory(forceFullCollection: true);
        }
        await done.CancelAsync();
        await Task.WhenAll(load);

        long late = GC.GetTotalMemory(forceFullCollection: true);
        output.WriteLine($"{s_promotions} promotions, {answers} answers, {wrong} wrong or failed; memory after a fifth of them {early >> 10} KB, at the end {late >> 10} KB");
        wrong.Should().Be(0);
        answers.Should().BeGreaterThan(s_promotions);
        (late - early).Should().BeLessThan(16 << 20, "versions that were replaced are let go");

        async Task<double[]> PromoteAsync(string version)
        {
            store.Promote(version);
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30))
            {
                Answer answer = await host.PostAsync("/v1/predictions", request);
                if (answer.Json["model_version"]?.GetValue<string>() == version)
                    return Figures(answer);
            }
            throw new TimeoutException($"{version} does not serve.");
        }
    }

    private string Request(int customers) => SimulatedCustomers.ToRequest(TrainedStore.AsOf, trained.Rows.GroupBy(row => row.CustomerId).Take(customers)).ToJsonString();

    private static double[] Figures(Answer answer) => [.. answer.Json["predictions"]!.AsArray().SelectMany(row => new[] { "churn_probability", "expected_purchases", "expected_spend" }.Select(name => row![name]!.GetValue<double>()))];
}
