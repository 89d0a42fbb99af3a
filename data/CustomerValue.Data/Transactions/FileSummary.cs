namespace CustomerValue.Data.Transactions;

/// <summary>What was counted in one file.</summary>
/// <param name="Path">Path as it was given.</param>
/// <param name="Bytes">Size on disk in bytes.</param>
/// <param name="Compressed">Whether the file is gzip.</param>
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
    bool Compressed,
    char Delimiter,
    bool HasHeader,
    IReadOnlyDictionary<ColumnRole, string> Columns,
    long Lines,
    long RejectedLines,
    DateOnly? FirstDay,
    DateOnly? LastDay);
