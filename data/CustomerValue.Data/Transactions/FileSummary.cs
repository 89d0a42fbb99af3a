namespace CustomerValue.Data.Transactions;

/// <summary>What was counted in one file.</summary>
/// <param name="Path">Path as it was given.</param>
/// <param name="Bytes">Size on disk in bytes.</param>
/// <param name="Format">What the file is: text, gzip, JSON lines, workbook, Parquet, ...</param>
/// <param name="Delimiter">Character between fields.</param>
/// <param name="HasHeader">Whether the first line holds column names.</param>
/// <param name="Columns">Column expression read for each role, for example <c>Quantity*UnitPrice</c> for the amount.</param>
/// <param name="Lines">Lines of data, without header and blank lines.</param>
/// <param name="RejectedLines">Lines that could not be read.</param>
/// <param name="FirstDay">Earliest day read, or null where no line could be read.</param>
/// <param name="LastDay">Latest day read, or null.</param>
public sealed record FileSummary(
    string Path,
    long Bytes,
    string Format,
    char Delimiter,
    bool HasHeader,
    IReadOnlyDictionary<ColumnRole, string> Columns,
    long Lines,
    long RejectedLines,
    DateOnly? FirstDay,
    DateOnly? LastDay)
{
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
/// <param name="Amount">The money as it stands in the amount's column, before it is multiplied by another; null where there is none.</param>
/// <param name="Order">The order, or null.</param>
public sealed record ExampleRow(string Customer, DateOnly Day, double? Amount, string? Order);
