using CustomerValue.Data.Transactions.Sources;
using CustomerValue.Sources.Archives;
using CustomerValue.Sources.Columnar;
using CustomerValue.Sources.Workbooks;

namespace CustomerValue.Sources;

/// <summary>The formats beyond delimited text and JSON.</summary>
public static class SourceFormats
{
    /// <summary>All of them, in the order in which they look at a file: workbooks are zip archives too, so they come first.</summary>
    public static IReadOnlyList<ITransactionFormat> All { get; } = [new WorkbookFormat(), new ZipFormat(), new ZstdFormat(), new ParquetFormat(), new ArrowFormat()];
}
