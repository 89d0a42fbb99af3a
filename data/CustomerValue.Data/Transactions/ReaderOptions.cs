using System.ComponentModel.DataAnnotations;
using CustomerValue.Data.Transactions.Reading;
using CustomerValue.Data.Transactions.Recognition;
using CustomerValue.Data.Transactions.Sources;

namespace CustomerValue.Data.Transactions;

/// <summary>How transaction files are written and what is done with unusual rows. Numbers are read in the invariant culture.</summary>
public sealed record ReaderOptions
{
    /// <summary>Which column stands for which role. Default: usual header names.</summary>
    public ColumnMapping Mapping { get; init; } = ColumnMapping.Usual;

    /// <summary>The character between fields: one ASCII character other than a quote or a line end. Default null: found among comma, semicolon, tab and bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether the first line holds column names. Default null: the first line that names the needed columns is the header, and otherwise the first line unless one of its fields is a number or a date.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>
    /// How dates are written, for example <c>dd/MM/yyyy</c> or <c>MM/dd/yyyy HH:mm</c>. Letters: yyyy, yy (00-68 are 2000-2068), MMM (Jan), MM, M, dd, d,
    /// HH, H, hh, h, mm, ss, f (any digits), tt; * takes the rest. Also <c>MM/DD/YYYY</c>, <c>%m/%d/%Y</c>, and the words iso, month, excel-1900, excel-1904, epoch-seconds,
    /// epoch-milliseconds, epoch-microseconds. Default null: recognised from the data.
    /// </summary>
    public string? DateFormat { get; init; }

    /// <summary>The character before the decimals: a point or a comma. Default null: recognised from the data.</summary>
    public char? DecimalSeparator { get; init; }

    /// <summary>Name of the encoding, such as utf-8, utf-16le, windows-1252, iso-8859-15, gb18030 or shift-jis. Default null: recognised from the bytes.</summary>
    public string? Encoding { get; init; }

    /// <summary>Name of the zone, such as Europe/Berlin, whose calendar decides on which day a moment lies. Default null: the day as it is written.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Name of the sheet of a workbook. Default null: the first that has the columns.</summary>
    public string? Sheet { get; init; }

    /// <summary>The one currency of the log, as code or sign; lines in others are left out, or converted where <see cref="RatesOfExchange"/> is given. Default null: there is but one.</summary>
    public string? Currency { get; init; }

    /// <summary>CSV file with the columns currency and rate: what one unit is worth in the currency of the log. Default null.</summary>
    public string? RatesOfExchange { get; init; }

    /// <summary>Words that lines must have, each as <c>column=word,word</c>; a column is a header name or status, type or currency. Default none.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Words of lines that are left out, as in <see cref="Keep"/>. Default none.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>Words of lines whose amount is money given back although it is positive, as in <see cref="Keep"/>. Default none.</summary>
    public IReadOnlyList<string> Refund { get; init; } = [];

    /// <summary>A condition over the columns that lines must meet, such as <c>Country = 'DE'</c>. Default null: all.</summary>
    public string? Where { get; init; }

    /// <summary>Whether rows far behind all others stay in the log and move its last day. Default false: they are left out, counted and told.</summary>
    public bool KeepStrayDays { get; init; }

    /// <summary>
    /// The columns beyond customer, date and amount that the log is to hold where a file has them; others are passed over unread, but for choosing lines. The fewer, the faster and the less memory.
    /// Default null: all. Lines that stand twice are told only where all are held.
    /// </summary>
    public IReadOnlySet<ColumnRole>? Columns { get; init; }

    /// <summary>Formats beyond delimited text and JSON that files may have. Default none.</summary>
    public IReadOnlyList<ITransactionFormat> Formats { get; init; } = [];

    /// <summary>Places beyond files that an address in the place of a file's name may speak of. Default none.</summary>
    public IReadOnlyList<ITransactionPlace> Places { get; init; } = [];

    /// <summary>What becomes of negative amounts. Default <see cref="ReturnsPolicy.Net"/>: they stay in the log and are netted per cutoff; <see cref="ReturnsPolicy.Ignore"/> drops them while reading, counted.</summary>
    public ReturnsPolicy Returns { get; init; } = ReturnsPolicy.Net;

