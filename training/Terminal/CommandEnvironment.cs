using System.CommandLine;
using System.Text;

namespace CustomerValue.Training.Terminal;

/// <summary>Everything the program takes from the process it runs in, so that a test can give it something else.</summary>
internal sealed record CommandEnvironment
{
    private const int WidthOfFiles = 120;
    private const int WidestTerminal = 160;

    /// <summary>Results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress, findings and errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether a terminal may be coloured: <c>NO_COLOR</c> is not set.</summary>
    public bool Colour { get; init; }

    /// <summary>Characters a line.</summary>
    public int Width { get; init; } = WidthOfFiles;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Keeps the process within so many bytes.</summary>
    public Action<long> LimitMemory { get; init; } = _ => { };

    /// <summary>Bytes that a log and what is made of it may take; null for what a limit of memory leaves.</summary>
    public long? BytesOfLog { get; init; }

    /// <summary>Folder that relative paths start from.</summary>
    public required string CurrentDirectory { get; init; }

    /// <summary>Today where the machine stands.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Clock.GetLocalNow().DateTime);

    /// <summary>The environment of this process.</summary>
    public static CommandEnvironment OfProcess()
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        bool terminal = !Console.IsOutputRedirected;
        return new CommandEnvironment
        {
            Out = Console.Out,
            Error = Console.Error,
            OutIsTerminal = terminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Width = terminal && Console.WindowWidth > 0 ? Math.Clamp(Console.WindowWidth, 60, WidestTerminal) : WidthOfFiles,
            CurrentDirectory = Environment.CurrentDirectory,
        };
    }

    /// <summary>The path that an option names, or null where it is not given.</summary>
    public string? PathOf(ParseResult parse, Option<string?> option) => parse.GetValue(option) is { } path ? PathOf(path) : null;

    /// <summary>The paths that an option names; none where it is not given.</summary>
    public string[] PathsOf(ParseResult parse, Option<string[]> option) => [.. (parse.GetValue(option) ?? []).Select(PathOf)];

    /// <summary>A path as given where that is enough to find it, else from <see cref="CurrentDirectory"/>.</summary>
    public string PathOf(string path) =>
        Path.IsPathRooted(path) || CurrentDirectory == Environment.CurrentDirectory ? path : Path.Combine(CurrentDirectory, path);
}
