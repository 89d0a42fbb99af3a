using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CustomerValue.Training.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CustomerValue.Training.Tests;

/// <summary>The program of docs/ml-net.md, compiled and run where there is ML.NET and nothing of this house.</summary>
public sealed partial class PlainProgramTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("60", "blend,seasonal-prior,prior-boosted")]
    [InlineData("90", "pareto-nbd")]
    public async Task It_answers_from_a_version_as_score_does(string horizon, string candidates)
    {
        await _workspace.SucceedAsync("simulate", "--customers", "800", "--seed", "3", "--out", "shop");
        Run train = await _workspace.SucceedAsync("train", "--transactions", "shop/transactions.csv", "--attributes", "shop/customers.csv", "--horizon", horizon, "--candidates", candidates, "--promote", "always", "--json");
        string version = train.Json["version"]!.GetValue<string>();
        await _workspace.SucceedAsync("score", "--transactions", "shop/transactions.csv", "--attributes", "shop/customers.csv", "--out", "scores.csv");
        await _workspace.SucceedAsync("features", "--transactions", "shop/transactions.csv", "--attributes", "shop/customers.csv", "--model", version, "--out", "customers.idv");

        string program = Compile(Source(), _workspace.PathOf("program"));
        Dictionary<string, double[]> answers = Run(program, _workspace.PathOf("models", "store", version, "model.zip"), _workspace.PathOf("customers.idv"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToDictionary(row => row[0], row => row.Skip(1).Select(Number).ToArray(), StringComparer.Ordinal);

        string[][] scores = [.. File.ReadAllLines(_workspace.PathOf("scores.csv")).Select(line => line.Split(','))];
        int[] columns = [.. new[] { "churn_probability", "expected_purchases", "expected_spend" }.Select(name => Array.IndexOf(scores[0], name))];
        scores.Skip(1).Should().HaveCount(answers.Count).And.HaveCountGreaterThan(500);
        foreach (string[] customer in scores.Skip(1))
            for (int i = 0; i < columns.Length; i++)
            {
                double expected = Number(customer[columns[i]]);
                answers[customer[0]][i].Should().BeApproximately(expected, 1e-5 * Math.Max(Math.Abs(expected), 1e-6), "customer {0}, {1}", customer[0], scores[0][columns[i]]);
            }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Source()
    {
        string page = File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot, "docs", "ml-net.md"));
        return CodeBlock().Matches(page).Select(match => match.Groups[1].Value).Single(code => code.Contains("args[0]", StringComparison.Ordinal));
    }

    /// <summary>Compiles against ML.NET and the framework, into a folder that holds ML.NET's assemblies and no others.</summary>
    private static string Compile(string code, string folder)
    {
        Directory.CreateDirectory(folder);
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] packages = [.. Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(file => Path.GetFileName(file) is var name && (name.StartsWith("Microsoft.ML.", StringComparison.Ordinal) || name is "Newtonsoft.Json.dll" or "System.CodeDom.dll" or "System.Numerics.Tensors.dll"))];
        foreach (string file in packages)
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        IEnumerable<string> references = Directory.GetFiles(framework, "System*.dll").Append(Path.Combine(framework, "netstandard.dll")).Append(Path.Combine(framework, "mscorlib.dll"))
            .Where(file => !Path.GetFileName(file).Contains(".Native", StringComparison.Ordinal) && !packages.Any(package => Path.GetFileName(package) == Path.GetFileName(file))).Concat(packages);
        CSharpCompilation compilation = CSharpCompilation.Create("program",
            [CSharpSyntaxTree.ParseText(code), CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic; global using System.Linq;")],
            references.Select(file => MetadataReference.CreateFromFile(file)), new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        string program = Path.Combine(folder, "program.dll");
        compilation.Emit(program).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Should().BeEmpty();
        File.WriteAllText(Path.Combine(folder, "program.runtimeconfig.json"), $$"""{ "runtimeOptions": { "tfm": "net10.0", "framework": { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version}}" } } }""");
        Directory.GetFiles(folder, "CustomerValue*").Should().BeEmpty();
        return program;
    }

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, error.Result);
        return output;
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
