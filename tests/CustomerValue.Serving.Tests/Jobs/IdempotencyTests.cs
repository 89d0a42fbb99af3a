using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Idempotency;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests.Jobs;

/// <summary>Calls that name themselves by a key make something once, however often they are sent.</summary>
public sealed class IdempotencyTests(TrainedStore trained) : IDisposable
{
    private readonly JobShop _shop = new(trained);

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task The_same_call_with_the_same_key_gives_the_first_answer_also_after_a_restart_and_its_jobs_end()
    {
        string first;
        using (ServingHost host = _shop.Start())
        {
            first = (await SendAsync(host, "k-1")).Text;
            await JobShop.WaitAsync(host, JsonNode.Parse(first)!["id"]!.GetValue<string>(), "done");
            (Answer again, string? replayed) = await SendWithMarkAsync(host, "k-1");
            (again.Text, (int)again.Status, replayed).Should().Be((first, 202, "true"));
            (await SendWithMarkAsync(host, "k-2")).Mark.Should().BeNull();
        }
        using ServingHost next = _shop.Start();

        (await SendAsync(next, "k-1")).Text.Should().Be(first);
        (await JobsAsync(next)).Should().HaveCount(2, "k-1 and k-2");
        Directory.EnumerateDirectories(_shop.Jobs, ".coming-*").Should().BeEmpty("what was sent again is not kept");
        File.ReadAllText(Directory.EnumerateFiles(Path.Combine(_shop.Jobs, ".keys")).First()).Should().NotContain("k-1").And.NotContain("local");
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused_and_makes_nothing()
    {
        using ServingHost host = _shop.Start();
        await SendAsync(host, "k");

        foreach ((byte[] content, string name, string day) in ((byte[], string, string)[])[(await File.ReadAllBytesAsync(_shop.Orders), "orders.csv", "2024-06-02"), (await File.ReadAllBytesAsync(_shop.Orders), "other.csv", "2024-06-01"), (Encoding.UTF8.GetBytes("customer_id,date,amount\na,2024-01-01,1\n"), "orders.csv", "2024-06-01")])
            (await SendAsync(host, "k", "score", content, name, day)).ShouldBeProblem(422, "idempotency-key-reused").Should().ContainKey("Idempotency-Key");

        (await SendAsync(host, "k", "recommend")).Status.Should().Be(System.Net.HttpStatusCode.Accepted, "another call may have the same key");
        (await JobsAsync(host)).Should().HaveCount(2);
    }

    [Fact]
    public async Task Many_at_the_same_moment_before_two_services_make_one_job()
    {
        _shop.Hold();
        using ServingHost host = _shop.Start(), other = _shop.Start();

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => SendAsync(i % 2 == 0 ? host : other, "k")));

