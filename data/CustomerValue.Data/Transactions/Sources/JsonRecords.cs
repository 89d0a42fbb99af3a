using System.Text.Json;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions.Sources;

/// <summary>Walks over the objects of a JSON text: one behind the other, or the elements of the first array that holds objects.</summary>
internal sealed class JsonRecords(Stream text, string name, bool inArray) : IDisposable
{
    private const int FirstBuffer = 1 << 16;

    private static readonly JsonReaderOptions s_lenient = new() { AllowMultipleValues = true, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private byte[] _buffer = new byte[FirstBuffer];
    private int _start, _end;
    private bool _ended;
    private bool _marked;
    private JsonReaderState _state = new(s_lenient);
    private int _arrayDepth = -1;

    /// <summary>The next object; its bytes hold until the next call.</summary>
    /// <exception cref="BadDataException">The text is no JSON.</exception>
    public bool Next(out ReadOnlySpan<byte> record)
    {
        while (true)
        {
            try
            {
                if (TryNext(out int start, out int length, out bool done))
                {
                    record = _buffer.AsSpan(start, length);
                    return true;
                }
                record = [];
                if (done)
                    return false;
            }
            catch (JsonException error)
            {
                throw new BadDataException($"{name} line {error.LineNumber + 1}: found text that is no JSON ({error.Message.Split(" LineNumber")[0]}), expected objects one a line or an array of objects; mend the file or export it again.", error);
            }
            Fill();
        }
    }

    public void Dispose() => text.Dispose();

    private bool TryNext(out int start, out int length, out bool done)
    {
        (start, length, done) = (0, 0, false);
        Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _ended, _state);
        while (true)
        {
            (JsonReaderState state, int used) = (reader.CurrentState, (int)reader.BytesConsumed);
            if (!reader.Read())
            {
                done = _ended;
                Keep(state, used);
                return false;
            }
            if (reader.TokenType == JsonTokenType.StartObject && (inArray ? _arrayDepth >= 0 && reader.CurrentDepth == _arrayDepth + 1 : reader.CurrentDepth == 0))
            {
                start = _start + (int)reader.TokenStartIndex;
                if (!reader.TrySkip())
                {
                    Keep(state, used);
                    return false;
                }
                length = _start + (int)reader.BytesConsumed - start;
                Keep(reader.CurrentState, (int)reader.BytesConsumed);
                return true;
            }
            if (inArray && reader.TokenType == JsonTokenType.StartArray && _arrayDepth < 0)
                _arrayDepth = reader.CurrentDepth;
            else if (inArray && reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == _arrayDepth)
                _arrayDepth = -1;
        }
    }

    private void Keep(JsonReaderState state, int used)
    {
        _state = state;
        _start += used;
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        int read = text.Read(_buffer, _end, _buffer.Length - _end);
        _ended = read == 0;
        _end += read;
        if (!_marked && _end >= 3)
        {
            _marked = true;
            if (_buffer is [0xEF, 0xBB, 0xBF, ..])
                _start = 3;
        }
    }
}
