using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Store;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Hosting;

/// <summary>One run of one command: where results, progress and findings go.</summary>
/// <remarks>With <c>--json</c>, stdout holds one JSON document and nothing else; what people read goes to stderr.</remarks>
internal sealed class Session
{
    private readonly IAnsiConsole _errors;

    public Session(CommandEnvironment environment, SessionOptions options, CancellationToken cancellation)
    {
        Environment = environment;
        BytesOfLog = environment.BytesOfLog;
        Options = options;
        Cancellation = cancellation;
        _errors = Consoles.Create(environment, environment.Error, environment.ErrorIsTerminal);
        People = options.Json ? options.Quiet ? Consoles.Create(environment, TextWriter.Null, terminal: false) : _errors
            : Consoles.Create(environment, environment.Out, environment.OutIsTerminal);
    }

    public CommandEnvironment Environment { get; }

    public SessionOptions Options { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>Bytes that a log and what is made of it may take; null where memory is not limited.</summary>
    public long? BytesOfLog { get; set; }

    /// <summary>Where tables and sentences go.</summary>
    public IAnsiConsole People { get; }

    /// <summary>Runs long steps while telling the person at the terminal how far they are.</summary>
    public Task<T> WithProgressAsync<T>(Func<IProgress<StepProgress>, Task<T>> work) =>
        Options.Quiet ? Task.Run(() => work(NoProgress.Instance), CancellationToken.None)
        : Environment.ErrorIsTerminal ? BarProgress.RunAsync(_errors, work)
        : Task.Run(() => LineProgress.RunAsync(Environment.Error, Environment.Clock, work), CancellationToken.None);

    /// <inheritdoc cref="WithProgressAsync{T}(Func{IProgress{StepProgress}, Task{T}})"/>
    public Task<T> WithProgressAsync<T>(Func<IProgress<StepProgress>, T> work) => WithProgressAsync(progress => Task.FromResult(work(progress)));

    /// <summary>Writes the machine-readable answer when it is wanted.</summary>
    public void Answer<T>(T result)
    {
        if (Options.Json)
            Environment.Out.WriteLine(JsonSerializer.Serialize(result, StoreJson.Options));
    }

    /// <summary>A sentence that helps on; left out with <c>--quiet</c>.</summary>
    public void Hint(string text)
    {
        if (Options.Quiet)
            return;
        People.WriteLine();
        People.Say(text);
    }

    /// <summary>Shows doubts about data or fits.</summary>
    public void Show(IReadOnlyList<Finding> findings)
    {
        if (!Options.Quiet)
            FindingList.Write(People, findings);
    }

    /// <summary>Says on stderr what went against the wish of a run that gave its answer.</summary>
    public void Complain(string message)
    {
        _errors.Write(new Markup($"[{Theme.Bad}]error:[/] "));
        Environment.Error.WriteLine(message);
    }

    /// <summary>Says how the run failed and gives the exit code.</summary>
    public int Fail(Failure failure, Exception? error)
    {
        _errors.Write(new Markup($"[{Theme.Bad}]{(failure.Code == ExitCode.Cancelled ? "cancelled" : "error")}:[/] "));
        Environment.Error.WriteLine(failure.Message);
        if (Options.Verbose && error is not null)
            Environment.Error.WriteLine(error);
        Answer(new { error = failure });
        return failure.Code;
    }
}

/// <summary>How a command speaks.</summary>
/// <param name="Json">One JSON document on stdout.</param>
/// <param name="Quiet">Results and errors only.</param>
/// <param name="Verbose">Stack traces with errors.</param>
internal sealed record SessionOptions(bool Json, bool Quiet, bool Verbose);
