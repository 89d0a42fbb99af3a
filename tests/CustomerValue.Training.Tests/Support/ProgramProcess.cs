using System.Diagnostics;

namespace CustomerValue.Training.Tests.Support;

/// <summary>The program as a process of its own, where exit codes, signals and sudden death matter.</summary>
internal static class ProgramProcess
{
    public static Process Start(string folder, params string[] arguments) => Launch(folder, "dotnet", Command(arguments));

    /// <summary>The same, with SIGINT heard even where the tests run as a shell's background job, which ignores it and hands that down.</summary>
    public static Process StartHearingSignals(string folder, params string[] arguments) => OperatingSystem.IsLinux()
        ? Launch(folder, "env", ["--default-signal=INT", "dotnet", .. Command(arguments)])
        : Start(folder, arguments);

    private static string[] Command(string[] arguments) => ["exec", Path.Combine(AppContext.BaseDirectory, "customer-value.dll"), .. arguments];

    private static Process Launch(string folder, string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<Run> RunAsync(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Run(process.ExitCode, await output, await error);
    }
}
