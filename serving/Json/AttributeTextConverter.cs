using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerValue.Serving.Json;

/// <summary>The value of a customer attribute as text: numbers as they were written, null as nothing. The model knows what each attribute is.</summary>
/// <param name="Value">Text; empty where the value is missing.</param>
internal readonly record struct AttributeText(string Value);

/// <summary>Reads text, numbers, true, false and null.</summary>
internal sealed class AttributeTextConverter : JsonConverter<AttributeText>
{
    public override bool HandleNull => true;

    public override AttributeText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new AttributeText(Token.Text(ref reader)),
        JsonTokenType.Number => new AttributeText(Encoding.UTF8.GetString(reader.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence) : reader.ValueSpan)),
        JsonTokenType.True => new AttributeText("true"),
        JsonTokenType.False => new AttributeText("false"),
        JsonTokenType.Null => new AttributeText(""),
        _ => throw Token.Unexpected(ref reader, "text, a number, true, false or null"),
    };

    public override void Write(Utf8JsonWriter writer, AttributeText value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
