using System.Text;
using CustomerValue.Client;
using CustomerValue.Serving.Tests.Hosting;
using CustomerValue.Serving.Tests.Jobs;

namespace CustomerValue.Serving.Tests.Client;

/// <summary>Jobs through the typed client, worked on by the real program.</summary>
public sealed class ClientJobTests(TrainedStore trained) : IDisposable
{
    private readonly JobShop _shop = new(trained);

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_job_is_given_waited_for_taken_and_removed()
    {
        using ServingHost host = _shop.Start();
        using CustomerValueClient client = ClientTests.At(host);

        JobAnswer given = await client.GiveJobScoreAsync(new GiveJobScoreRequest { AsOf = "2024-06-01", Map = ["amount=amount", "date=date"] }, JobFile.At(_shop.Orders));
        given.State.Should().BeOneOf(JobState.Queued, JobState.Running);
        JobAnswer done = await client.WaitForJobAsync(given.Id);
        await using Stream result = await client.GetJobResultAsync(given.Id, "csv");
        using MemoryStream taken = new();
        await result.CopyToAsync(taken);

        (done.State, done.Verb, done.File, done.AsOf, done.ModelVersion).Should().Be((JobState.Done, "score", "orders.csv", new DateOnly(2024, 6, 1), trained.Older), done.Error?.Detail);
        taken.ToArray().Should().Equal(_shop.Written("csv", "score", "--transactions", _shop.Orders, "--as-of", "2024-06-01", "--no-book"));
        (await client.ListJobsAsync()).Jobs.Should().ContainSingle(job => job.Id == given.Id);
        await client.RemoveJobAsync(given.Id);
        (await client.ListJobsAsync()).Jobs.Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_named_by_its_path_is_told_as_json_and_a_job_that_fails_says_why()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_shop.Folder, "open")).FullName, bad = Path.Combine(folder, "bad.csv");
        await File.WriteAllTextAsync(bad, "customer_id,date,amount\nanna,2024-01-01,ten\n");
        using ServingHost host = _shop.Start(null, ("Jobs:Folders", folder));
        using CustomerValueClient client = ClientTests.At(host);

        JobAnswer failed = await client.WaitForJobAsync((await client.GiveJobDecideAsync(new GiveJobDecideRequest { Path = bad, Budget = "400" })).Id);
        JobAnswer lines = await client.WaitForJobAsync((await client.GiveJobRecommendAsync(new GiveJobRecommendRequest { Language = "zh" }, JobFile.Of("orders.csv", await File.ReadAllBytesAsync(_shop.Orders)))).Id);
        using StreamReader result = new(await client.GetJobResultAsync(lines.Id, "ndjson"), Encoding.UTF8);

        (failed.State, failed.Error!.Status).Should().Be((JobState.Failed, 422));
        failed.Error.Type.Should().EndWith("job-failed");
        failed.Error.Detail.Should().Contain("column 'amount'");
        (await result.ReadLineAsync()).Should().StartWith("{\"").And.Contain("\"strategy_name\"");
    }
}
