using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed class ReplayTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("1")]
    [InlineData("3")]
    public async Task A_replay_gives_the_same_model_on_any_number_of_threads_and_saves_nothing(string threads)
    {
        string version = await TrainAsync("--horizon", "60", "--seed", "5", "--margin-rate", "0.4", "--discount-rate", "0.12", "--value-months", "24", "--returns", "keep", "--threads", "2");
        string[] before = _workspace.Entries();

        Run run = await _workspace.SucceedAsync("train", "--replay", version, "--threads", threads, "--json");

        run.Json["same"]!.GetValue<bool>().Should().BeTrue();
        run.Json["found"]!.GetValue<string>().Should().Be(run.Json["expected"]!.GetValue<string>());
        run.Json["differing"]!.AsArray().Should().BeEmpty();
        _workspace.Entries().Should().Equal(before);
    }

    [Fact]
    public async Task Mapping_formats_and_attributes_are_remembered()
    {
        _workspace.WriteTransactions("plain.csv");
        string[] lines = File.ReadAllLines(_workspace.PathOf("plain.csv"));
        _workspace.Write("orders.csv", string.Join('\n', lines.Skip(1).Select(line => line.Replace("-", "/", StringComparison.Ordinal).Replace(',', ';')).Prepend("Kunde Nr;Kauf am;Summe")) + "\n");
        _workspace.Write("people.csv", "customer_id,region\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"K{i:000},{(i % 3 == 0 ? "north" : "south")}\n")));
        string version = await TrainAsync("--map", "customer=Kunde Nr", "date=Kauf am", "amount=Summe", "--date-format", "yyyy/MM/dd", "--delimiter", "semicolon", "--header", "yes", "--attributes", "people.csv");

        (await _workspace.SucceedAsync("train", "--replay", version, "--json")).Json["same"]!.GetValue<bool>().Should().BeTrue();

        File.AppendAllText(_workspace.PathOf("people.csv"), "K999,north\n");
        Run changed = await _workspace.RunAsync("train", "--replay", version);
        changed.ExitCode.Should().Be(ExitCode.BadData);
        changed.Message.Should().Contain("people.csv").And.Contain("--attributes");
    }

    [Fact]
    public async Task Moved_files_are_found_where_they_are_said_to_be()
    {
        string version = await TrainAsync();
        File.Move(_workspace.PathOf("orders.csv"), _workspace.PathOf("moved.csv"));
        (await _workspace.RunAsync("train", "--replay", version)).ExitCode.Should().Be(ExitCode.BadData);
        await _workspace.SucceedAsync("train", "--replay", version, "--transactions", "moved.csv");
    }

    [Fact]
    public async Task Changed_data_are_refused_with_what_was_found_and_expected()
    {
        string version = await TrainAsync();
        string expected = new ModelStore(_workspace.Store, TimeProvider.System).Open(version).Manifest.Data.Sha256;
        File.AppendAllText(_workspace.PathOf("orders.csv"), "K000,2024-12-30,7\n");
        Run run = await _workspace.RunAsync("train", "--replay", version, "--json");
        run.ExitCode.Should().Be(ExitCode.BadData);
        run.Message.Should().Contain(expected).And.Contain("found").And.Contain("--transactions");
    }

    [Fact]
    public async Task Another_model_ends_with_exit_code_5_and_the_files_that_differ()
    {
        string version = await TrainAsync();
        Tamper(version, options => options["discount-rate"] = "0.2");
        Run run = await _workspace.RunAsync("train", "--replay", version, "--json");
        run.ExitCode.Should().Be(ExitCode.Store);
        run.Json["same"]!.GetValue<bool>().Should().BeFalse();
        run.Json["differing"]!.AsArray().Select(name => name!.GetValue<string>()).Should().BeEquivalentTo("recipe.json", "golden.json", "strategy.json", "decisions.json");
        run.Message.Should().Contain("recipe.json");
    }

    [Fact]
    public async Task A_version_that_does_not_tell_its_run_is_a_store_error()
    {
        string version = await TrainAsync();
        Tamper(version, options => options.Remove("transactions"));
        Run run = await _workspace.RunAsync("train", "--replay", version);
        run.ExitCode.Should().Be(ExitCode.Store);
        run.Message.Should().Contain("'transactions'");
    }

    [Fact]
    public async Task A_version_of_before_others_raced_is_replayed_without_them()
    {
        string version = await TrainAsync("--horizon", "30", "--candidates", "house");
        Tamper(version, options => options.Remove("candidates"));

        (await _workspace.SucceedAsync("train", "--replay", version, "--json")).Json["same"]!.GetValue<bool>().Should().BeTrue();
        (await _workspace.SucceedAsync("train", "--replay", version)).Error.Should().Contain("prior-boosted").And.NotContain("ml-net", "it does not run at all");
    }

    [Fact]
    public async Task Options_that_contradict_the_record_are_a_usage_error()
    {
        Run run = await _workspace.RunAsync("train", "--replay", "any", "--seed", "2");
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain("--seed");
    }

    [Fact]
    public async Task Evaluate_and_train_agree_on_every_figure()
    {
        _workspace.WriteTransactions();
        JsonObject evaluated = (await _workspace.SucceedAsync("evaluate", "--transactions", "orders.csv", "--threads", "1", "--json")).Json.AsObject();
        Run trained = await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--promote", "always", "--threads", "3", "--json");
        JsonObject evaluation = trained.Json["evaluation"]!.AsObject();
        JsonObject saved = JsonNode.Parse(File.ReadAllText(Path.Combine(_workspace.Store, trained.Json["version"]!.GetValue<string>(), "manifest.json")))!["evaluation"]!.AsObject();
        evaluated.Remove("findings");
        evaluation["candidates"]!.AsArray().Count.Should().BeGreaterThan(3);
        Figures(evaluation).Should().Be(Figures(evaluated));
        Figures(saved).Should().Be(Figures(evaluated));
    }

    private async Task<string> TrainAsync(params string[] options)
    {
        if (!File.Exists(_workspace.PathOf("orders.csv")))
            _workspace.WriteTransactions();
        Run run = await _workspace.SucceedAsync(["train", "--transactions", "orders.csv", "--promote", "never", "--json", .. options]);
        return run.Json["version"]!.GetValue<string>();
    }

    /// <summary>Figures as text, without the seconds that fitting took.</summary>
    private static string Figures(JsonObject evaluation)
    {
        foreach (JsonNode? candidate in evaluation["candidates"]!.AsArray())
            candidate!.AsObject().Remove("fit_seconds");
        return evaluation.ToJsonString();
    }

    /// <summary>Changes what a version says of its run, and seals it again.</summary>
    private void Tamper(string version, Action<JsonObject> change)
    {
        string path = Path.Combine(_workspace.Store, version, "manifest.json");
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(path))!;
        change(manifest["options"]!.AsObject());
        byte[] content = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        File.WriteAllBytes(path, content);
        File.WriteAllText(Path.Combine(_workspace.Store, version, "manifest.sha256"), Convert.ToHexStringLower(SHA256.HashData(content)) + "\n");
    }
}
