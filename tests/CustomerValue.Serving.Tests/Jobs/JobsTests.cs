using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CustomerValue.CustomerBook.Access;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Tests.Jobs;

/// <summary>Big files over real HTTP: given, worked on by the real program, looked at, stopped and taken.</summary>
public sealed class JobsTests(TrainedStore trained) : IDisposable
{
    private readonly JobShop _shop = new(trained);

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("score")]
    [InlineData("recommend", "language", "zh")]
    [InlineData("decide", "budget", "400")]
    public async Task A_job_gives_what_the_program_writes_byte_for_byte_as_table_and_as_lines(string verb, params string[] option)
    {
        using ServingHost host = _shop.Start();
        string[] alone = [verb, "--transactions", _shop.Orders, "--as-of", "2024-06-01", .. option.Length == 0 ? ["--no-book"] : (string[])["--" + option[0], option[1]]];

        Answer given = await Answer.ReadAsync(await _shop.SendAsync(host, verb, [("as_of", "2024-06-01"), .. option.Length == 0 ? [] : ((string, string)[])[(option[0], option[1])]]));
        string id = given.Json["id"]!.GetValue<string>();
        JsonNode done = await JobShop.WaitAsync(host, id, "done");
        HttpResponseMessage table = await host.Client.GetAsync(new Uri($"/v1/jobs/{id}/result", UriKind.Relative));

        ((int)given.Status).Should().Be(202, given.Text);
        done["customers"]!.GetValue<int>().Should().BeInRange(300, 800);
        done["model_version"]!.GetValue<string>().Should().Be(trained.Older);
        done["as_of"]!.GetValue<string>().Should().Be("2024-06-01");
        done["file"]!.GetValue<string>().Should().Be("orders.csv");
        done["progress"]!.GetValue<string>().Should().MatchRegex(" in [0-9.]+ (ms|s)$").And.NotContain("/");
        done["error"].Should().BeNull();
        table.Content.Headers.ContentType!.MediaType.Should().Be("text/csv");
        table.Content.Headers.ContentDisposition!.FileName.Should().Be($"{verb}.csv");
        (await table.Content.ReadAsByteArrayAsync()).Should().Equal(_shop.Written("csv", alone));
        byte[] lines = _shop.Written("jsonl", alone);
        (await host.Client.GetByteArrayAsync(new Uri($"/v1/jobs/{id}/result?format=ndjson", UriKind.Relative))).Should().Equal(lines);
        using HttpRequestMessage asked = new(HttpMethod.Get, $"/v1/jobs/{id}/result") { Headers = { { "Accept", "application/x-ndjson" } } };
        HttpResponseMessage accepted = await host.Client.SendAsync(asked);
        accepted.Content.Headers.ContentType!.MediaType.Should().Be("application/x-ndjson");
        (await accepted.Content.ReadAsByteArrayAsync()).Should().Equal(lines);
        using HttpRequestMessage packed = new(HttpMethod.Get, $"/v1/jobs/{id}/result") { Headers = { { "Accept", "application/vnd.apache.parquet" } } };
        byte[] parquet = await (await host.Client.SendAsync(packed)).Content.ReadAsByteArrayAsync();
        parquet.Should().Equal(_shop.Written("parquet", alone)).And.StartWith("PAR1"u8.ToArray());
        (await host.GetAsync($"/v1/jobs/{id}/result?format=xml")).ShouldBeProblem(422, "invalid-request").Should().ContainKey("format");
        (await host.GetAsync("/v1/jobs")).Json["jobs"]!.AsArray().Select(job => job!["id"]!.GetValue<string>()).Should().Equal(id);
        string[] written = [.. (await new AccessDatabase(host.Services.GetRequiredService<IOptions<ServingOptions>>().Value.WorkPlace).AuditAsync(100)).Select(record => $"{record.What} {record.Detail}")];
        written.Should().Contain($"job {verb}").And.Contain(record => record.StartsWith($"download job {verb}: "));
        host.Log.Should().Contain(line => line.Contains($"Job {verb} is done")).And.NotContain(line => line.Contains("orders.csv") || line.Contains("c00001"));
    }

    [Fact]
    public async Task What_is_kept_is_for_its_owner_and_what_was_sent_goes_with_the_jobs_end()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Permissions are of Unix.");
            return;
        }
        _shop.Hold();
        using ServingHost host = _shop.Start();
        string id = await _shop.GiveAsync(host, "score");
        await JobShop.WaitAsync(host, id, "running");
        string sent = Path.Combine(_shop.Jobs, id, "transactions", "orders.csv");

        File.GetUnixFileMode(sent).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await File.ReadAllBytesAsync(sent)).Should().Equal(await File.ReadAllBytesAsync(_shop.Orders));
        foreach (string folder in (string[])[_shop.Jobs, Path.Combine(_shop.Jobs, id)])
            File.GetUnixFileMode(folder).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (await host.GetAsync($"/v1/jobs/{id}/result")).ShouldBeProblem(409, "no-result");
        _shop.Release();
        await JobShop.WaitAsync(host, id, "done");

        File.Exists(sent).Should().BeFalse();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(_shop.Jobs, id), "*", SearchOption.AllDirectories))
            File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    [Fact]
    public async Task A_job_in_the_middle_when_the_service_ends_and_one_behind_it_are_done_by_the_next_service()
    {
        _shop.Hold();
        string first, second;
        using (ServingHost host = _shop.Start())
        {
            first = await _shop.GiveAsync(host, "score");
            await JobShop.WaitAsync(host, first, "running");
            second = await _shop.GiveAsync(host, "score", ("as_of", "2024-06-01"));
            using ServingHost other = _shop.Start();
            await Task.Delay(1500);
            (await other.GetAsync($"/v1/jobs/{second}")).Json["state"]!.GetValue<string>().Should().Be("queued", "one job at a time, however many services there are");
        }
        _shop.Release();
        using ServingHost next = _shop.Start();

        await JobShop.WaitAsync(next, first, "done");
        await JobShop.WaitAsync(next, second, "done");
        (await next.Client.GetByteArrayAsync(new Uri($"/v1/jobs/{first}/result", UriKind.Relative))).Should().Equal(_shop.Written("csv", "score", "--transactions", _shop.Orders, "--no-book"));
    }

    [Fact]
    public async Task A_job_said_to_be_worked_on_after_the_service_was_killed_is_begun_again_but_not_for_ever()
    {
        _shop.Hold();
        string id;
        string state;
        using (ServingHost host = _shop.Start())
        {
            id = await _shop.GiveAsync(host, "score");
            state = Path.Combine(_shop.Jobs, id, "job.json");
            await JobShop.WaitAsync(host, id, "running");
        }
        _shop.Release();
        string broken = (await File.ReadAllTextAsync(state)).Replace("\"queued\"", "\"running\"", StringComparison.Ordinal);
        broken.Should().Contain("\"running\"");
        await File.WriteAllTextAsync(state, broken);
        using (ServingHost host = _shop.Start())
            await JobShop.WaitAsync(host, id, "done");

        await File.WriteAllTextAsync(state, broken.Replace("\"broken\": 0", "\"broken\": 2", StringComparison.Ordinal));
        using ServingHost last = _shop.Start();
        (await JobShop.WaitAsync(last, id, "failed"))["error"]!["detail"]!.GetValue<string>().Should().Contain("ended 3 times");
    }

    [Fact]
    public async Task A_job_is_stopped_whether_it_is_worked_on_or_waits_and_then_taken_away()
    {
        _shop.Hold();
        using ServingHost host = _shop.Start();
        using HostMeasurements measured = host.Measure();
        string running = await _shop.GiveAsync(host, "score"), waiting = await _shop.GiveAsync(host, "recommend");
        await JobShop.WaitAsync(host, running, "running");

        (await JobShop.DeleteAsync(host, waiting)).Json["state"]!.GetValue<string>().Should().Be("cancelled");
        (await JobShop.DeleteAsync(host, running)).Json["state"]!.GetValue<string>().Should().Be("cancelled");
        _shop.Release();
        string after = await _shop.GiveAsync(host, "score");
        await JobShop.WaitAsync(host, after, "done");

        (await host.GetAsync($"/v1/jobs/{waiting}")).Json["state"]!.GetValue<string>().Should().Be("cancelled");
        (await host.GetAsync($"/v1/jobs/{running}/result")).ShouldBeProblem(409, "no-result");
        foreach (string id in (string[])[running, waiting, after])
        {
            ((int)(await JobShop.DeleteAsync(host, id)).Status).Should().Be(200);
            (await host.GetAsync($"/v1/jobs/{id}")).ShouldBeProblem(404, "unknown-job");
            (await JobShop.DeleteAsync(host, id)).ShouldBeProblem(404, "unknown-job");
            Directory.Exists(Path.Combine(_shop.Jobs, id)).Should().BeFalse();
        }
        measured.Sum("customer_value.jobs.finished", ("verb", "score"), ("outcome", "cancelled")).Should().Be(1);
        measured.Sum("customer_value.jobs.finished", ("verb", "recommend"), ("outcome", "cancelled")).Should().Be(1);
        measured.Sum("customer_value.jobs.finished", ("verb", "score"), ("outcome", "done")).Should().Be(1);
        measured.Sum("customer_value.jobs.finished", ("outcome", "failed")).Should().Be(0);
    }

    [Fact]
    public async Task No_more_jobs_wait_than_may()
    {
        _shop.Hold();
        using ServingHost host = _shop.Start(null, ("Jobs:MostQueued", "2"));
        using HostMeasurements measured = host.Measure();
        await JobShop.WaitAsync(host, await _shop.GiveAsync(host, "score"), "running");
        await _shop.GiveAsync(host, "score");
        string last = await _shop.GiveAsync(host, "score");

        HttpResponseMessage refused = await _shop.SendAsync(host, "score");
        refused.Headers.RetryAfter!.Delta.Should().BePositive();
        (await Answer.ReadAsync(refused)).ShouldBeProblem(429, "busy");
        await Task.Delay(1500); // the count is looked at once a second
        measured.Sum("customer_value.jobs.queued").Should().Be(2);
        (await host.GetAsync("/v1/jobs")).Json["jobs"]!.AsArray().Should().HaveCount(3);

        await JobShop.DeleteAsync(host, last);
        await _shop.GiveAsync(host, "score");
    }

    [Fact]
    public async Task A_broken_download_goes_on_where_it_broke()
    {
        using ServingHost host = _shop.Start();
        string id = await _shop.GiveAsync(host, "score");
        await JobShop.WaitAsync(host, id, "done");
        Uri result = new($"/v1/jobs/{id}/result", UriKind.Relative);
        HttpResponseMessage whole = await host.Client.GetAsync(result);
        byte[] all = await whole.Content.ReadAsByteArrayAsync();
        whole.Headers.AcceptRanges.Should().Equal("bytes");

        using HttpRequestMessage rest = new(HttpMethod.Get, result) { Headers = { Range = new RangeHeaderValue(1000, null), IfRange = new RangeConditionHeaderValue(whole.Headers.ETag!) } };
        HttpResponseMessage part = await host.Client.SendAsync(rest);
        part.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        part.Content.Headers.ContentRange!.ToString().Should().Be($"bytes 1000-{all.Length - 1}/{all.Length}");
        (await part.Content.ReadAsByteArrayAsync()).Should().Equal(all[1000..]);

        using HttpRequestMessage other = new(HttpMethod.Get, new Uri($"/v1/jobs/{id}/result?format=ndjson", UriKind.Relative)) { Headers = { Range = new RangeHeaderValue(1000, null), IfRange = new RangeConditionHeaderValue(whole.Headers.ETag!) } };
        (await host.Client.SendAsync(other)).StatusCode.Should().Be(HttpStatusCode.OK, "lines do not go on where a table broke");
        using HttpRequestMessage beyond = new(HttpMethod.Get, result) { Headers = { Range = new RangeHeaderValue(all.Length + 1, null) } };
        (await host.Client.SendAsync(beyond)).StatusCode.Should().Be(HttpStatusCode.RequestedRangeNotSatisfiable);
    }

    [Fact]
    public async Task A_job_and_its_result_go_some_days_after_its_end()
    {
        SetClock clock = new(DateOnly.FromDateTime(DateTime.UtcNow));
        using ServingHost host = _shop.Start(clock, ("Jobs:KeepDays", "3"));
        string id = await _shop.GiveAsync(host, "score");
        JsonNode done = await JobShop.WaitAsync(host, id, "done");
        done["expires"]!.GetValue<DateTimeOffset>().Should().Be(done["finished"]!.GetValue<DateTimeOffset>().AddDays(3));

        clock.Day = clock.Day.AddDays(2);
        await Task.Delay(2500);
        ((int)(await host.GetAsync($"/v1/jobs/{id}/result")).Status).Should().Be(200);
        clock.Day = clock.Day.AddDays(1);
        for (int look = 0; look < 100 && Directory.Exists(Path.Combine(_shop.Jobs, id)); look++)
            await Task.Delay(100);

        (await host.GetAsync($"/v1/jobs/{id}")).ShouldBeProblem(404, "unknown-job");
        Directory.Exists(Path.Combine(_shop.Jobs, id)).Should().BeFalse();
    }

    [Fact]
    public async Task An_erased_customer_is_in_no_result_and_jobs_go_when_one_is_erased()
    {
        using ServingHost host = _shop.Start();
        string before = await _shop.GiveAsync(host, "score");
        await JobShop.WaitAsync(host, before, "done");
        string customer = (await host.Client.GetStringAsync(new Uri($"/v1/jobs/{before}/result", UriKind.Relative))).Split('\n')[1].Split(',')[0];
        _shop.Hold();
        string middle = await _shop.GiveAsync(host, "score");
        await JobShop.WaitAsync(host, middle, "running");

        await host.Services.GetRequiredService<CustomerErasure>().EraseAsync(customer, "test");
        _shop.Release();

        foreach (string id in (string[])[before, middle])
            (await host.GetAsync($"/v1/jobs/{id}")).ShouldBeProblem(404, "unknown-job");
        string after = await _shop.GiveAsync(host, "score");
        await JobShop.WaitAsync(host, after, "done");
        (await host.Client.GetStringAsync(new Uri($"/v1/jobs/{after}/result", UriKind.Relative))).Should().NotContain(customer).And.Contain("c00");
        Directory.GetDirectories(_shop.Jobs).Select(Path.GetFileName).Should().Equal(after);
    }
}
