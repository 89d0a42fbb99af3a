using System.Text;
using System.Text.Json;

namespace CustomerValue.Data.Transactions.Sources;

/// <summary>Takes a field of a JSON object: dotted path and text; or a list within it: dotted path and JSON.</summary>
internal delegate void JsonField(string path, ReadOnlySpan<byte> value);

/// <summary>Walks over the fields of one JSON object.</summary>
internal static class JsonRow
{
    private static readonly JsonReaderOptions s_lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <param name="record">One object.</param>
    /// <param name="take">Takes its fields, those of objects within it by their path.</param>
    /// <param name="takeList">Takes the lists within it, whole.</param>
    public static void Visit(ReadOnlySpan<byte> record, JsonField take, JsonField? takeList = null)
    {
        Utf8JsonReader reader = new(record, s_lenient);
        reader.Read();
        VisitFields(ref reader, record, "", take, takeList);
    }

    /// <summary>Walks over the objects of a list; what else it holds is passed over.</summary>
    /// <param name="list">One list.</param>
    /// <param name="take">Takes the fields of each.</param>
    /// <param name="end">Told behind each object.</param>
    public static void VisitItems(ReadOnlySpan<byte> list, JsonField take, Action end)
    {
        Utf8JsonReader reader = new(list, s_lenient);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                VisitFields(ref reader, list, "", take, takeList: null);
                end();
            }
            else
            {
                reader.Skip();
            }
    }

    private static void VisitFields(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, string prefix, JsonField take, JsonField? takeList)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string path = prefix + reader.GetString();
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    VisitFields(ref reader, text, path + ".", take, takeList);
                    break;
                case JsonTokenType.StartArray:
                    int start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    takeList?.Invoke(path, text[start..(int)reader.BytesConsumed]);
                    break;
                case JsonTokenType.Null:
                    take(path, []);
                    break;
                case JsonTokenType.String when reader.ValueIsEscaped:
                    take(path, Encoding.UTF8.GetBytes(reader.GetString()!));
                    break;
                default:
                    take(path, reader.ValueSpan);
                    break;
            }
        }
    }
}
