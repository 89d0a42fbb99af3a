using System.Text;
using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Files;
using CustomerValue.Data.Transactions.Recognition;

namespace CustomerValue.Data.Transactions.Sources;

/// <summary>JSON objects as delimited text: nested fields are columns named by their dotted path, lists within an object are passed over.</summary>
internal sealed class JsonSource : ITextSource
{
    private const int RecordsLookedAt = 2_000;

    private readonly ITextSource _text;
    private readonly string _encoding;
    private readonly bool _inArray;

    private JsonSource(ITextSource text, string encoding, bool inArray)
    {
        (_text, _encoding, _inArray) = (text, encoding, inArray);
        using JsonRecords records = Records();
        OrderedNames names = new();
        for (int i = 0; i < RecordsLookedAt && records.Next(out ReadOnlySpan<byte> record); i++)
            JsonRow.Visit(record, names.Add);
        Columns = names.Names;
        if (Columns.Count == 0)
            throw new BadDataException($"{Name}: found JSON without objects, expected objects with the fields of a transaction, one a line or in an array; check how it was exported.");
    }

    public string Name => _text.Name;

    public string Format => _inArray ? "JSON" : "JSON lines";

    public long Bytes => _text.Bytes;

    public char? Delimiter => DelimitedLine.FieldEnd;

    /// <summary>Dotted paths of the fields, in order of appearance.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The source as JSON, or null where its text does not begin as JSON.</summary>
    public static JsonSource? Recognise(ITextSource text)
    {
        byte[] start = new byte[1 << 16];
        using (Stream stream = text.Open())
            start = start[..SourceReading.Read(stream, start, text)];
        string encoding = TextEncodings.Recognise(start);
        byte[] utf8 = TextEncodings.ToUtf8(start, encoding);
        ReadOnlySpan<byte> shown = utf8.AsSpan().TrimStart("\uFEFF"u8).TrimStart(" \t\r\n"u8);
        if (shown.IsEmpty || shown[0] is not ((byte)'{' or (byte)'[') || (shown[0] == '[' && shown[1..].TrimStart(" \t\r\n"u8) is not [(byte)'{', ..]) || (shown[0] == '{' && shown[1..].TrimStart(" \t\r\n"u8) is not [(byte)'"', ..]))
            return null;
        return new JsonSource(text, encoding, shown[0] == '[' || IsEnvelope(shown));
    }

    public Stream Open() => new TextStream(this);

    public void Dispose() => _text.Dispose();

    private JsonRecords Records() => new(TextEncodings.AsUtf8(_text.Open(), _encoding), Name, _inArray);

    /// <summary>Whether the text is one object around an array, rather than one object after the other.</summary>
    private static bool IsEnvelope(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader reader = new(text, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        try
        {
            bool array = false;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 0)
                    return array && text[(int)reader.BytesConsumed..].Trim(" \t\r\n"u8).IsEmpty;
                array |= reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == 1 && text[(int)reader.BytesConsumed..].TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
            }
            return array;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Distinct names in order of appearance.</summary>
    private sealed class OrderedNames
    {
        private readonly HashSet<string> _known = new(StringComparer.Ordinal);

        public List<string> Names { get; } = [];

        public void Add(string path, ReadOnlySpan<byte> value)
        {
            if (_known.Add(path))
                Names.Add(path);
        }
    }

    /// <summary>Writes the records as lines, a few at a time.</summary>
    private sealed class TextStream : ForwardStream
    {
        private readonly JsonRecords _records;
        private readonly Dictionary<string, int> _columns;
        private readonly string[] _names;
        private readonly byte[]?[] _fields;
        private readonly MemoryStream _line = new();
        private int _taken;

        public TextStream(JsonSource source)
        {
            _records = source.Records();
            _names = [.. source.Columns];
            _columns = _names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
            _fields = new byte[]?[_names.Length];
            DelimitedLine.Write(_line, Array.ConvertAll(_names, Encoding.UTF8.GetBytes));
        }

        public override int Read(Span<byte> buffer)
        {
            if (_taken == _line.Length)
            {
                _line.SetLength(0);
                _taken = 0;
                while (_line.Length < (1 << 16) && _records.Next(out ReadOnlySpan<byte> record))
                {
                    Array.Clear(_fields);
                    JsonRow.Visit(record, (path, value) =>
                    {
                        if (_columns.TryGetValue(path, out int column))
                            _fields[column] = value.ToArray();
                    });
                    DelimitedLine.Write(_line, _fields);
                }
            }
            int given = Math.Min(buffer.Length, (int)_line.Length - _taken);
            _line.GetBuffer().AsSpan(_taken, given).CopyTo(buffer);
            _taken += given;
            return given;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _records.Dispose();
            base.Dispose(disposing);
        }
    }
}
