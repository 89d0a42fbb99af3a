using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests.Jobs;

/// <summary>What is no job, and what a job says that comes to nothing.</summary>
public sealed class JobRefusalTests(TrainedStore trained) : IDisposable
{
    private readonly JobShop _shop = new(trained);

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_bad_file_fails_with_the_programs_own_message_and_without_a_place_on_this_machine()
    {
        using ServingHost host = _shop.Start();
        foreach ((string content, string name, string says) in ((string, string, string)[])[("customer_id,date,amount\nanna,2024-01-01,ten\nbob,2024-01-02,many\n", "orders.csv", "column 'amount'"), ("nothing at all", "notes.csv", "notes.csv"), ("PAR1 and no more", "orders.parquet", "orders.parquet")])
        {
            Answer given = await Answer.ReadAsync(await JobShop.SendAsync(host, "score", Encoding.UTF8.GetBytes(content), name));
            JsonNode failed = await JobShop.WaitAsync(host, given.Json["id"]!.GetValue<string>(), "failed");

            JsonNode error = failed["error"]!;
            error["type"]!.GetValue<string>().Should().Be("urn:customer-value:problem:job-failed");
            error["status"]!.GetValue<int>().Should().Be(422);
            error["detail"]!.GetValue<string>().Should().Contain(says).And.Contain("expected").And.NotContain(_shop.Store).And.NotContain(Path.GetTempPath()).And.NotContain(failed["id"]!.GetValue<string>());
            host.Log.Should().NotContain(line => line.Contains("anna") || line.Contains(name));
        }
    }

    [Fact]
    public async Task A_store_without_a_model_fails_as_one()
    {
        using ServingHost host = ServingHost.Start(trained.Fresh(), ("TrainingProgram", _shop.Program));
        string id = await _shop.GiveAsync(host, "score");

        JsonNode error = (await JobShop.WaitAsync(host, id, "failed"))["error"]!;

        error["status"]!.GetValue<int>().Should().Be(503, error.ToJsonString());
        error["detail"]!.GetValue<string>().Should().Contain("train").And.NotContain(Path.GetTempPath());
    }

    [Fact]
    public async Task An_option_that_the_verb_does_not_know_or_take_is_named()
    {
        using ServingHost host = _shop.Start();

        foreach ((string verb, string name, string value) in ((string, string, string)[])[("score", "as_of", "31/02/2024"), ("score", "budget", "10"), ("decide", "budget", "-1"), ("decide", "budget", "NaN"), ("recommend", "language", "fr"),
            ("score", "map", "date"), ("score", "store", "/etc"), ("score", "out", "/tmp/x.csv"), ("score", "path", "/etc/passwd"), ("decide", "working_days", "0")])
            (await Answer.ReadAsync(await _shop.SendAsync(host, verb, (name, value)))).ShouldBeProblem(422, "invalid-request").Should().ContainKey(name);

        Directory.GetDirectories(_shop.Jobs).Should().BeEmpty("the files came before the refusals, and did not stay");
    }

    [Fact]
    public async Task A_body_that_names_no_file_is_refused_and_leaves_nothing()
    {
        using ServingHost host = _shop.Start();

        foreach ((string body, int status, string kind) in ((string, int, string)[])[("{}", 422, "invalid-request"), ("[]", 400, "malformed-request"), ("{\"path\":", 400, "malformed-request"), ("{\"path\":{\"a\":1}}", 422, "invalid-request"),
            ("{\"path\":\"http://127.0.0.1/orders.csv\"}", 422, "invalid-request"), ("{\"path\":\"orders.csv\"}", 422, "invalid-request"), ("{\"path\":\"/etc/passwd\"}", 422, "invalid-request"),
            ("{\"path\":\"" + new string('a', 70_000) + "\"}", 413, "too-large"), ("{\"path\":\"a\",\"path\":\"b\"}", 400, "malformed-request")])
            (await host.PostAsync("/v1/jobs/score", body)).ShouldBeProblem(status, kind);

        Directory.Exists(_shop.Jobs).Should().BeFalse();
    }

    [Fact]
    public async Task A_body_of_another_kind_an_empty_file_and_a_form_that_breaks_off_are_refused()
    {
        using ServingHost host = _shop.Start();
        using StringContent text = new("customer_id,date,amount", Encoding.UTF8, "text/csv");
        using StringContent broken = new("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\ncustomer_id", Encoding.UTF8);
        broken.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };

