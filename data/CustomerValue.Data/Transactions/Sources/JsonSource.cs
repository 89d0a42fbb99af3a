using System.Text;
using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Files;
using CustomerValue.Data.Transactions.Recognition;

namespace CustomerValue.Data.Transactions.Sources;

/// <summary>JSON objects as delimited text: nested fields are columns named by their dotted path; a row is an object, or an item of a list within it (<see cref="JsonColumns"/>).</summary>
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
        Columns = JsonColumns.Of(records, RecordsLookedAt);
        if (Columns.Names.Count == 0)
            throw new BadDataException($"{Name}: found JSON without objects, expected objects with the fields of a transaction, one a line or in an array; check how it was exported.");
    }

    public string Name => _text.Name;

    public string Format => _inArray ? "JSON" : "JSON lines";

    public long Bytes => _text.Bytes;

    public char? Delimiter => DelimitedLine.FieldEnd;

    /// <summary>The columns, and what a row is.</summary>
    public JsonColumns Columns { get; }

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

    /// <summary>Writes the records as lines, a few at a time.</summary>
    private sealed class TextStream : ForwardStream
    {
        private readonly JsonRecords _records;
        private readonly JsonColumns _columns;
        private readonly byte[]?[] _fields;
        private readonly MemoryStream _line = new();
        private int _taken;

        public TextStream(JsonSource source)
        {
            _records = source.Records();
            _columns = source.Columns;
            _fields = new byte[]?[_columns.Names.Count];
            DelimitedLine.Write(_line, [.. _columns.Names.Select(Encoding.UTF8.GetBytes)]);
        }

        public override int Read(Span<byte> buffer)
        {
            if (_taken == _line.Length)
            {
                _line.SetLength(0);
                _taken = 0;
                while (_line.Length < (1 << 16) && _records.Next(out ReadOnlySpan<byte> record))
                    WriteRows(record);
            }
            int given = Math.Min(buffer.Length, (int)_line.Length - _taken);
            _line.GetBuffer().AsSpan(_taken, given).CopyTo(buffer);
            _taken += given;
            return given;
        }

        /// <summary>A line, or one for each item of the list whose items are rows; an object without items gives a line without what only they have.</summary>
        private void WriteRows(ReadOnlySpan<byte> record)
        {
            Array.Clear(_fields);
            byte[] items = [];
            JsonRow.Visit(record, (path, value) => Set(_columns.Own(path), value), (path, list) =>
            {
                if (path == _columns.Items)
                    items = list.ToArray();
            });
            bool written = false;
            if (items.Length > 0)
                JsonRow.VisitItems(items, (path, value) => Set(_columns.OfItems(path), value), WriteItem);
            if (!written)
                DelimitedLine.Write(_line, _fields);

            void WriteItem()
            {
                DelimitedLine.Write(_line, _fields);
                written = true;
                _fields.AsSpan(_columns.FirstOfItems).Clear();
            }
        }

        private void Set(int column, ReadOnlySpan<byte> value)
        {
            if (column >= 0)
                _fields[column] = value.ToArray();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _records.Dispose();
            base.Dispose(disposing);
        }
    }
}
