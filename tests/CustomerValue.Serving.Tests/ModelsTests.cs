using System.Text.Json.Nodes;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerValue.Serving.Tests;

public sealed class ModelsTests(TrainedStore trained, SteadyHost steady) : IClassFixture<SteadyHost>
{
    private const string Own = "own";
    private readonly ServingHost _host = steady.Host;

    [Fact]
    public async Task The_list_names_every_version_the_champion_and_the_figures()
    {
        JsonNode list = (await _host.GetAsync("/v1/models")).Json;

        list["champion"]!.GetValue<string>().Should().Be(trained.Older);
        list["serving"]!.GetValue<string>().Should().Be(trained.Older);
        list["ml_net"]!.GetValue<string>().Should().StartWith("5.");
        JsonArray models = list["models"]!.AsArray();
        models.Select(model => model!["version"]!.GetValue<string>()).Should().Equal(new ModelStore(trained.Folder, TimeProvider.System).Versions.Reverse());
        JsonNode older = models.Single(model => model!["version"]!.GetValue<string>() == trained.Older)!, newer = models.Single(model => model!["version"]!.GetValue<string>() == trained.Newer)!;
        older["is_champion"]!.GetValue<bool>().Should().BeTrue();
        older["cutoff"]!.GetValue<string>().Should().Be("2024-03-01");
        older["metrics"]!["churn"]!["auc"]!.GetValue<double>().Should().BeInRange(0.5, 1);
        newer["is_champion"]!.GetValue<bool>().Should().BeFalse();
        newer["metrics"].Should().BeNull("it was trained to the end of the data");
    }

    [Fact]
    public async Task The_champion_is_described_in_full()
    {
        JsonNode champion = (await _host.GetAsync("/v1/models/champion")).Json;
        Manifest manifest = new ModelStore(trained.Folder, TimeProvider.System).Open(trained.Older).Manifest;

        champion["version"]!.GetValue<string>().Should().Be(trained.Older);
        champion["model_hash"]!.GetValue<string>().Should().Be(manifest.ModelHash);
        champion["data"]!["rows"]!.GetValue<int>().Should().Be(trained.Log.RowCount);
        champion["evaluation"]!["candidates"]!.AsArray().Select(candidate => candidate!["name"]!.GetValue<string>()).Should().Equal(manifest.Evaluation!.Candidates.Select(candidate => candidate.Name));
        champion["since"]!.GetValue<DateTimeOffset>().Should().BeBefore(DateTimeOffset.UtcNow).And.BeAfter(DateTimeOffset.UtcNow.AddHours(-1));
    }

    [Fact]
    public async Task A_damaged_version_is_listed_with_its_problem()
    {
        ModelStore store = trained.Copy();
        await File.AppendAllTextAsync(Path.Combine(store.Folder, trained.Newer, "manifest.json"), " ");
        using ServingHost host = ServingHost.Start(store.Folder);

        JsonArray models = (await host.GetAsync("/v1/models")).Json["models"]!.AsArray();

        models.Single(model => model!["version"]!.GetValue<string>() == trained.Newer)!["problem"]!.GetValue<string>().Should().Contain("manifest.json").And.Contain("SHA-256");
        models.Single(model => model!["version"]!.GetValue<string>() == trained.Older)!["problem"].Should().BeNull();
    }

    [Fact]
    public async Task A_version_is_promoted_serves_at_once_and_is_taken_back()
    {
        using ServingHost host = ServingHost.Start(trained.Copy().Folder);

        JsonNode promoted = (await host.PostAsync($"/v1/models/{trained.Newer}/promote", "")).Json;
        promoted["champion"]!.GetValue<string>().Should().Be(trained.Newer);
        promoted["serving"]!.GetValue<string>().Should().Be(trained.Newer);
        promoted["before"]!.GetValue<string>().Should().Be(trained.Older);
        (await host.GetAsync("/v1/models/champion")).Json["version"]!.GetValue<string>().Should().Be(trained.Newer);

        (await host.PostAsync("/v1/models/rollback", "")).Json["serving"]!.GetValue<string>().Should().Be(trained.Older);
        (await host.PostAsync("/v1/models/rollback", "")).ShouldBeProblem(409, "version-refused");
        (await host.PostAsync("/v1/models/20200101-000000-00000000/promote", "")).ShouldBeProblem(404, "unknown-version");
        (await host.PostAsync("/v1/models/..%2f..%2fetc/promote", "")).ShouldBeProblem(404, "unknown-version");
        (await host.Services.GetRequiredService<AccessDatabase>().AuditAsync(10)).Select(record => record.What).Should().BeEquivalentTo("promote", "roll back", "roll back", "roll back failed");
    }

