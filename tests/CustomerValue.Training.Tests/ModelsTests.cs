using System.Text.Json.Nodes;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed class ModelsTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public ModelsTests() => _workspace.WriteTransactions();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task List_shows_versions_and_which_serves()
    {
        string first = await Train(), second = await Train();
        Run run = await _workspace.SucceedAsync("models", "list");
        run.Out.Should().Contain($"  {first}").And.Contain($"* {second}");
        Run json = await _workspace.SucceedAsync("models", "list", "--json");
        json.Json["champion"]!.GetValue<string>().Should().Be(second);
        json.Json["versions"]!.AsArray().Should().HaveCount(2);
    }

    [Fact]
    public async Task List_of_an_empty_store_says_what_to_do() =>
        (await _workspace.SucceedAsync("models", "list")).Out.Should().Contain("train first");

    [Fact]
    public async Task Show_gives_the_manifest()
    {
        string version = await Train();
        Run run = await _workspace.SucceedAsync("models", "show", "--json");
        run.Json["version"]!.GetValue<string>().Should().Be(version);
        run.Json["options"]!["horizon"]!.GetValue<string>().Should().Be("90");
        (await _workspace.SucceedAsync("models", "show", version)).Out.Should().Contain(version).And.Contain("model hash");
    }

    [Fact]
    public async Task Promote_and_rollback_change_who_serves()
    {
        string first = await Train(), second = await Train();
        await _workspace.SucceedAsync("models", "promote", first);
        new ModelStore(_workspace.Store, TimeProvider.System).Champion.Should().Be(first);
        Run run = await _workspace.SucceedAsync("models", "rollback", "--json");
        run.Json["champion"]!.GetValue<string>().Should().Be(second);
        run.Json["before"]!.GetValue<string>().Should().Be(first);
    }

    [Fact]
    public async Task A_version_is_tried_against_the_champion_and_taken_off()
    {
        string first = await Train(), second = await Train();
        (await _workspace.SucceedAsync("models", "challenge", first, "--json")).Json["challenger"]!.GetValue<string>().Should().Be(first);
        new ModelStore(_workspace.Store, TimeProvider.System).Challenger.Should().Be(first);
        (await _workspace.RunAsync("models", "challenge", second)).ExitCode.Should().Be(ExitCode.Store, "it is the champion");
        foreach (string[] odd in (string[][])[[], [first, "--off"]])
            (await _workspace.RunAsync([.. (string[])["models", "challenge"], .. odd])).ExitCode.Should().Be(ExitCode.Usage);
        Run off = await _workspace.SucceedAsync("models", "challenge", "--off", "--json");
        off.Json["before"]!.GetValue<string>().Should().Be(first);
        new ModelStore(_workspace.Store, TimeProvider.System).Challenger.Should().BeNull();
        await _workspace.SucceedAsync("models", "challenge", first);
        await _workspace.SucceedAsync("models", "promote", first);
        new ModelStore(_workspace.Store, TimeProvider.System).Challenger.Should().BeNull("who serves is tried no longer");
    }

    [Fact]
    public async Task Signed_versions_alone_serve_where_a_key_is_trusted()
    {
        await _workspace.SucceedAsync("keys", "sign-new", "--out", "models.key", "--json");
        string unsigned = await Train();
        Run run = await _workspace.RunAsync("train", "--transactions", "orders.csv", "--promote", "always", "--sign-key", "models.key", "--trusted-key", "models.key.pub", "--json");
        run.ExitCode.Should().Be(ExitCode.Done, run.Message);
        string signed = run.Json["version"]!.GetValue<string>();
        Run verified = await _workspace.RunAsync("models", "verify", "--trusted-key", "models.key.pub", "--json");
        verified.ExitCode.Should().Be(ExitCode.Store);
        JsonNode bad = verified.Json["versions"]!.AsArray().Single(version => !version!["whole"]!.GetValue<bool>())!;
        bad["version"]!.GetValue<string>().Should().Be(unsigned);
        bad["problem"]!.GetValue<string>().Should().Contain("not signed");
        (await _workspace.RunAsync("models", "promote", unsigned, "--trusted-key", "models.key.pub")).ExitCode.Should().Be(ExitCode.Store);
        (await _workspace.RunAsync("models", "sign", unsigned)).ExitCode.Should().Be(ExitCode.Usage);
        (await _workspace.RunAsync("keys", "sign-new")).ExitCode.Should().Be(ExitCode.Usage);
        await _workspace.SucceedAsync("models", "sign", unsigned, "--sign-key", "models.key");
        await _workspace.SucceedAsync("models", "verify", "--trusted-key", "models.key.pub");
        await _workspace.SucceedAsync("models", "promote", unsigned, "--trusted-key", "models.key.pub");
        new ModelStore(_workspace.Store, TimeProvider.System).Versions.Should().Contain(signed);
    }

    [Fact]
    public async Task Rollback_without_an_earlier_champion_is_a_store_error()
    {
        await Train();
        (await _workspace.RunAsync("models", "rollback")).ExitCode.Should().Be(ExitCode.Store);
    }

    [Fact]
    public async Task An_unknown_version_is_a_store_error()
    {
        await Train();
        foreach (string verb in (string[])["show", "promote", "verify"])
        {
            Run run = await _workspace.RunAsync("models", verb, "20240101-000000-abcdef01");
            run.ExitCode.Should().Be(ExitCode.Store, verb);
            (run.Message ?? run.Out).Should().Contain("20240101-000000-abcdef01");
        }
    }

    [Fact]
    public async Task Verify_finds_a_flipped_byte_in_any_file_and_promote_refuses_it()
    {
        string good = await Train(), bad = await Train();
        await _workspace.SucceedAsync("models", "promote", good);
        await _workspace.SucceedAsync("models", "verify");
        foreach (string path in Directory.GetFiles(Path.Combine(_workspace.Store, bad)))
        {
            byte[] content = File.ReadAllBytes(path);
            content[content.Length / 2] ^= 1;
            File.WriteAllBytes(path, content);
            Run verify = await _workspace.RunAsync("models", "verify", "--json");
            verify.ExitCode.Should().Be(ExitCode.Store, path);
            verify.Json["versions"]!.AsArray().Single(version => !version!["whole"]!.GetValue<bool>())!["version"]!.GetValue<string>().Should().Be(bad);
            (await _workspace.RunAsync("models", "promote", bad)).ExitCode.Should().Be(ExitCode.Store, path);
            content[content.Length / 2] ^= 1;
            File.WriteAllBytes(path, content);
        }
        await _workspace.SucceedAsync("models", "verify");
        new ModelStore(_workspace.Store, TimeProvider.System).Champion.Should().Be(good);
    }

    [Fact]
    public async Task List_shows_a_damaged_version_as_such()
    {
        string version = await Train();
        File.AppendAllText(Path.Combine(_workspace.Store, version, "manifest.json"), " ");
        Run run = await _workspace.SucceedAsync("models", "list");
        run.Out.Should().Contain("damaged");
    }

    private async Task<string> Train()
    {
        Run run = Directory.Exists(_workspace.Store)
            ? await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--promote", "always", "--json")
            : await Trained.Orders.CopyToAsync(_workspace);
        return run.Json["version"]!.GetValue<string>();
    }
}
