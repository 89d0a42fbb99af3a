using System.Collections.Concurrent;
using System.Diagnostics;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>Promotion, rollback and damage while calls come in.</summary>
public sealed class PromotionTests(TrainedStore trained)
{
    private static readonly string[] s_calls = ["predictions", "recommendations", "decisions"];
    private static readonly TimeSpan s_promised = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Promotion_and_rollback_are_noticed_within_two_seconds_under_load_without_a_failed_or_mixed_answer()
    {
        ModelStore store = trained.Copy();
        using ServingHost host = ServingHost.Start(store.Folder);
        string request = Request(40);
        Dictionary<(string Call, string Version), string> expected = [];
        ConcurrentBag<(string Call, string Version, string Answers)> answers = [];
        await ExpectAsync();
        using CancellationTokenSource done = new();
        Task[] load = [.. s_calls.Select(call => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
                answers.Add(await AskAsync(host, call, request));
        }))];

        for (int round = 0; round < 3; round++)
        {
            store.Promote(trained.Newer);
            (await UntilServedAsync(host, trained.Newer)).Should().BeLessThan(s_promised);
            await ExpectAsync();
            store.Rollback().Should().Be(trained.Older);
            (await UntilServedAsync(host, trained.Older)).Should().BeLessThan(s_promised);
        }
        await done.CancelAsync();
        await Task.WhenAll(load);

        foreach (string call in s_calls)
            expected[(call, trained.Newer)].Should().NotBe(expected[(call, trained.Older)], "the two versions answer differently");
        answers.Select(answer => (answer.Call, answer.Version)).Distinct().Should().BeEquivalentTo(expected.Keys);
        answers.Should().OnlyContain(answer => answer.Answers == expected[ValueTuple.Create(answer.Call, answer.Version)], "every figure of an answer, lines of the strategy included, comes from the version it names");

        async Task ExpectAsync()
        {
            foreach (string call in s_calls)
            {
                (_, string version, string answer) = await AskAsync(host, call, request);
                expected.TryAdd((call, version), answer);
            }
        }
    }

    [Fact]
    public async Task A_flipped_byte_in_any_file_is_refused_while_the_old_model_goes_on_serving()
    {
        ModelStore store = trained.Copy();
        string folder = Path.Combine(store.Folder, trained.Newer);
        using ServingHost host = ServingHost.Start(store.Folder);
        // Boosters are alike: one stands for all of them.
        string[] files = [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)
            .GroupBy(file => Path.GetExtension(file) == ".booster" ? "booster" : file).Select(alike => alike.Last())];
        files.Should().Contain("manifest.json").And.Contain("golden.json").And.Contain("strategy.json");

        foreach (string file in files)
        {
            byte[] whole = await File.ReadAllBytesAsync(Path.Combine(folder, file)), damaged = [.. whole];
            damaged[damaged.Length / 2] ^= 0x01;
            await File.WriteAllBytesAsync(Path.Combine(folder, file), damaged);
            await File.WriteAllTextAsync(store.ChampionPath, trained.Newer + "\n");

            string refused = await UntilAsync(host, ready => ready["refused"]?["version"]?.GetValue<string>() == trained.Newer ? ready["refused"]!["reason"]!.GetValue<string>() : null,
                reason => reason.Contains(file, StringComparison.Ordinal));
            refused.Should().Contain(file);
            (await AskAsync(host, "predictions", Request(1))).Version.Should().Be(trained.Older);
            host.Log.Should().Contain(line => line.StartsWith("Error: Version " + trained.Newer + " is refused, " + trained.Older + " goes on serving", StringComparison.Ordinal) && line.Contains(file));

            await File.WriteAllBytesAsync(Path.Combine(folder, file), whole);
            await File.WriteAllTextAsync(store.ChampionPath, trained.Older + "\n");
            await UntilServedAsync(host, trained.Older);
        }
        host.Log.Should().NotContain(line => line.Contains("   at "), "a damaged version is no bug of this program");
    }

    [Fact]
    public async Task A_restored_version_serves_without_another_promotion_and_an_unknown_one_is_refused()
    {
        ModelStore store = trained.Copy();
        using ServingHost host = ServingHost.Start(store.Folder);
        string hidden = Path.Combine(store.Folder, ".hidden");
        Directory.Move(Path.Combine(store.Folder, trained.Newer), hidden);
        await File.WriteAllTextAsync(store.ChampionPath, trained.Newer);

        string reason = await UntilAsync(host, ready => ready["refused"]?["reason"]?.GetValue<string>(), _ => true);
        reason.Should().Contain($"holds no version '{trained.Newer}'");
        Answer models = await host.GetAsync("/v1/models");
        models.Json["champion"]!.GetValue<string>().Should().Be(trained.Newer);
        models.Json["serving"]!.GetValue<string>().Should().Be(trained.Older);

        Directory.Move(hidden, Path.Combine(store.Folder, trained.Newer));
        await UntilServedAsync(host, trained.Newer, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Without_a_champion_the_process_lives_says_what_to_do_and_serves_once_one_is_promoted()
    {
        ModelStore store = trained.Copy();
        File.Delete(store.ChampionPath);
        using ServingHost host = ServingHost.Start(store.Folder);

        (await host.GetAsync("/health/live")).Text.Should().Be("""{"status":"live"}""");
        Answer ready = await host.GetAsync("/health/ready");
        ready.ShouldBeProblem(503, "no-champion");
        ready.Json["readiness"]!["status"]!.GetValue<string>().Should().Be("unavailable");
        ready.Json["detail"]!.GetValue<string>().Should().Contain("Run train").And.NotContain(store.Folder, "where the store lies is nobody's business over HTTP");
        (await host.PostAsync("/v1/predictions", Request(1))).ShouldBeProblem(503, "no-champion");
        (await host.PostAsync("/v1/recommendations", Request(1))).ShouldBeProblem(503, "no-champion");
        (await host.GetAsync("/v1/models/champion")).ShouldBeProblem(503, "no-champion");
        (await host.GetAsync("/v1/models")).Json["models"]!.AsArray().Should().HaveCount(2);
        host.Log.Should().ContainSingle(line => line.Contains("names no champion"));

        store.Promote(trained.Newer);
        (await UntilServedAsync(host, trained.Newer)).Should().BeLessThan(s_promised);
    }

    private string Request(int customers) => SimulatedCustomers.ToRequest(TrainedStore.AsOf, trained.Rows.GroupBy(row => row.CustomerId).Take(customers)).ToJsonString();

    private static async Task<(string Call, string Version, string Answers)> AskAsync(ServingHost host, string call, string request)
    {
        Answer answer = await host.PostAsync("/v1/" + call, request);
        ((int)answer.Status).Should().Be(200, answer.Text);
        return (call, answer.Json["model_version"]!.GetValue<string>(), answer.Json[call]!.ToJsonString() + answer.Json["lines"]?.ToJsonString());
    }

    private static async Task<TimeSpan> UntilServedAsync(ServingHost host, string version, TimeSpan? limit = null)
    {
        long start = Stopwatch.GetTimestamp();
        await UntilAsync(host, ready => ready["champion"]?["version"]?.GetValue<string>(), served => served == version, limit);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Asks /health/ready until what it says is accepted; the deadline is generous, what was promised is asserted by the caller.</summary>
    private static async Task<string> UntilAsync(ServingHost host, Func<System.Text.Json.Nodes.JsonNode, string?> select, Func<string, bool> accept, TimeSpan? limit = null)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        using CancellationTokenSource deadline = new(limit ?? TimeSpan.FromSeconds(15));
        string? found = null;
        while (await timer.WaitForNextTickAsync(deadline.Token))
            if ((found = select((await host.GetAsync("/health/ready")).Json)) is not null && accept(found))
                break;
        return found!;
    }
}