    [Fact]
    public async Task A_damaged_version_is_not_promoted_and_the_one_before_goes_on()
    {
        ModelStore store = trained.Copy();
        await File.AppendAllTextAsync(Path.Combine(store.Folder, trained.Newer, "recipe.json"), " ");
        using ServingHost host = ServingHost.Start(store.Folder);

        Answer refused = await host.PostAsync($"/v1/models/{trained.Newer}/promote", "");

        refused.ShouldBeProblem(409, "version-refused");
        refused.Text.Should().Contain("recipe.json").And.NotContain(store.Folder);
        (await host.GetAsync("/v1/models")).Json["champion"]!.GetValue<string>().Should().Be(trained.Older);
    }

    [Fact]
    public async Task Where_a_key_is_trusted_only_what_it_signed_serves()
    {
        ModelStore store = trained.Copy();
        string key = trained.Fresh() + ".key";
        SigningKey.New(key, store.Folder);
        using (SigningKey signer = SigningKey.Read(key, store.Folder))
            store.Sign(trained.Older, signer);
        using ServingHost host = ServingHost.Start(store.Folder, ("TrustedKey", key + ".pub"));

        (await host.GetAsync("/health/ready")).Json["champion"]!["version"]!.GetValue<string>().Should().Be(trained.Older);
        Answer refused = await host.PostAsync($"/v1/models/{trained.Newer}/promote", "");
        refused.ShouldBeProblem(409, "version-refused");
        refused.Text.Should().Contain("not signed").And.NotContain(store.Folder);
        store.Promote(trained.Newer); // by a program that trusts nobody
        for (int attempt = 0; attempt < 100 && (await host.GetAsync("/health/ready")).Json["refused"] is null; attempt++)
            await Task.Delay(50);
        JsonNode ready = (await host.GetAsync("/health/ready")).Json;
        ready["refused"]!["reason"]!.GetValue<string>().Should().Contain("manifest.sig is missing");
        ready["champion"]!["version"]!.GetValue<string>().Should().Be(trained.Older);
        (await host.GetAsync("/v1/models")).Json["models"]!.AsArray().Single(model => model!["version"]!.GetValue<string>() == trained.Newer)!["problem"]!.GetValue<string>().Should().Contain("not signed");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", true)]
    [InlineData("Sec-Fetch-Site", "same-site", true)]
    [InlineData("Origin", "https://evil.example", true)]
    [InlineData("Origin", "null", true)]
    [InlineData("Sec-Fetch-Site", "same-origin", false)]
    [InlineData("Origin", Own, false)]
    public async Task A_page_of_another_site_changes_nothing(string header, string value, bool refused)
    {
        using HttpRequestMessage call = new(HttpMethod.Post, new Uri("/v1/models/20200101-000000-00000000/promote", UriKind.Relative));
        call.Headers.Add(header, value == Own ? _host.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) : value);

        (await Answer.ReadAsync(await _host.Client.SendAsync(call))).ShouldBeProblem(refused ? 403 : 404, refused ? "other-site" : "unknown-version");
    }

    [Fact]
    public async Task No_answer_says_where_the_store_lies()
    {
        ModelStore store = trained.Copy();
        await File.AppendAllTextAsync(Path.Combine(store.Folder, trained.Newer, "recipe.json"), " ");
        await File.WriteAllTextAsync(store.ChampionPath, trained.Newer);
        Directory.CreateDirectory(Path.Combine(store.Folder, "20240101-000000-00000000"));
        using ServingHost host = ServingHost.Start(store.Folder);

        foreach (string path in (string[])["/health/ready", "/v1/models", "/v1/models/champion", "/v1/customers/anna"])
            (await host.GetAsync(path)).Text.Should().NotContain(store.Folder).And.NotContain(Path.GetTempPath());
        (await host.GetAsync("/health/ready")).Text.Should().Contain("recipe.json");
        (await host.GetAsync("/v1/models")).Json["models"]!.AsArray().Select(model => model!["version"]!.GetValue<string>()).Should().Contain("20240101-000000-00000000");
    }

    [Fact]
    public async Task Readiness_names_the_champion_and_since_when()
    {
        JsonNode ready = (await _host.GetAsync("/health/ready")).Json;

        ready["status"]!.GetValue<string>().Should().Be("ready");
        ready["champion"]!["version"]!.GetValue<string>().Should().Be(trained.Older);
        ready["champion"]!["since"]!.GetValue<DateTimeOffset>().Should().BeAfter(ready["champion"]!["created"]!.GetValue<DateTimeOffset>());
        ready["refused"].Should().BeNull();
    }
}
