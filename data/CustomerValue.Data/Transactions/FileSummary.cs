namespace CustomerValue.Data.Transactions;

/// <summary>What was counted in one file.</summary>
public sealed record FileSummary
{
    /// <summary>Path as it was given.</summary>
    public required string Path { get; init; }

    /// <summary>Size on disk in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>What the file is: text, gzip, JSON lines, workbook, Parquet, ...</summary>
    public required string Format { get; init; }

    /// <summary>Character between fields.</summary>
    public required char Delimiter { get; init; }

    /// <summary>Whether the first line holds column names.</summary>
    public required bool HasHeader { get; init; }

    /// <summary>Column expression read for each role, for example <c>Quantity*UnitPrice</c> for the amount.</summary>
    public required IReadOnlyDictionary<ColumnRole, string> Columns { get; init; }

    /// <summary>Lines of data, without header and blank lines.</summary>
    public required long Lines { get; init; }

    /// <summary>Lines that could not be read.</summary>
    public required long RejectedLines { get; init; }

    /// <summary>Earliest day read, or null where no line could be read.</summary>
    public required DateOnly? FirstDay { get; init; }

    /// <summary>Latest day read, or null.</summary>
    public required DateOnly? LastDay { get; init; }

    /// <summary>Name of the encoding.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>How dates are written, in words.</summary>
    public string Dates { get; init; } = "";

    /// <summary>The date format that asks for the same reading.</summary>
    public string DateFormat { get; init; } = "";

    /// <summary>The character before decimals.</summary>
    public char DecimalSeparator { get; init; } = '.';

    /// <summary>Name of the well-known export that the file is, or null.</summary>
    public string? Export { get; init; }

    /// <summary>The first rows as they were understood, for people to look at.</summary>
    public IReadOnlyList<ExampleRow> Examples { get; init; } = [];
}

/// <summary>A row as it was understood.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Day">The day.</param>
/// <param name="Amount">The money, multiplied by the second column or less it where the mapping says so; words that turn its sign and rates of exchange are not applied. Null where there are no amounts.</param>
/// <param name="Order">The order, or null.</param>
public sealed record ExampleRow(string Customer, DateOnly Day, double? Amount, string? Order);
