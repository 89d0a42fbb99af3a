using System.IO.Compression;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions.Sources;
using ExcelDataReader;

namespace CustomerValue.Sources.Workbooks;

/// <summary>Excel workbooks, .xlsx and .xls: the first sheet that has the columns, or the one that is asked for; sheets of the same columns are read together.</summary>
public sealed class WorkbookFormat : ITransactionFormat
{
    private const int HeaderRows = 30;

    static WorkbookFormat() => System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);

    /// <inheritdoc/>
    public IReadOnlyList<ITransactionSource>? Open(string path, ReadOnlySpan<byte> start, SourceOptions options)
    {
        bool old = start is [0xD0, 0xCF, 0x11, 0xE0, ..];
        if (!old && !(start is [(byte)'P', (byte)'K', 3, 4, ..] && IsWorkbook(path)))
            return null;
        try
        {
            return Sheets(path, options);
        }
        catch (Exception error) when (error is ExcelDataReader.Exceptions.ExcelReaderException or InvalidDataException or System.Xml.XmlException)
        {
            throw new BadDataException($"{path}: found a workbook that is damaged or locked ({error.Message}), expected one that can be opened; save it again without a password.", error);
        }
    }

    private static bool IsWorkbook(string path)
    {
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            return archive.GetEntry("xl/workbook.xml") is not null || archive.GetEntry("xl/workbook.bin") is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static WorkbookSheet[] Sheets(string path, SourceOptions options)
    {
        List<string> names = [];
        WorkbookSheet? first = null;
        string[]? header = null;
        List<WorkbookSheet> alike = [];
        using FileStream file = File.OpenRead(path);
        using IExcelDataReader reader = ExcelReaderFactory.CreateReader(file);
        int number = 0;
        do
        {
            names.Add(reader.Name);
            bool wanted = options.Sheet is null || string.Equals(reader.Name, options.Sheet, StringComparison.OrdinalIgnoreCase);
            for (int row = 0; wanted && row < HeaderRows && reader.Read(); row++)
            {
                string[] cells = [.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column)?.ToString()?.Trim() ?? "")];
                if (!options.Fits(cells) && options.Sheet is null)
                    continue;
                header ??= cells;
                if (cells.SequenceEqual(header, StringComparer.OrdinalIgnoreCase) || options.Sheet is not null)
                    alike.Add(new WorkbookSheet(path, number, reader.Name));
                first ??= alike[0];
                break;
            }
            number++;
        }
        while (reader.NextResult());
        if (options.Sheet is not null && first is null)
            throw new BadDataException($"{path}: found no sheet '{options.Sheet}' with rows, expected one of {string.Join(", ", names)}; check --sheet.");
        return alike.Count > 0 ? [.. alike] : [new WorkbookSheet(path, 0, names[0])];
    }
}
