using System.Text.Json.Nodes;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>The real process: exit codes reach the shell, and with --json stdout holds one document.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Exit_codes_reach_the_shell()
    {
        (await ProgramProcess.RunAsync(_workspace.Folder, "doctor")).ExitCode.Should().Be(ExitCode.Done);
        (await ProgramProcess.RunAsync(_workspace.Folder, "trian")).ExitCode.Should().Be(ExitCode.Usage);
        (await ProgramProcess.RunAsync(_workspace.Folder, "validate", "--transactions", "absent.csv")).ExitCode.Should().Be(ExitCode.BadData);
        (await ProgramProcess.RunAsync(_workspace.Folder, "models", "verify")).ExitCode.Should().Be(ExitCode.Store);
    }

    [Fact]
    public async Task Stdout_holds_the_document_and_stderr_the_progress()
    {
        _workspace.WriteTransactions();
        Run run = await ProgramProcess.RunAsync(_workspace.Folder, "evaluate", "--transactions", "orders.csv", "--json");
        run.ExitCode.Should().Be(ExitCode.Done);
        JsonNode.Parse(run.Out)!["champion"].Should().NotBeNull();
        run.Error.Should().Contain("fitting bg-nbd").And.NotContain("\u001b", "stderr is no terminal here");
    }
}
