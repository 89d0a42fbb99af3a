using System.Diagnostics;
using CustomerValue.Serving.Configuration;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Trainer;

/// <summary>
/// The program that trains, as another process: it takes memory and processors that answers should not miss, and may fail or be stopped without them.
/// </summary>
internal sealed class TrainingProgram(IOptions<ServingOptions> options)
{
    private const string Name = "customer-value";
    private const string Project = "CustomerValue.Training.csproj";
    private const string Niceness = "10";
    private static readonly string[] s_nice = ["/usr/bin/nice", "/bin/nice"];

    /// <summary>How to call it: the path that is set; beside this program; or from the source tree that this program was built in. Null where it is nowhere.</summary>
    public IReadOnlyList<string>? Call()
    {
        if (options.Value.TrainingProgram is { Length: > 0 } given)
            return File.Exists(given) ? [given] : null;
        string beside = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? Name + ".exe" : Name);
        if (File.Exists(beside))
            return [beside];
        // Built into the same configuration of the same tree: .../serving/bin/Release/net10.0 beside .../training/bin/Release/net10.0.
        string[] built = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null && built.Length > 2; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "training", "bin", built[^2], built[^1], Path.GetFileName(beside)) is var sibling && File.Exists(sibling))
                return [sibling];
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "training", Project) is var project && File.Exists(project))
                return ["dotnet", "run", "--project", project, "-c", "Release", "--"];
        return null;
    }

    /// <summary>Arguments that name the keys of this service.</summary>
    /// <param name="signs">Whether the verb makes versions.</param>
    public IEnumerable<string> Keys(bool signs) =>
    [
        .. options.Value.TrustedKey is { Length: > 0 } trusted ? [$"--trusted-key={Path.GetFullPath(trusted)}"] : (string[])[],
        .. signs && options.Value.SignKey is { Length: > 0 } key ? [$"--sign-key={Path.GetFullPath(key)}"] : (string[])[],
    ];

    /// <summary>Where it was looked for, and the way out.</summary>
    public string Missing => options.Value.TrainingProgram is { Length: > 0 } given
        ? $"Found no training program at TrainingProgram '{given}', expected the path of {Name}."
        : $"Found no training program {Name} beside this one, nor a source tree above it. Set TrainingProgram to its path.";

    /// <summary>Runs it to its end and hands on what it says, line by line; stopping stops the program.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="say">Takes every line of both its outputs, or of what it says for people where the answer goes elsewhere; from one thread at a time.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <param name="answer">Takes every line of its answer.</param>
    /// <param name="behind">Whether everything else on this machine goes first, where the system knows such a thing.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="FileNotFoundException">The program is not there.</exception>
    public async Task<int> RunAsync(IEnumerable<string> arguments, Action<string> say, CancellationToken cancellation, Action<string>? answer = null, bool behind = false)
    {
        IReadOnlyList<string> call = Call() ?? throw new FileNotFoundException(Missing);
        // Set on a process that runs, it would miss the threads that are there already.
        if (behind && Array.Find(s_nice, File.Exists) is { } nice)
            call = [nice, "-n", Niceness, .. call];
        ProcessStartInfo start = new(call[0]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (string argument in call.Skip(1).Concat(arguments))
            start.ArgumentList.Add(argument);
        start.Environment["NO_COLOR"] = "1";
        using Process process = Process.Start(start) ?? throw new FileNotFoundException(Missing);
        process.StandardInput.Close();
        if (behind && OperatingSystem.IsWindows())
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        Lock one = new();
        await using CancellationTokenRegistration stop = cancellation.Register(() => Kill(process));
        await Task.WhenAll(HandOnAsync(process.StandardOutput, answer ?? say), HandOnAsync(process.StandardError, say));
        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode;

        async Task HandOnAsync(StreamReader lines, Action<string> hand)
        {
            while (await lines.ReadLineAsync(CancellationToken.None) is { } line)
                lock (one)
                    hand(line);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }
}
