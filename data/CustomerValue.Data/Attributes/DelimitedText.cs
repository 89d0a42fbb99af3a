using System.Text;
using CustomerValue.Data.Compression;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Attributes;

/// <summary>Records of a delimited text file (RFC 4180, plain or gzip, strict UTF-8), for files that fit in memory with ease.</summary>
/// <param name="text">The file's text, as <see cref="Open"/> gives it.</param>
/// <param name="path">The file's name in errors.</param>
/// <param name="delimiter">Character between fields.</param>
public sealed class DelimitedText(TextReader text, string path, char delimiter)
{
    private const int MaxFieldLength = 1 << 16;

    private readonly StringBuilder _field = new();
    private int _line = 1;

    /// <summary>Line on which the record last read begins.</summary>
    public int Line { get; private set; }

    /// <summary>Unpacks a gzip file once to its end, since the text before a cut may break off anywhere and would be blamed for it.</summary>
    /// <exception cref="BadDataException">There is no such file, or the gzip is damaged or cut off.</exception>
    public static void Check(string path)
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

    /// <summary>Opens a file; the decoder refuses what is not UTF-8.</summary>
    public static StreamReader Open(string path) =>
        new(OpenBytes(path), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);

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

    /// <summary>The next record that is not an empty line, or null at the end.</summary>
    /// <exception cref="BadDataException">The text is not UTF-8, a quote is not closed, or a field is too long.</exception>
    public List<string>? Read()
    {
        try
        {
            while (text.Peek() >= 0)
                if (ReadRecord() is { } record && (record.Count > 1 || record[0].Length > 0))
                    return record;
            return null;
        }
        catch (DecoderFallbackException exception)
        {
            throw new BadDataException($"{path} line {_line}: found bytes that are not UTF-8, expected UTF-8 text; convert the file, for example with iconv -f latin1 -t utf-8.", exception);
        }
    }

    private List<string> ReadRecord()
    {
        Line = _line;
        List<string> record = [];
        _field.Clear();
        bool quoted = false, wasQuoted = false;
        while (true)
        {
            int next = text.Read();
            if (next < 0)
            {
                if (quoted)
                    throw new BadDataException($"{path} line {Line}: found a quote that is never closed, expected a closing quote; mend the line.");
                break;
            }
            char c = (char)next;
            if (quoted)
            {
                if (c == '"' && text.Peek() == '"')
                    Append((char)text.Read());
                else if (c == '"')
                    quoted = false;
                else
                    Append(c);
                if (c == '\n')
                    _line++;
            }
            else if (c == '"' && _field.Length == 0 && !wasQuoted)
                quoted = wasQuoted = true;
            else if (c == delimiter)
            {
                record.Add(_field.ToString());
                _field.Clear();
                wasQuoted = false;
            }
            else if (c == '\n' || (c == '\r' && text.Peek() is '\n' or -1))
            {
                if (c == '\r')
                    _ = text.Read();
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
            throw new BadDataException($"{path} line {Line}: found a field longer than {MaxFieldLength} characters, expected one value; check delimiter and quotes.");
        _field.Append(c);
    }
}
