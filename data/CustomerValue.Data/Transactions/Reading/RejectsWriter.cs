using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Files;
using CustomerValue.Data.Text;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Writes rejected lines as CSV, to a file that takes its place when it is whole.</summary>
internal sealed class RejectsWriter : IDisposable
{
    private readonly WholeFile _file;
    private readonly CsvWriter _csv;

    /// <exception cref="BadDataException">The file cannot be written.</exception>
    public RejectsWriter(string path)
    {
        try
        {
            _file = new WholeFile(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadDataException($"{path}: found that rejected lines cannot be written there ({error.Message}), expected a writable file; choose another.", error);
        }
        _csv = new CsvWriter(_file.Content, "file", "line", "column", "found", "expected");
    }

    public void Write(RejectedRow row)
    {
        _csv.Text(row.File);
        _csv.Whole(row.Line);
        _csv.Text(row.Column);
        _csv.Text(row.Found);
        _csv.Text(row.Expected);
        _csv.EndRow();
    }

    /// <summary>Puts the finished file in its place.</summary>
    public void Finish()
    {
        _csv.Dispose();
        _file.Publish();
    }

    public void Dispose() => _file.Dispose();
}
