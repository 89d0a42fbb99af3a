using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Features;

/// <summary>Writes and reads a schema as data; the text is canonical and what the hash is taken of.</summary>
internal static class FeatureSchemaJson
{
    private static readonly JsonWriterOptions s_readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(FeatureSchema schema)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text, s_readable))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("features");
            foreach (FeatureDefinition feature in schema.Features)
            {
                writer.WriteStartObject();
                writer.WriteString("name", feature.Name);
                writer.WriteString("unit", feature.Unit);
                writer.WriteString("meaning", feature.Meaning);
                writer.WriteString("reason", feature.ReasonTemplate);
                writer.WriteString("kind", feature.Kind.ToString());
                writer.WriteString("source", feature.Source.ToString());
                WriteLevels(writer, feature.Levels);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteStartArray("attributes");
            foreach (AttributeColumn column in schema.Attributes.Columns)
            {
                writer.WriteStartObject();
                writer.WriteString("name", column.Name);
                writer.WriteString("kind", column.Kind.ToString());
                WriteLevels(writer, column.Levels);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    public static FeatureSchema Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            List<FeatureDefinition> features = [];
            foreach (JsonElement entry in document.RootElement.GetProperty("features").EnumerateArray())
                features.Add(new FeatureDefinition(Text(entry, "name"), Text(entry, "unit"), Text(entry, "meaning"), Text(entry, "reason"), Enum.Parse<FeatureKind>(Text(entry, "kind")), Levels(entry))
                {
                    Source = Enum.Parse<FeatureSource>(Text(entry, "source")),
                });
            List<AttributeColumn> attributes = [];
            foreach (JsonElement entry in document.RootElement.GetProperty("attributes").EnumerateArray())
                attributes.Add(new AttributeColumn(Text(entry, "name"), Enum.Parse<AttributeKind>(Text(entry, "kind")), Levels(entry)));
            return new FeatureSchema(features, new AttributeSchema(attributes));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new BadDataException($"feature schema: found text that is not one ({exception.Message}); expected what a model's folder holds; restore the file or train again.", exception);
        }
    }

    private static void WriteLevels(Utf8JsonWriter writer, IReadOnlyList<string> levels)
    {
        if (levels.Count == 0)
            return;
        writer.WriteStartArray("levels");
        foreach (string level in levels)
            writer.WriteStringValue(level);
        writer.WriteEndArray();
    }

    private static string[] Levels(JsonElement entry) => entry.TryGetProperty("levels", out JsonElement levels)
        ? [.. levels.EnumerateArray().Select(level => level.GetString() ?? throw new FormatException("a level is null"))]
        : [];

    private static string Text(JsonElement entry, string property) =>
        entry.GetProperty(property).GetString() ?? throw new FormatException($"{property} is null");
}