        answers.Should().OnlyContain(answer => (int)answer.Status == 202);
        answers.Select(answer => answer.Text).Distinct().Should().ContainSingle();
        (await JobsAsync(host)).Should().ContainSingle();
        _shop.Release();
    }

    [Fact]
    public async Task A_refused_call_may_be_sent_again_and_a_key_ends_after_a_day()
    {
        SetClock clock = new(DateOnly.FromDateTime(DateTime.UtcNow));
        using ServingHost host = _shop.Start(clock);

        (await SendAsync(host, "k", day: "31/02/2024")).ShouldBeProblem(422, "invalid-request").Should().ContainKey("as_of");
        string first = (await SendAsync(host, "k")).Json["id"]!.GetValue<string>();
        (await SendAsync(host, "k")).Json["id"]!.GetValue<string>().Should().Be(first);
        clock.Day = clock.Day.AddDays(1);
        (await SendAsync(host, "k")).Json["id"]!.GetValue<string>().Should().NotBe(first);
        foreach (string odd in (string[])["a b", new string('k', IdempotencyKeys.Longest + 1)])
            (await SendAsync(host, odd)).ShouldBeProblem(422, "invalid-request").Should().ContainKey("Idempotency-Key");
    }

    [Fact]
    public async Task A_job_that_was_about_to_be_when_the_service_ended_is_made_by_the_next_call()
    {
        using ServingHost host = _shop.Start();
        string first = (await SendAsync(host, "k")).Json["id"]!.GetValue<string>();
        await JobShop.WaitAsync(host, first, "done");

        // As a kill between the key and the job's renaming leaves it.
        Directory.Move(Path.Combine(_shop.Jobs, first), Path.Combine(_shop.Jobs, ".coming-" + first));

        string second = (await SendAsync(host, "k")).Json["id"]!.GetValue<string>();
        second.Should().NotBe(first);
        await JobShop.WaitAsync(host, second, "done");
        (await SendAsync(host, "k")).Json["id"]!.GetValue<string>().Should().Be(second);
    }

    [Fact]
    public async Task A_rollback_that_is_sent_again_does_not_go_back_once_more_and_keys_are_each_callers_own()
    {
        string work = $"Data Source={Path.Combine(_shop.Folder, "work.db")}";
        string[] secrets = [KeySecret.New(), KeySecret.New()];
        foreach (string secret in secrets)
            await new AccessDatabase(work).AddAsync(new AccessKey { Prefix = KeySecret.PrefixOf(secret), Name = "test", Hash = KeySecret.HashOf(secret), Scopes = AccessScope.Admin, Created = DateTime.UtcNow });
        ModelStore store = new(_shop.Store, TimeProvider.System);
        store.Promote(trained.Newer);
        using ServingHost host = _shop.Start(null, ("Work", work));

        JsonNode back = await ChangeAsync("rollback", "r", secrets[0]), again = await ChangeAsync("rollback", "r", secrets[0]);

        back["champion"]!.GetValue<string>().Should().Be(trained.Older);
        JsonNode.DeepEquals(back, again).Should().BeTrue();
        store.Champion.Should().Be(trained.Older);
        (await ChangeAsync($"{trained.Newer}/promote", "r", secrets[0]))["champion"]!.GetValue<string>().Should().Be(trained.Newer);
        (await ChangeAsync("rollback", "r", secrets[1]))["champion"]!.GetValue<string>().Should().Be(trained.Older, "the key of another caller is another key");

        async Task<JsonNode> ChangeAsync(string what, string key, string secret)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, $"/v1/models/{what}") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", secret) } };
            request.Headers.Add(IdempotencyKeys.Header, key);
            Answer answer = await Answer.ReadAsync(await host.Client.SendAsync(request));
            ((int)answer.Status).Should().Be(200, answer.Text);
            return answer.Json;
        }
    }

    private async Task<Answer> SendAsync(ServingHost host, string key, string verb = "score", byte[]? content = null, string name = "orders.csv", string day = "2024-06-01") => (await SendWithMarkAsync(host, key, verb, content, name, day)).Answer;

    private async Task<(Answer Answer, string? Mark)> SendWithMarkAsync(ServingHost host, string key, string verb = "score", byte[]? content = null, string name = "orders.csv", string day = "2024-06-01")
    {
        using MultipartFormDataContent form = new() { { new StringContent(day), "as_of" }, { new ByteArrayContent(content ?? await File.ReadAllBytesAsync(_shop.Orders)), "file", name } };
        using HttpRequestMessage request = new(HttpMethod.Post, $"/v1/jobs/{verb}") { Content = form };
        request.Headers.TryAddWithoutValidation(IdempotencyKeys.Header, key);
        HttpResponseMessage answer = await host.Client.SendAsync(request);
        return (await Answer.ReadAsync(answer), answer.Headers.TryGetValues(IdempotencyKeys.Replayed, out IEnumerable<string>? mark) ? mark.Single() : null);
    }

    private static async Task<JsonArray> JobsAsync(ServingHost host) => (await host.GetAsync("/v1/jobs")).Json["jobs"]!.AsArray();
}
