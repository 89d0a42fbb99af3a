namespace CustomerValue.Training.Tests.Support;

/// <summary>A folder in which the real program has trained: made once for all tests, and copied to whoever wants to read or to damage it.</summary>
internal sealed class Trained
{
    private readonly Lazy<Task<(Workspace Workspace, Run Run)>> _made;

    private Trained(Func<Workspace, Task<Run>> train) => _made = new(() => MakeAsync(train));

    /// <summary>The orders of <see cref="Workspace.WriteTransactions"/> with a version that serves.</summary>
    public static Trained Orders { get; } = new(workspace =>
    {
        workspace.WriteTransactions();
        return workspace.SucceedAsync("train", "--transactions", "orders.csv", "--promote", "always", "--json");
    });

    /// <summary>A simulated shop with everything that strategy can rest on.</summary>
    public static Trained Shop { get; } = new(async workspace =>
    {
        await workspace.SucceedAsync("simulate", "--customers", "300", "--days", "700", "--out", "shop");
        Support.Shop.Write(workspace);
        return await workspace.SucceedAsync(["train", .. Support.Shop.Evidence, .. Support.Shop.Choices, "--horizon", "60", "--promote", "always", "--json"]);
    });

    /// <summary>Copies files, store and customer book, and gives what training said.</summary>
    public async Task<Run> CopyToAsync(Workspace workspace)
    {
        (Workspace made, Run run) = await _made.Value;
        foreach (string folder in Directory.EnumerateDirectories(made.Folder, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(workspace.PathOf(Path.GetRelativePath(made.Folder, folder)));
        foreach (string file in Directory.EnumerateFiles(made.Folder, "*", SearchOption.AllDirectories))
            File.Copy(file, workspace.PathOf(Path.GetRelativePath(made.Folder, file)), overwrite: true);
        return run;
    }

    private static async Task<(Workspace Workspace, Run Run)> MakeAsync(Func<Workspace, Task<Run>> train)
    {
        Workspace workspace = new();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => workspace.Dispose();
        return (workspace, await train(workspace));
    }
}
