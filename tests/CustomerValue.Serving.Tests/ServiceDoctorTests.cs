using System.Text.Json.Nodes;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>What <c>doctor --service</c>, a process of its own, says of the real service over real HTTP.</summary>
public sealed class ServiceDoctorTests(TrainedStore trained, ScoredShop shop) : IClassFixture<ScoredShop>
{
    private static readonly string[] s_checks = ["live", "address", "clock", "ready", "keys", "headers", "model", "customer book", "metrics", "prediction", "outcomes"];

    [Fact]
    public void A_service_without_keys_shows_everything()
    {
        (int code, Dictionary<string, JsonNode> checks) = Ask(shop.Host);

        code.Should().Be(0);
        checks.Keys.Should().BeEquivalentTo(s_checks);
        checks.Values.Should().OnlyContain(check => check["place"]!.GetValue<string>().StartsWith(shop.Host.Client.BaseAddress!.ToString()));
        State(checks, "live", "address", "clock", "ready", "headers", "metrics", "prediction").Should().AllBe("fine", string.Join('\n', checks.Values));
        Found(checks, "ready").Should().StartWith(trained.Older);
        Found(checks, "prediction").Should().MatchRegex(@"^one customer in \d+ ms$");
        Found(checks, "keys").Should().Contain("everyone on this machine");
        // Learnt in 2024, with a horizon of 90 days.
        State(checks, "model", "customer book", "outcomes").Should().AllBe("note");
        Found(checks, "model").Should().Contain("learnt from days before 2024-03-01");
        checks["model"]["expected"]!.GetValue<string>().Should().Contain("90 days");
        Found(checks, "customer book").Should().Contain($"by {trained.Older}");
        Found(checks, "outcomes").Should().Be("none reported");
    }

    [Fact]
    public async Task With_keys_demanded_what_the_key_opens_is_shown_and_the_rest_said()
    {
        string work = $"Data Source={Path.Combine(Directory.CreateDirectory(trained.Fresh()).FullName, "work.db")}", reads = await AddAsync(work, AccessScope.Read), predicts = await AddAsync(work, AccessScope.Predict);
        using ServingHost host = ServingHost.Start(trained.Folder, ("Work", work));

        (int without, Dictionary<string, JsonNode> none) = Ask(host);
        (int with, Dictionary<string, JsonNode> read) = Ask(host, "--key", reads);
        (_, Dictionary<string, JsonNode> predict) = Ask(host, "--key", predicts);
        (int wrong, Dictionary<string, JsonNode> unknown) = Ask(host, "--key", "cv_" + new string('x', 43));

        without.Should().Be(0);
        State(none, "live", "ready", "keys", "headers", "model").Should().AllBe("fine");
        State(none, "customer book", "metrics", "prediction", "outcomes").Should().AllBe("note");
        with.Should().Be(0);
        State(read, "key", "metrics").Should().AllBe("fine");
        Found(read, "prediction").Should().Be("not shown without a key of scope predict");
        Found(read, "customer book").Should().Contain("No customers were scored");
        State(predict, "prediction").Should().AllBe("fine");
        Found(predict, "key").Should().Contain("may not read");
        Found(predict, "metrics").Should().Contain("scope read");
        wrong.Should().Be(5);
        State(unknown, "key").Should().AllBe("broken");
        host.Log.Should().NotContain(line => line.Contains(reads) || line.Contains(predicts));
    }

    [Fact]
    public void A_service_without_a_champion_is_told_with_exit_code_5()
    {
        using ServingHost host = ServingHost.Start(Directory.CreateDirectory(trained.Fresh()).FullName);

        (int code, Dictionary<string, JsonNode> checks) = Ask(host);

        code.Should().Be(5);
        State(checks, "ready", "model", "prediction").Should().AllBe("broken");
        State(checks, "live", "headers").Should().AllBe("fine");
        checks["ready"]["advice"]!.GetValue<string>().Should().Contain("models promote");
    }

    [Fact]
    public void A_name_that_the_service_does_not_answer_to_is_told()
    {
        using ServingHost host = ServingHost.Start(trained.Folder, ("AllowedHosts", "values.example.com"));

        (int code, Dictionary<string, JsonNode> checks) = Ask(host);

        code.Should().Be(5);
        checks["live"]["advice"]!.GetValue<string>().Should().Contain("AllowedHosts");
    }

    [Fact]
    public void A_book_of_another_version_is_told()
    {
        string store = trained.Copy().Folder;
        TrainingProcess.Run(shop.Folder, "score", "--transactions", shop.Orders, "--store", store);
        TrainingProcess.Run(shop.Folder, "models", "promote", trained.Newer, "--store", store);
        using ServingHost host = ServingHost.Start(store);

        Dictionary<string, JsonNode> checks = Ask(host).Checks;

        State(checks, "customer book").Should().AllBe("note");
        checks["customer book"]["expected"]!.GetValue<string>().Should().Contain(trained.Newer);
    }

    private (int Code, Dictionary<string, JsonNode> Checks) Ask(ServingHost host, params string[] more)
    {
        (int code, string output, string error) = TrainingProcess.RunToEnd(shop.Folder, ["doctor", "--service", host.Client.BaseAddress!.ToString(), "--json", .. more]);
        output.Should().NotBeEmpty(error);
        return (code, JsonNode.Parse(output)!["checks"]!.AsArray().ToDictionary(check => check!["name"]!.GetValue<string>(), check => check!));
    }

    private static IEnumerable<string> State(Dictionary<string, JsonNode> checks, params string[] names) => names.Select(name => checks[name]["state"]!.GetValue<string>());

    private static string Found(Dictionary<string, JsonNode> checks, string name) => checks[name]["found"]!.GetValue<string>();

    private static async Task<string> AddAsync(string work, string scopes)
    {
        string secret = KeySecret.New();
        await new AccessDatabase(work).AddAsync(new AccessKey { Prefix = KeySecret.PrefixOf(secret), Name = "test", Hash = KeySecret.HashOf(secret), Scopes = scopes, Created = DateTime.UtcNow }, null, null);
        return secret;
    }
}
