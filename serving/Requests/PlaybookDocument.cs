using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerValue.Serving.Json;

namespace CustomerValue.Serving.Requests;

/// <summary>A playbook as it stands in a call.</summary>
/// <param name="Text">JSON.</param>
internal sealed record PlaybookDocument(string Text)
{
    /// <summary>UTF-8 JSON.</summary>
    public byte[] Utf8 => Encoding.UTF8.GetBytes(Text);
}

/// <summary>Reads an object without looking into it.</summary>
internal sealed class PlaybookDocumentConverter : JsonConverter<PlaybookDocument>
{
    public override PlaybookDocument Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Token.Unexpected(ref reader, "an object like {\"format\":1,\"channels\":[...],\"actions\":[...]}");
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return new PlaybookDocument(document.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, PlaybookDocument value, JsonSerializerOptions options) => writer.WriteRawValue(value.Text);
}
