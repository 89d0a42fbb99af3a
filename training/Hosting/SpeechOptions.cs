using System.CommandLine;

namespace CustomerValue.Training.Hosting;

/// <summary>Options of every verb: how the program speaks, what memory it takes, and a file with options.</summary>
internal sealed class SpeechOptions
{
    private readonly Option<bool> _json = Opt.Flag("--json", "Write one JSON document to stdout and everything else to stderr.");
    private readonly Option<bool> _quiet = Opt.Flag("--quiet", "Write the result only: no progress, no advice.");
    private readonly Option<bool> _verbose = Opt.Flag("--verbose", "Add stack traces to errors.");
    private readonly Option<string?> _config = Opt.Text("--config", "FILE", "Take options from a JSON file with the same names, such as {\"horizon\": 90}; the command line wins.");

    private readonly Option<long?> _memory = Opt.Parsed<long?>("--memory", "SIZE", "Memory to stay within, such as 4GB; what is no longer needed is then given up sooner, and validate, score --no-book and train --promote never read transactions that do not fit in parts. Default: that of the machine.", text => MemoryLimit.Parse(text));

    public void AddTo(Command root)
    {
        foreach (Option option in (Option[])[_json, _quiet, _verbose, _config, _memory])
        {
            option.Recursive = true;
            root.Add(option);
        }
    }

    public SessionOptions Read(ParseResult parse) => new(parse.GetValue(_json), parse.GetValue(_quiet), parse.GetValue(_verbose));

    /// <summary>Bytes of memory to stay within, or null.</summary>
    public long? Memory(ParseResult parse) => parse.GetValue(_memory);

    /// <summary>The configuration file, or null.</summary>
    public string? Config(ParseResult parse) => parse.GetValue(_config);
}
