using System.Text;
using System.Text.Json;

namespace CustomerValue.Data.Transactions.Sources;

/// <summary>Takes the fields of a JSON object: dotted path and text.</summary>
internal delegate void JsonField(string path, ReadOnlySpan<byte> value);

/// <summary>Walks over the fields of one JSON object.</summary>
internal static class JsonRow
{
    public static void Visit(ReadOnlySpan<byte> record, JsonField take)
    {
        Utf8JsonReader reader = new(record, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        reader.Read();
        Visit(ref reader, "", take);
    }

    private static void Visit(ref Utf8JsonReader reader, string prefix, JsonField take)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string path = prefix + reader.GetString();
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    Visit(ref reader, path + ".", take);
                    break;
                case JsonTokenType.StartArray:
                    reader.Skip();
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
