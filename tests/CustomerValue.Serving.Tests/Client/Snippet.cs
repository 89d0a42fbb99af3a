using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CustomerValue.Serving.Tests.Client;

/// <summary>A program that a page shows, under the heading it stands below.</summary>
internal sealed partial record Snippet(string Heading, string Language, string Code)
{
    private const string Usings = "global using System;\nglobal using System.Collections.Generic;\nglobal using System.IO;\nglobal using System.Linq;\nglobal using System.Threading.Tasks;\n";

    public static IReadOnlyList<Snippet> Of(string page) =>
        [.. Section().Matches(page).SelectMany(section => Fence().Matches(section.Groups["text"].Value).Select(fence => new Snippet(section.Groups["heading"].Value, fence.Groups["language"].Value, fence.Groups["code"].Value)))];

    /// <summary>Runs it in a folder and gives what it wrote; skips where what runs it is absent.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Variables.</param>
    public async Task<string> RunAsync(string folder, params (string Name, string Value)[] environment)
    {
        (string program, string[] arguments, string file) = Language switch
        {
            "bash" => ("bash", (string[])["-euo", "pipefail"], "snippet.sh"),
            "python" => ("python3", [], "snippet.py"),
            "javascript" => ("node", [], "snippet.mjs"),
            "csharp" => ("dotnet", ["exec", "--runtimeconfig", Path.ChangeExtension(typeof(Snippet).Assembly.Location, "runtimeconfig.json")], "snippet.dll"),
            _ => throw new NotSupportedException($"A snippet in {Language} needs what runs it."),
        };
        if (Language == "bash")
            Needs.Tool(IsThere("curl"), "curl is absent: apt-get install curl.");
        Needs.Tool(IsThere(program), $"{program} is absent: apt-get install {(program == "node" ? "nodejs" : program)}.");
        string path = Path.Combine(folder, file);
        if (Language == "csharp")
            Compile(path);
        else
            await File.WriteAllTextAsync(path, Code);
        ProcessStartInfo start = new(program, [.. arguments, path]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        process.ExitCode.Should().Be(0, "{0} in {1}: {2} {3}", Heading, Language, await output, await error);
        return await output;
    }

    private void Compile(string path)
    {
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(assembly => MetadataReference.CreateFromFile(assembly));
        CSharpParseOptions parse = new(LanguageVersion.Latest);
        CSharpCompilation program = CSharpCompilation.Create("snippet", [CSharpSyntaxTree.ParseText(Code, parse), CSharpSyntaxTree.ParseText(Usings, parse)], references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        program.Emit(path).Diagnostics.Where(finding => finding.Severity >= DiagnosticSeverity.Warning).Select(finding => finding.ToString()).Should().BeEmpty(Code);
        string client = typeof(CustomerValue.Client.CustomerValueClient).Assembly.Location;
        File.Copy(client, Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileName(client)), overwrite: true);
    }

    private static bool IsThere(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program)));

    [GeneratedRegex(@"^## (?<heading>.+)\n(?<text>(?:(?!## ).*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^```(?<language>[a-z]+)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