    /// <summary>What becomes of amounts of 0. Default <see cref="Transactions.ZeroAmounts.Purchase"/>.</summary>
    public ZeroAmounts ZeroAmounts { get; init; } = ZeroAmounts.Purchase;

    /// <summary>Share of rejected lines above which reading fails; lines without a customer id do not count. Default 0.05; allowed 0 to 1.</summary>
    [Range(0.0, 1.0)] public double MaxRejectedShare { get; init; } = 0.05;

    /// <summary>The last day that may occur; a later date is rejected as a date after today. Default null: any day to 2200-12-31.</summary>
    public DateOnly? LatestDay { get; init; }

    /// <summary>Where every rejected line is written as CSV (file, line, column, found, expected). Default null: nowhere.</summary>
    public string? RejectsFile { get; init; }

    /// <summary>Threads that parse and sort; the result does not depend on it. Default: one a processor; allowed 1 to 64.</summary>
    [Range(1, 64)] public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>Whose rows the log is to hold. All lines are read and checked whomever they are of: counts of lines, rejected lines and the days of the log are the same for every share. Default: everyone's.</summary>
    public CustomerShare Share { get; init; } = CustomerShare.All;

    /// <summary>What progress says of the part behind the name of a file, such as <c>, part 2 of 5</c>. Default empty.</summary>
    internal string PartInWords { get; init; } = "";

    /// <summary>Bytes parsed at a time by one thread. Default 1 MiB. Results do not depend on it; tests make it tiny.</summary>
    internal int BlockBytes { get; init; } = 1 << 20;

    /// <summary>Longest line in bytes; a longer one is rejected. Default 1 MiB; tests make it tiny.</summary>
    internal int MaxLineBytes { get; init; } = 1 << 20;

    /// <summary>Everything that is wrong with these options, one sentence each; empty when they hold.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        if (Delimiter is { } delimiter && (delimiter is '"' or '\n' or '\r' or ' ' || !char.IsAscii(delimiter)))
            problems.Add($"Delimiter: found '{delimiter}', expected one ASCII character that is no quote, blank or line end.");
        if (DecimalSeparator is not (null or '.' or ','))
            problems.Add($"DecimalSeparator: found '{DecimalSeparator}', expected a point or a comma.");
        if (MaxRejectedShare is not (>= 0 and <= 1))
            problems.Add($"MaxRejectedShare: found {MaxRejectedShare}, expected 0 to 1.");
        if (Threads is < 1 or > 64)
            problems.Add($"Threads: found {Threads}, expected 1 to 64.");
        if (DateFormat is not null && DateRecognition.ByName(DateFormat, null) is null && Reading.DatePattern.ProblemWith(DateFormats.Normal(DateFormat)) is { } problem)
            problems.Add($"DateFormat: found '{DateFormat}', {problem}.");
        if (Encoding is not null && TextEncodings.ByName(Encoding) is null)
            problems.Add($"Encoding: found '{Encoding}', expected one of {string.Join(", ", TextEncodings.Names)}.");
        if (TimeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            problems.Add($"TimeZone: found '{TimeZone}', expected a name such as Europe/Berlin, America/New_York or UTC.");
        if (RatesOfExchange is not null && Currency is null)
            problems.Add("RatesOfExchange: found rates without a currency of the log, expected Currency as well.");
        foreach ((string name, IReadOnlyList<string> rules) in new[] { (nameof(Keep), Keep), (nameof(Drop), Drop), (nameof(Refund), Refund) })
            foreach (string rule in rules.Where(rule => rule.IndexOf('=', StringComparison.Ordinal) is <= 0 || rule[^1] == '='))
                problems.Add($"{name}: found '{rule}', expected column=word,word, for example status=paid,completed.");
        return problems;
    }

    /// <summary>The pattern asked for, or null where none is or a word names the reading.</summary>
    internal DatePattern? DatePattern() => DateFormat is null || DateRecognition.ByName(DateFormat, null) is not null ? null : new DatePattern(DateFormats.Normal(DateFormat));
}
