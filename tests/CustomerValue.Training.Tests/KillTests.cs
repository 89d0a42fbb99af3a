using System.Diagnostics;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>A training run that is killed at any moment leaves a store that opens, lists only whole versions and serves a whole champion.</summary>
public sealed class KillTests : IDisposable
{
    private const int Seed = 20_240_229;
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Sudden_death_at_random_moments_never_harms_the_store()
    {
        int kills = Acceptance.Kills;
        _workspace.WriteTransactions();
        string[] arguments = ["train", "--transactions", "orders.csv", "--no-promote", "--quiet"];
        (await ProgramProcess.RunAsync(_workspace.Folder, "train", "--transactions", "orders.csv", "--promote", "always")).ExitCode.Should().Be(0);
        ModelStore store = new(_workspace.Store, TimeProvider.System);
        string champion = store.Champion!;
        long start = Stopwatch.GetTimestamp();
        (await ProgramProcess.RunAsync(_workspace.Folder, arguments)).ExitCode.Should().Be(0);
        TimeSpan whole = Stopwatch.GetElapsedTime(start);

        Random random = new(Seed);
        int killed = 0;
        for (int i = 0; i < kills; i++)
        {
            using Process program = ProgramProcess.Start(_workspace.Folder, arguments);
            DateTime started = program.StartTime;
            await Task.Delay(whole * random.NextDouble());
            if (program.HasExited)
                whole = program.ExitTime - started; // a quieter machine than before: aim within its runs
            else
                killed++;
            program.Kill();
            await program.WaitForExitAsync();
            CheckStore(store, champion);
        }
        killed.Should().BePositive("some runs are still at work when they are killed");

        int before = store.Versions.Count;
        (await ProgramProcess.RunAsync(_workspace.Folder, arguments)).ExitCode.Should().Be(0);
        store.Versions.Should().HaveCount(before + 1, "the next run works as ever");
        TestContext.Current.SendDiagnosticMessage($"{killed} of {kills} runs were killed at work; {store.Versions.Count} versions are whole; a run takes {whole.TotalSeconds:0.00} s.");
    }

    [Fact]
    public async Task Sudden_death_while_promoting_leaves_a_whole_champion()
    {
        _workspace.WriteTransactions();
        string[] arguments = ["train", "--transactions", "orders.csv", "--promote", "always", "--quiet"];
        (await ProgramProcess.RunAsync(_workspace.Folder, arguments)).ExitCode.Should().Be(0);
        ModelStore store = new(_workspace.Store, TimeProvider.System);
        for (int i = 0; i < 3; i++)
        {
            int before = store.Versions.Count;
            using Process program = ProgramProcess.Start(_workspace.Folder, arguments);
            while (store.Versions.Count == before && !program.HasExited)
                await Task.Delay(1);
            program.Kill();
            await program.WaitForExitAsync();
            CheckStore(store, null);
        }
    }

    private static void CheckStore(ModelStore store, string? champion)
    {
        foreach (string version in store.Versions)
            store.Open(version).VerifyFiles();
        store.Versions.Should().Contain(store.Champion!);
        if (champion is not null)
            store.Champion.Should().Be(champion);
        ScoringModel.Load(store.Open(store.Champion!), CandidateCatalogue.Standard).Horizon.Days.Should().Be(90);
    }
}
