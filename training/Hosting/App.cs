using System.CommandLine;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Hosting;

/// <summary>The console app: reads the command line and the configuration file, runs one verb, and turns every failure into one message and an exit code.</summary>
internal sealed class App
{
    private readonly CommandEnvironment _environment;
    private readonly RootCommand _root;
    private readonly SpeechOptions _speech = new();

    public App(CommandEnvironment environment, IEnumerable<Command> verbs)
    {
        _environment = environment;
        _root = new RootCommand("Learns from customer transactions who buys again, how often and for how much, and what each customer is worth.");
        _speech.AddTo(_root);
        foreach (Command verb in verbs)
            _root.Add(verb);
    }

    /// <summary>Runs the program once.</summary>
    /// <returns>The exit code, <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        ParseResult parse = _root.Parse(arguments);
        Session session = new(_environment, _speech.Read(parse), cancellation);
        try
        {
            if (_speech.Config(parse) is { } config)
            {
                parse = _root.Parse(ConfigFile.Merge(arguments, parse, _root, config, _environment.PathOf(config)));
                session = new Session(_environment, _speech.Read(parse), cancellation);
            }
            if (parse.Errors.Count > 0)
                throw new UsageException(UsageErrors.Describe(parse, _root));
            if (_speech.Memory(parse) is { } memory)
            {
                _environment.LimitMemory(memory);
                session.BytesOfLog ??= MemoryLimit.BytesOfLog(memory);
            }
            if (parse is { Action: null, CommandResult.Command: Verb verb })
                return await verb.RunAsync(parse, session).ConfigureAwait(false);
            return await parse.InvokeAsync(new InvocationConfiguration { Output = _environment.Out, Error = _environment.Error }, cancellation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The outermost frame: whatever went wrong becomes a message and an exit code; --verbose adds the stack trace.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return session.Fail(Failure.Of(error, cancellation), error);
        }
    }
}
