using System.Globalization;
using System.Text.Json.Nodes;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed class DriftTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_data_a_version_was_trained_on_have_not_drifted()
    {
        await TrainAsync();
        Run run = await _workspace.SucceedAsync("drift", "--transactions", "orders.csv", "--as-of", "2024-10-02", "--matured", "--json");
        run.Json["drifted"]!.GetValue<bool>().Should().BeFalse();
        run.Json["features"]!.AsArray().Should().OnlyContain(feature => feature!["stability"]!.GetValue<double>() == 0);
        run.Json["now"]!["actual"]!["auc"]!.ToJsonString().Should().Be(run.Json["before"]!["actual"]!["auc"]!.ToJsonString());
    }

    [Fact]
    public async Task The_very_file_of_the_training_is_compared_at_its_cutoff()
    {
        await TrainAsync();
        Run run = await _workspace.SucceedAsync("drift", "--transactions", "orders.csv", "--json");
        run.Json["as_of"]!.GetValue<string>().Should().Be("2024-10-02");
        run.Json["drifted"]!.GetValue<bool>().Should().BeFalse();
        run.Json["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>()).Should().Contain("trained-on-this");
    }

    [Fact]
    public async Task Tripled_amounts_end_with_exit_code_6_and_are_named()
    {
        await TrainAsync();
        Rewrite("tripled.csv", (day, amount) => 3 * amount);
        Run run = await _workspace.RunAsync("drift", "--transactions", "tripled.csv", "--as-of", "2024-10-02", "--json");
        run.ExitCode.Should().Be(ExitCode.Drift);
        JsonObject answer = run.Json.AsObject();
        answer.Select(pair => pair.Key).Should().Contain(["model_version", "cutoff", "as_of", "customers", "drifted", "threshold", "features", "scores", "checks", "before", "now", "findings"]);
        string[] over = [.. answer["features"]!.AsArray().Where(feature => feature!["over"]!.GetValue<bool>()).Select(feature => feature!["name"]!.GetValue<string>())];
        over.Should().Contain("basket_mean").And.NotContain("x");
        answer["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>()).Should().Contain("drift-features");
    }

    [Fact]
    public async Task A_threshold_above_every_movement_lets_it_pass()
    {
        await TrainAsync();
        Rewrite("tripled.csv", (day, amount) => 3 * amount);
        await _workspace.SucceedAsync("drift", "--transactions", "tripled.csv", "--as-of", "2024-12-31", "--threshold", "10");
    }

    [Fact]
    public async Task People_read_a_sentence_the_figures_and_what_to_do()
    {
        await TrainAsync();
        Rewrite("tripled.csv", (day, amount) => 3 * amount);
        Run run = await _workspace.RunAsync("drift", "--transactions", "tripled.csv", "--as-of", "2024-10-02");
        run.Out.Should().Contain("Drift:").And.Contain("! basket_mean").And.Contain("estimated churn AUC").And.Contain("train again");
    }

    [Fact]
    public async Task Without_a_day_the_end_of_the_data_counts_and_outcomes_are_not_in()
    {
        await TrainAsync();
        Rewrite("tripled.csv", (day, amount) => 3 * amount);
        Run run = await _workspace.RunAsync("drift", "--transactions", "tripled.csv", "--json");
        run.Json["as_of"]!.GetValue<string>().Should().Be("2024-12-31");
        run.Json["now"]!["actual"].Should().BeNull();
        Run matured = await _workspace.RunAsync("drift", "--transactions", "orders.csv", "--matured", "--json");
        matured.Json["as_of"]!.GetValue<string>().Should().Be("2024-10-02");
        matured.Json["now"]!["actual"].Should().NotBeNull();
    }

    [Fact]
    public async Task Outcomes_that_are_asked_for_and_not_in_are_a_usage_error()
    {
        await TrainAsync();
        Run run = await _workspace.RunAsync("drift", "--transactions", "orders.csv", "--matured", "--as-of", "2024-11-01");
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain("2024-10-02");
    }

    [Fact]
    public async Task A_store_without_champion_and_a_version_that_is_not_there_are_store_errors()
    {
        _workspace.WriteTransactions();
        (await _workspace.RunAsync("drift", "--transactions", "orders.csv")).ExitCode.Should().Be(ExitCode.Store);
        (await _workspace.RunAsync("drift", "--transactions", "orders.csv", "--model", "20200101-000000-00000000")).ExitCode.Should().Be(ExitCode.Store);
    }

    private Task<Run> TrainAsync() => Trained.Orders.CopyToAsync(_workspace);

    private void Rewrite(string name, Func<DateOnly, double, double> amountOf)
    {
        string[] lines = File.ReadAllLines(_workspace.PathOf("orders.csv"));
        IEnumerable<string> rewritten = lines.Skip(1).Select(line =>
        {
            string[] fields = line.Split(',');
            double amount = amountOf(DateOnly.Parse(fields[1], CultureInfo.InvariantCulture), double.Parse(fields[2], CultureInfo.InvariantCulture));
            return string.Create(CultureInfo.InvariantCulture, $"{fields[0]},{fields[1]},{amount}");
        });
        _workspace.Write(name, string.Join('\n', rewritten.Prepend(lines[0])) + "\n");
    }
}
