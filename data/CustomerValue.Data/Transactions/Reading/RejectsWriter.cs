using System.Globalization;
using System.Text;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Reading;

/// <summary>Writes rejected lines as CSV: to a file beside the wanted one, which takes its place when it is whole.</summary>
internal sealed class RejectsWriter : IDisposable
{
    private readonly string _path, _unfinished;
    private readonly StreamWriter _writer;

    /// <exception cref="BadDataException">The file cannot be written.</exception>
    public RejectsWriter(string path)
    {
        _path = path;
        _unfinished = path + ".unfinished";
        try
        {
            _writer = new StreamWriter(_unfinished, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadDataException($"{path}: found that rejected lines cannot be written there ({error.Message}), expected a writable file; choose another.", error);
        }
        _writer.WriteLine("file,line,column,found,expected");
    }

    public void Write(RejectedRow row)
    {
        _writer.Write(Quoted(row.File));
        _writer.Write(',');
        _writer.Write(row.Line.ToString(CultureInfo.InvariantCulture));
        _writer.Write(',');
        _writer.Write(Quoted(row.Column));
        _writer.Write(',');
        _writer.Write(Quoted(row.Found));
        _writer.Write(',');
        _writer.WriteLine(Quoted(row.Expected));
    }

    /// <summary>Puts the finished file in its place.</summary>
    public void Finish()
    {
        _writer.Dispose();
        File.Move(_unfinished, _path, overwrite: true);
    }

    public void Dispose()
    {
        _writer.Dispose();
        File.Delete(_unfinished);
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
