using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed class SimulationTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes()
    {
        await _workspace.SucceedAsync("simulate", "--customers", "300", "--days", "200", "--seed", "7", "--out", "one", "--threads", "1");
        await _workspace.SucceedAsync("simulate", "--customers", "300", "--days", "200", "--seed", "7", "--out", "two", "--threads", "2");
        string[] names = [.. Directory.GetFiles(_workspace.PathOf("one")).Select(path => Path.GetFileName(path)!)];
        names.Should().Contain(["transactions.csv", "customers.csv", "truth.csv"]);
        foreach (string name in names)
            File.ReadAllBytes(_workspace.PathOf("two", name)).Should().Equal(File.ReadAllBytes(_workspace.PathOf("one", name)), name);
    }

    [Fact]
    public async Task What_is_simulated_can_be_trained_on_with_attributes()
    {
        await _workspace.SucceedAsync("simulate", "--customers", "500", "--days", "500", "--out", "shop");
        await _workspace.SucceedAsync("train", "--transactions", "shop/transactions.csv", "--attributes", "shop/customers.csv", "--promote", "always");
        await _workspace.SucceedAsync("score", "--transactions", "shop/transactions.csv", "--attributes", "shop/customers.csv", "--out", "scores.csv");
        File.Exists(_workspace.PathOf("scores.csv")).Should().BeTrue();
    }

    [Fact]
    public async Task The_demo_leaves_files_scores_a_champion_and_a_book()
    {
        Run run = await _workspace.SucceedAsync("demo", "--customers", "800", "--days", "500");
        run.Out.Should().Contain("Most valuable customers").And.Contain("serves now");
        _workspace.Entries().Should().Contain([Path.Combine("demo", "transactions.csv"), Path.Combine("demo", "scores.csv"), Path.Combine("models", "store", "customers.db")]);
        new ModelStore(_workspace.Store, TimeProvider.System).Champion.Should().NotBeNull();
    }

    [Fact]
    public async Task The_demo_runs_again_over_its_own_result()
    {
        await _workspace.SucceedAsync("demo", "--customers", "400", "--days", "400", "--quiet");
        Run run = await _workspace.SucceedAsync("demo", "--customers", "400", "--days", "400", "--json");
        run.Json["training"]!["promoted"]!.GetValue<bool>().Should().BeTrue();
        run.Json["scores"]!["customers"]!.GetValue<int>().Should().BePositive();
    }

    [Fact]
    public async Task The_demo_keeps_out_of_a_store_that_serves_real_customers()
    {
        _workspace.WriteTransactions();
        Run training = await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--promote", "always", "--json");
        Run run = await _workspace.RunAsync("demo", "--customers", "400", "--days", "400");
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain("--store");
        new ModelStore(_workspace.Store, TimeProvider.System).Champion.Should().Be(training.Json["version"]!.GetValue<string>());
        Directory.Exists(_workspace.PathOf("demo")).Should().BeFalse();
    }
}
