using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Tests.Support;

/// <summary>A folder of its own in which the real program runs, with its output caught and its clock set.</summary>
internal sealed class Workspace : IDisposable
{
    public static DateOnly Today { get; } = new(2025, 1, 15);

    /// <summary>Characters a line.</summary>
    public int Width { get; set; } = 120;

    /// <summary>Bytes that a log and what is made of it may take; null for any.</summary>
    public long? BytesOfLog { get; set; }

    /// <summary>What stands on standard input.</summary>
    public byte[] Input { get; set; } = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("customer-value-").FullName;

    public string Store => PathOf("models", "store");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Runs the program as a user would, in this folder.</summary>
    public Task<Run> RunAsync(params string[] arguments) => RunAsync(new StringWriter(), arguments, CancellationToken.None);

    /// <summary>Runs the program and stops it when its progress says a word, as Ctrl+C would.</summary>
    public async Task<Run> CancelAtAsync(string word, params string[] arguments)
    {
        using CancellationTokenSource source = new();
        return await RunAsync(new TriggerWriter(word, source.Cancel), arguments, source.Token);
    }

    /// <summary>Runs the program and does something when its progress says a word.</summary>
    public Task<Run> DoAtAsync(string word, Action action, params string[] arguments) => RunAsync(new TriggerWriter(word, action), arguments, CancellationToken.None);

    private async Task<Run> RunAsync(StringWriter error, string[] arguments, CancellationToken cancellation)
    {
        using StringWriter output = new();
        CommandEnvironment environment = new() { Out = output, Error = error, CurrentDirectory = Folder, Clock = new FixedClock(), Width = Width, OpenInput = () => new MemoryStream(Input), BytesOfLog = BytesOfLog };
        int exitCode = await new App(environment, Verbs.All()).RunAsync(arguments, cancellation);
        return new Run(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs the program and expects it to succeed.</summary>
    public async Task<Run> SucceedAsync(params string[] arguments)
    {
        Run run = await RunAsync(arguments);
        run.ExitCode.Should().Be(ExitCode.Done, "{0} gave {1}", string.Join(' ', arguments), run);
        return run;
    }

    /// <summary>Writes a text file and gives its name.</summary>
    public string Write(string name, string content)
    {
        File.WriteAllText(PathOf(name), content, new UTF8Encoding(false));
        return name;
    }

    /// <summary>Writes transactions of regular and of lost customers over eight months: enough for a race, too little for trees at the default horizon.</summary>
    public string WriteTransactions(string name = "orders.csv", int customers = 60)
    {
        StringBuilder text = new("customer_id,date,amount\n");
        DateOnly start = new(2024, 4, 20);
        for (int customer = 0; customer < customers; customer++)
        {
            int gap = 7 + customer * 13 % 40, purchases = 1 + customer * 7 % 15;
            for (int purchase = 0, day = customer * 11 % 120; purchase < purchases && day < 250; purchase++, day += gap + (customer + purchase) * 5 % 11)
                text.Append(CultureInfo.InvariantCulture, $"K{customer:000},{start.AddDays(day):yyyy-MM-dd},{10 + customer % 7 + (purchase * 3 % 5)}\n");
        }
        text.Append("K000,2024-12-30,5\n");
        return Write(name, text.ToString());
    }

    /// <summary>Writes customers who buy for the same money at the same distance for ever, so that the rule of practice is exactly right and a model that expects chance is not; one that knows regularity is.</summary>
    public string WriteClockwork(string name)
    {
        StringBuilder text = new("customer_id,date,amount\n");
        DateOnly start = new(2024, 4, 20);
        for (int customer = 0; customer < 80; customer++)
            for (int day = 0; day <= 254; day += 5 + customer % 27)
                text.Append(CultureInfo.InvariantCulture, $"K{customer:000},{start.AddDays(day):yyyy-MM-dd},{10 + customer}\n");
        return Write(name, text.ToString());
    }

    /// <summary>Everything in the folder, as relative paths.</summary>
    public string[] Entries() => [.. Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal)];

    private sealed class TriggerWriter(string word, Action action) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(word, StringComparison.Ordinal) == true)
                action();
        }
    }

    private sealed class FixedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(Today.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
    }
}

/// <summary>What one run of the program gave.</summary>
internal sealed record Run(int ExitCode, string Out, string Error)
{
    /// <summary>The one JSON document on stdout.</summary>
    public JsonNode Json => JsonNode.Parse(Out)!;

    public override string ToString() => $"exit code {ExitCode}, stdout: {Out}, stderr: {Error}";

    /// <summary>The error message, or null.</summary>
    public string? Message => Error.Split('\n').FirstOrDefault(line => line.StartsWith("error: ", StringComparison.Ordinal))?["error: ".Length..];
}
