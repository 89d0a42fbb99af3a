using System.Diagnostics;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>Ctrl+C ends a run with 130 and leaves everything as it was.</summary>
public sealed class CancelTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("reading")]
    [InlineData("sorting")]
    [InlineData("features")]
    [InlineData("fitting mean-spend")]
    public async Task Training_cancelled_in_any_phase_leaves_no_store(string phase)
    {
        _workspace.WriteTransactions();
        Run run = await _workspace.CancelAtAsync(phase, "train", "--transactions", "orders.csv", "--promote", "always");
        run.ExitCode.Should().Be(ExitCode.Cancelled);
        _workspace.Entries().Should().Equal("orders.csv");
    }

    [Fact]
    public async Task A_simulation_cancelled_between_its_steps_leaves_no_scores()
    {
        Run run = await _workspace.CancelAtAsync("simulating", "demo", "--customers", "300", "--days", "300");
        run.ExitCode.Should().Be(ExitCode.Cancelled);
        _workspace.Entries().Should().NotContain(entry => entry.Contains("scores", StringComparison.Ordinal) || entry.Contains("models", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scoring_cancelled_leaves_file_and_book_alone()
    {
        await Trained.Orders.CopyToAsync(_workspace);
        _workspace.Write("scores.csv", "old");
        Run run = await _workspace.CancelAtAsync("sorting", "score", "--transactions", "orders.csv", "--out", "scores.csv");
        run.ExitCode.Should().Be(ExitCode.Cancelled);
        File.ReadAllText(_workspace.PathOf("scores.csv")).Should().Be("old");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_the_process_with_130(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no kill command to send a signal with.");
        using Process program = ProgramProcess.StartHearingSignals(_workspace.Folder, "simulate", "--customers", "5000000", "--out", "big");
        while (!Directory.Exists(_workspace.PathOf("big")) && !program.HasExited)
            await Task.Delay(20);
        using Process kill = Process.Start("kill", ["-s", signal, program.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        Task<string> error = program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        program.ExitCode.Should().Be(ExitCode.Cancelled);
        (await error).Should().Contain("cancelled:");
        _workspace.Entries().Should().BeEmpty("partial files are removed");
    }
}
