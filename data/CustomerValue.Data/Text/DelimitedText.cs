using System.Text;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Files;

namespace CustomerValue.Data.Text;

/// <summary>Records of a delimited text file (RFC 4180, plain or gzip, strict UTF-8), for files that fit in memory with ease.</summary>
public sealed class DelimitedText : IDisposable
{
    private const int MaxFieldLength = 1 << 16;
    private static readonly char[] s_delimiters = [',', ';', '\t', '|'];

    private readonly string _path;
    private readonly StreamReader _text;
    private readonly char _delimiter;
    private readonly StringBuilder _field = new();
    private int _line = 1;

    private DelimitedText(string path, char delimiter)
    {
        _path = path;
        _delimiter = delimiter;
        // The decoder refuses what is not UTF-8.
        _text = new StreamReader(OpenBytes(path), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
    }

    /// <summary>Line on which the record last read begins.</summary>
    public int Line { get; private set; }

    /// <summary>Opens a file and looks through a packed one to its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">Character between fields; null: the most frequent of comma, semicolon, tab and bar in the first record.</param>
    /// <exception cref="BadDataException">There is no such file, or the gzip is damaged or cut off.</exception>
    public static DelimitedText Open(string path, char? delimiter = null)
    {
        Check(path);
        return new DelimitedText(path, delimiter ?? Recognise(path));
    }

    /// <summary>The next record that is not an empty line, or null at the end.</summary>
    /// <exception cref="BadDataException">The text is not UTF-8, a quote is not closed, or a field is too long.</exception>
    public List<string>? Read()
    {
        try
        {
            while (_text.Peek() >= 0)
                if (ReadRecord() is { } record && (record.Count > 1 || record[0].Length > 0))
                    return record;
            return null;
        }
        catch (DecoderFallbackException exception)
        {
            throw new BadDataException($"{_path} line {_line}: found bytes that are not UTF-8, expected UTF-8 text; convert the file, for example with iconv -f latin1 -t utf-8.", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();

    /// <summary>Unpacks a gzip file once to its end, since the text before a cut may break off anywhere and would be blamed for it.</summary>
    private static void Check(string path)
    {
        using Stream bytes = OpenBytes(path);
        if (bytes is not WholeGzipStream)
            return;
        try
        {
            bytes.CopyTo(Stream.Null);
        }
        catch (InvalidDataException exception)
        {
            throw new BadDataException($"{path}: found a damaged or cut off gzip stream, expected a whole one; copy the file again.", exception);
        }
    }

    private static char Recognise(string path)
    {
        using DelimitedText records = new(path, '\0');
        string header = string.Join('\n', records.Read() ?? []);
        return s_delimiters.MaxBy(delimiter => header.Count(c => c == delimiter));
    }

    private static Stream OpenBytes(string path)
    {
        FileStream file;
        try
        {
            if (Directory.Exists(path))
                throw new BadDataException($"{path}: found a directory, expected a file of delimited text; name the file.");
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{path}: found no readable file ({exception.Message}), expected a file of delimited text; check the path and its rights.", exception);
        }
        Span<byte> magic = stackalloc byte[2];
        int read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && magic is [0x1f, 0x8b] ? new WholeGzipStream(file) : file;
    }

    private List<string> ReadRecord()
    {
        Line = _line;
        List<string> record = [];
        _field.Clear();
        bool quoted = false, wasQuoted = false;
        while (true)
        {
            int next = _text.Read();
            if (next < 0)
            {
                if (quoted)
                    throw new BadDataException($"{_path} line {Line}: found a quote that is never closed, expected a closing quote; mend the line.");
                break;
            }
            char c = (char)next;
            if (quoted)
            {
                if (c == '"' && _text.Peek() == '"')
                    Append((char)_text.Read());
                else if (c == '"')
                    quoted = false;
                else
                    Append(c);
                if (c == '\n')
                    _line++;
            }
            else if (c == '"' && _field.Length == 0 && !wasQuoted)
                quoted = wasQuoted = true;
            else if (c == _delimiter)
            {
                record.Add(_field.ToString());
                _field.Clear();
                wasQuoted = false;
            }
            else if (c == '\n' || (c == '\r' && _text.Peek() is '\n' or -1))
            {
                if (c == '\r')
                    _ = _text.Read();
                _line++;
                break;
            }
            else
                Append(c);
        }
        record.Add(_field.ToString());
        return record;
    }

    private void Append(char c)
    {
        if (_field.Length == MaxFieldLength)
            throw new BadDataException($"{_path} line {Line}: found a field longer than {MaxFieldLength} characters, expected one value; check delimiter and quotes.");
        _field.Append(c);
    }
}
