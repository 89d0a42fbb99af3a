using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;
using CustomerValue.Data.Text;

namespace CustomerValue.Models.Tables;

/// <summary>A delimited text file with a header, a column after another, as text.</summary>
/// <param name="Path">The file.</param>
/// <param name="Names">The header.</param>
/// <param name="Columns">A text a row for each name, trimmed.</param>
/// <param name="Lines">The line on which each row begins.</param>
public sealed record TextTable(string Path, IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<string>> Columns, IReadOnlyList<int> Lines)
{
    private const int ProgressRows = 50_000;

    /// <summary>Rows below the header.</summary>
    public int RowCount => Lines.Count;

    /// <summary>Reads a whole file, plain or gzip; what separates fields is found in the header.</summary>
    /// <exception cref="BadDataException">The file is absent, empty, damaged, or a row has not as many fields as the header.</exception>
    public static TextTable Read(string path, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        using DelimitedText records = DelimitedText.Open(path);
        string[] names = Header(path, records);
        List<string>[] columns = [.. names.Select(_ => new List<string>())];
        List<int> lines = [];
        SharedTexts shared = new();
        string phase = $"reading {System.IO.Path.GetFileName(path)}";
        while (records.Read() is { } record)
        {
            if (record.Count != names.Length)
                throw new BadDataException($"{path} line {records.Line}: found {record.Count} fields, expected {names.Length} as in the header; mend the line.");
            lines.Add(records.Line);
            for (int column = 0; column < names.Length; column++)
                columns[column].Add(shared.Share(record[column].Trim()));
            if (lines.Count % ProgressRows == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress.Report(new(phase, lines.Count, null, "rows"));
            }
        }
        if (lines.Count == 0)
            throw new BadDataException($"{path}: found a header and no row, expected one row a customer; give the whole table.");
        progress.Report(new(phase, lines.Count, lines.Count, "rows"));
        return new(path, names, columns, lines);
    }

    /// <summary>The place of a column that must be there.</summary>
    /// <param name="name">Its name in the header.</param>
    /// <param name="purpose">What it is wanted for, such as <c>the label</c>.</param>
    /// <exception cref="BadDataException">There is none; the nearest name is offered.</exception>
    public int Require(string name, string purpose) =>
        Find(name) is >= 0 and int column ? column
            : throw new BadDataException($"{Path} line 1: found no column '{name}', expected it as {purpose}.{Nearest(name)} The columns are {string.Join(", ", Names)}.");

    /// <summary>The place of a column, or -1.</summary>
    public int Find(string name)
    {
        for (int column = 0; column < Names.Count; column++)
            if (Names[column] == name)
                return column;
        return -1;
    }

    /// <summary>A question that offers the column of the most similar name; empty where none is similar.</summary>
    public string Nearest(string name) => NearestName.Find(name, Names) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    /// <summary>Where a value stands, for messages.</summary>
    public string Place(int row, int column) => $"{Path} line {Lines[row]}, column '{Names[column]}'";

    private static string[] Header(string path, DelimitedText records)
    {
        List<string> header = records.Read() ?? throw new BadDataException($"{path}: found an empty file, expected a header line and one row a customer; give the whole table.");
        string[] names = [.. header.Select(name => name.Trim())];
        HeaderCheck.EveryColumnNamed(path, names);
        HeaderCheck.EveryNameOnce(path, names);
        return names;
    }
}