        (await Answer.ReadAsync(await host.Client.PostAsync(new Uri("/v1/jobs/score", UriKind.Relative), text))).ShouldBeProblem(415, "unsupported-media-type");
        (await Answer.ReadAsync(await JobShop.SendAsync(host, "score", [], "orders.csv"))).ShouldBeProblem(422, "invalid-request").Should().ContainKey("file");
        (await Answer.ReadAsync(await host.Client.PostAsync(new Uri("/v1/jobs/score", UriKind.Relative), broken))).ShouldBeProblem(400, "malformed-request");
        Directory.GetDirectories(_shop.Jobs).Should().BeEmpty();
        (await host.PostAsync("/v1/jobs/erase", "{}")).ShouldBeProblem(405, "wrong-method");
    }

    [Fact]
    public async Task A_file_named_by_its_path_is_read_below_listed_folders_alone_whatever_leads_there()
    {
        string open = Directory.CreateDirectory(Path.Combine(_shop.Folder, "open", "deep")).Parent!.FullName, beside = Directory.CreateDirectory(open + "-beside").FullName;
        string inside = Path.Combine(open, "deep", "orders.csv"), outside = Path.Combine(beside, "orders.csv"), changing = Path.Combine(open, "changing.csv");
        foreach (string copy in (string[])[inside, outside, changing])
            File.Copy(_shop.Orders, copy);
        File.CreateSymbolicLink(Path.Combine(open, "leads-out.csv"), outside);
        Directory.CreateSymbolicLink(Path.Combine(open, "folder-out"), beside);
        Directory.CreateSymbolicLink(Path.Combine(open, "round"), Path.Combine(open, "round"));
        File.CreateSymbolicLink(Path.Combine(open, "stays.csv"), Path.Combine("deep", "..", "deep", "orders.csv"));
        Directory.CreateSymbolicLink(Path.Combine(_shop.Folder, "listed"), open);
        using ServingHost host = _shop.Start(null, ("Jobs:Folders", Path.Combine(_shop.Folder, "listed")));

        foreach (string path in (string[])[outside, Path.Combine(open, "..", "open-beside", "orders.csv"), Path.Combine(open, "leads-out.csv"), Path.Combine(open, "folder-out", "orders.csv"), Path.Combine(open, "round", "orders.csv"),
            Path.Combine(open, "absent.csv"), open, Path.Combine(open, "*"), "/etc/passwd", "/proc/self/environ", Path.Combine(open, "deep", "orders.csv\0")])
            (await GiveAsync(path)).ShouldBeProblem(422, "invalid-request").Should().ContainKey("path", path);

        foreach (string path in (string[])[inside, Path.Combine(open, "deep", "..", "deep", "orders.csv"), Path.Combine(open, "stays.csv"), Path.Combine(_shop.Folder, "listed", "deep", "orders.csv")])
        {
            Answer given = await GiveAsync(path);
            ((int)given.Status).Should().Be(202, given.Text);
            JsonNode done = await JobShop.WaitAsync(host, given.Json["id"]!.GetValue<string>(), "done");
            done.ToJsonString().Should().NotContain(_shop.Folder);
        }
        File.Exists(inside).Should().BeTrue("a named file is the caller's");

        _shop.Hold();
        await JobShop.WaitAsync(host, (await GiveAsync(inside)).Json["id"]!.GetValue<string>(), "running");
        string late = (await GiveAsync(changing)).Json["id"]!.GetValue<string>();
        File.Delete(changing);
        File.CreateSymbolicLink(changing, outside);
        _shop.Release();
        (await JobShop.WaitAsync(host, late, "failed"))["error"]!["detail"]!.GetValue<string>().Should().Contain("changing.csv").And.NotContain(_shop.Folder);

        Task<Answer> GiveAsync(string path) => host.PostAsync("/v1/jobs/score", new JsonObject { ["path"] = path }.ToJsonString());
    }

    [Fact]
    public async Task A_file_above_the_limit_is_refused_before_it_is_sent_and_a_disk_that_takes_nothing_is_said_to_be_one()
    {
        using ServingHost host = _shop.Start();
        using (TcpClient caller = new())
        {
            await caller.ConnectAsync("127.0.0.1", host.Client.BaseAddress!.Port);
            await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /v1/jobs/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000000000\r\n\r\n--x\r\n"));
            (await RawAnswer.ReadAsync(caller)).Should().StartWith("HTTP/1.1 413 ").And.Contain("urn:customer-value:problem:too-large").And.Contain("4294967296");
        }
        await File.WriteAllTextAsync(_shop.Jobs, "no folder");

        Answer full = await Answer.ReadAsync(await _shop.SendAsync(host, "score"));

        full.ShouldBeProblem(507, "file-not-kept");
        full.Text.Should().NotContain(_shop.Store);
        File.Delete(_shop.Jobs);
        await JobShop.WaitAsync(host, await _shop.GiveAsync(host, "score"), "done");
    }

    [Fact]
    public async Task A_page_of_another_site_gives_no_job_and_ids_are_no_paths()
    {
        using ServingHost host = _shop.Start();
        using HttpRequestMessage foreign = new(HttpMethod.Post, "/v1/jobs/score") { Content = new StringContent("{}", Encoding.UTF8, "application/json"), Headers = { { "Sec-Fetch-Site", "cross-site" } } };

        (await Answer.ReadAsync(await host.Client.SendAsync(foreign))).ShouldBeProblem(403, "other-site");
        foreach (string id in (string[])["..%2F..", "%2e%2e", new string('a', 32), new string('A', 32), new string('a', 31) + "%00"])
        {
            int status = (int)(await host.GetAsync($"/v1/jobs/{id}")).Status;
            status.Should().BeOneOf([400, 404], id);
        }
    }
}
