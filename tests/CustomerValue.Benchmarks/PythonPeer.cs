using System.Diagnostics;
using System.Globalization;

namespace CustomerValue.Benchmarks;

/// <summary>Runs a Python script of Debian's packages in a folder and reads the numbers that it prints, a name and a value a line.</summary>
internal static class PythonPeer
{
    private const string Python = "/usr/bin/python3";

    public static bool Has(string module) => File.Exists(Python) && Run($"import {module}", ".").Code == 0;

    public static Dictionary<string, double> Numbers(string script, string folder)
    {
        (int code, string output, string error) = Run(script, folder);
        if (code != 0)
            throw new InvalidOperationException($"The peer failed: {error}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static (int Code, string Output, string Error) Run(string script, string folder)
    {
        ProcessStartInfo start = new(Python) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        string text = output.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, text, error);
    }
}
