namespace CustomerValue.Data.Transactions.Sources;

/// <summary>The one door by which rows enter: a file, a member of an archive, a sheet, a table of a database.</summary>
/// <remarks>A source gives either text (<see cref="ITextSource"/>) or typed columns (<see cref="IColumnSource"/>); rejects, findings and counts are the same for both.</remarks>
public interface ITransactionSource : IDisposable
{
    /// <summary>What messages call it: the path as given, with the member or sheet behind.</summary>
    string Name { get; }

    /// <summary>What it is, in a word or two: <c>text</c>, <c>gzip</c>, <c>zip</c>, <c>JSON lines</c>, <c>workbook</c>, <c>Parquet</c>, ...</summary>
    string Format { get; }

    /// <summary>Size on disk in bytes, or of what is known of it.</summary>
    long Bytes { get; }
}

/// <summary>A source of delimited text, in whatever notation.</summary>
public interface ITextSource : ITransactionSource
{
    /// <summary>The character between fields where the source itself writes the text (then UTF-8 with a header), or null where it is to be found.</summary>
    char? Delimiter { get; }

    /// <summary>The text from its start; may be called more than once, one stream after the other is disposed of.</summary>
    Stream Open();
}

/// <summary>A source of typed columns, read batch by batch.</summary>
public interface IColumnSource : ITransactionSource
{
    /// <summary>Names of all columns.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Number of parts that follow one another and can be read at the same time, such as row groups.</summary>
    int Parts { get; }

    /// <summary>Rows of a part, in order; a batch holds until the next is asked for.</summary>
    /// <param name="part">From 0.</param>
    /// <param name="columns">Positions of the columns wanted.</param>
    IEnumerable<ColumnBatch> Read(int part, IReadOnlyList<int> columns);
}

/// <summary>A kind of file or place that sources come from.</summary>
public interface ITransactionFormat
{
    /// <summary>The sources in a file, or null where it is none of this kind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">Its first bytes, up to 16.</param>
    /// <param name="options">What to look for within it.</param>
    /// <exception cref="Diagnostics.BadDataException">The file is of this kind, and damaged or without what is looked for.</exception>
    IReadOnlyList<ITransactionSource>? Open(string path, ReadOnlySpan<byte> start, SourceOptions options);
}

/// <summary>A kind of place beyond files, such as databases.</summary>
public interface ITransactionPlace
{
    /// <summary>The sources at an address, or null where it is none of this kind.</summary>
    /// <param name="address">What stands in the place of a file's name.</param>
    /// <exception cref="Diagnostics.BadDataException">The place cannot be reached, or has not what is looked for.</exception>
    IReadOnlyList<ITransactionSource>? Open(string address);
}

/// <summary>What to look for within containers.</summary>
/// <param name="Sheet">Name of the sheet of a workbook; null for the first that has the columns.</param>
/// <param name="Fits">Whether a header, given as its names, has the columns that are needed.</param>
public sealed record SourceOptions(string? Sheet, Func<IReadOnlyList<string>, bool> Fits);
