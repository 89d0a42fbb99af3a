using System.ComponentModel.DataAnnotations;
using CustomerValue.Data.Aggregates;

namespace CustomerValue.Data.Transactions;

/// <summary>How transaction files are written and what is done with unusual rows. Numbers are read in the invariant culture.</summary>
public sealed record ReaderOptions
{
    /// <summary>Which column stands for which role. Default: usual header names.</summary>
    public ColumnMapping Mapping { get; init; } = ColumnMapping.Usual;

    /// <summary>The character between fields: one ASCII character other than a quote or a line end. Default null: found among comma, semicolon, tab and bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether the first line holds column names. Default null: it does unless one of its fields is a number or a date.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>
    /// How dates are written, for example <c>dd/MM/yyyy</c> or <c>MM/dd/yyyy HH:mm</c>. Letters: yyyy, yy (00-68 are 2000-2068), MMM (Jan), MM, M, dd, d,
    /// HH, H, hh, h, mm, ss, f (any digits), tt; * takes the rest. Default null: <c>2024-02-28</c>, <c>2024/02/28</c> or <c>20240228</c>, with or without a time.
    /// </summary>
    public string? DateFormat { get; init; }

    /// <summary>The character before the decimals: a point or a comma. Default a point. There are no thousands separators.</summary>
    public char DecimalSeparator { get; init; } = '.';

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
        if (DecimalSeparator is not ('.' or ','))
            problems.Add($"DecimalSeparator: found '{DecimalSeparator}', expected a point or a comma.");
        if (MaxRejectedShare is not (>= 0 and <= 1))
            problems.Add($"MaxRejectedShare: found {MaxRejectedShare}, expected 0 to 1.");
        if (Threads is < 1 or > 64)
            problems.Add($"Threads: found {Threads}, expected 1 to 64.");
        if (DateFormat is not null && Reading.DatePattern.ProblemWith(DateFormat) is { } problem)
            problems.Add($"DateFormat: found '{DateFormat}', {problem}.");
        return problems;
    }
}
