using System.Text.Json.Nodes;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

public sealed class ModelsTests(TrainedStore trained, SteadyHost steady) : IClassFixture<SteadyHost>
{
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
