using System.Diagnostics;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Serving.Tests.Hosting;

/// <summary>The program that trains, built, as a process of its own.</summary>
internal static class TrainingProcess
{
    private static readonly string s_tests = Path.Combine(ReferenceData.RepositoryRoot, "tests", "CustomerValue.Serving.Tests");

    /// <summary>Where it is built.</summary>
    public static string Program { get; } = Path.Combine(ReferenceData.RepositoryRoot, "training", Path.GetRelativePath(s_tests, AppContext.BaseDirectory), "customer-value.dll");

    /// <summary>Runs it to its end, which must be a good one.</summary>
    public static void Run(string folder, params string[] arguments)
    {
        (int code, string output, string error) = RunToEnd(folder, arguments);
        code.Should().Be(0, "{0} {1}", output, error);
    }

    /// <summary>Runs it to its end, good or bad.</summary>
    public static (int Code, string Output, string Error) RunToEnd(string folder, params string[] arguments) => RunToEnd(folder, [], arguments);

    /// <summary>Runs it to its end, good or bad, with variables.</summary>
    public static (int Code, string Output, string Error) RunToEnd(string folder, (string Name, string Value)[] environment, string[] arguments)
    {
        using Process process = Start(folder, environment, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts it; what it writes is to be read.</summary>
    public static Process Start(string folder, params string[] arguments) => Start(folder, [], arguments);

    private static Process Start(string folder, (string Name, string Value)[] environment, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", ["exec", Program, .. arguments]) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Transactions as a file that it reads.</summary>
    public static string File(string folder, IEnumerable<Transaction> rows)
    {
        string path = Path.Combine(folder, "orders.csv");
        System.IO.File.WriteAllLines(path, rows.Select(row => FormattableString.Invariant($"{row.CustomerId},{row.OrderId},{row.Day:yyyy-MM-dd},{row.Product},{row.Category},{row.Channel},{row.Quantity},{row.Amount},{row.Discount},{row.Margin}"))
            .Prepend("customer_id,order_id,date,product,category,channel,quantity,amount,discount,margin"));
        return path;
    }
}
