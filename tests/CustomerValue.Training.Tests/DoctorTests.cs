using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed class DoctorTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Before_the_first_training_all_is_well_and_nothing_is_made()
    {
        Run run = await _workspace.SucceedAsync("doctor", "--json");
        State(run, "store").Should().Be("fine");
        State(run, "champion").Should().Be("note");
        State(run, "culture").Should().Be("fine");
        _workspace.Entries().Should().BeEmpty();
    }

    [Fact]
    public async Task After_training_champion_and_book_are_well()
    {
        await Trained.Orders.CopyToAsync(_workspace);
        Run run = await _workspace.SucceedAsync("doctor", "--json");
        State(run, "champion").Should().Be("fine");
        State(run, "customer book").Should().Be("fine");
    }

    [Fact]
    public async Task A_damaged_champion_is_told_with_exit_code_5()
    {
        Run training = await Trained.Orders.CopyToAsync(_workspace);
        File.AppendAllText(Path.Combine(_workspace.Store, training.Json["version"]!.GetValue<string>(), "golden.json"), " ");
        Run run = await _workspace.RunAsync("doctor", "--json");
        run.ExitCode.Should().Be(ExitCode.Store);
        State(run, "champion").Should().Be("broken");
    }

    [Fact]
    public async Task People_see_the_version_of_ml_net() =>
        (await _workspace.SucceedAsync("doctor")).Out.Should().MatchRegex(@"ML\.NET\s+5\.");

    private static string State(Run run, string name) =>
        run.Json["checks"]!.AsArray().Single(check => check!["name"]!.GetValue<string>() == name)!["state"]!.GetValue<string>();
}
