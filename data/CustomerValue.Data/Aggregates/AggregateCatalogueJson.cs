using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Aggregates;

/// <summary>Writes and reads a catalogue as data; the text is canonical: one catalogue has one text.</summary>
internal static class AggregateCatalogueJson
{
    private static readonly JsonWriterOptions s_readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(AggregateCatalogue catalogue)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text, s_readable))
        {
            writer.WriteStartObject();
            writer.WriteNumber("horizon_days", catalogue.Horizon.Days);
            WriteNames(writer, "channels", catalogue.Channels);
            WriteNames(writer, "categories", catalogue.Categories);
            writer.WriteStartArray("aggregates");
            foreach (AggregateDefinition definition in catalogue.Definitions)
            {
                writer.WriteStartObject();
                writer.WriteString("name", definition.Name);
                writer.WriteString("kind", definition.Kind.ToString());
                writer.WriteString("column", definition.Column.ToString());
                writer.WriteNumber("from_days", definition.Window.FromDays);
                writer.WriteNumber("to_days", definition.Window.ToDays);
                if (definition.Level is not null)
                    writer.WriteString("level", definition.Level);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    public static AggregateCatalogue Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            List<AggregateDefinition> definitions = [];
            foreach (JsonElement entry in root.GetProperty("aggregates").EnumerateArray())
                definitions.Add(new AggregateDefinition(
                    Text(entry, "name"),
                    Enum.Parse<AggregateKind>(Text(entry, "kind")),
                    Enum.Parse<AggregateColumn>(Text(entry, "column")),
                    new DayWindow(entry.GetProperty("from_days").GetInt32(), entry.GetProperty("to_days").GetInt32()),
                    entry.TryGetProperty("level", out JsonElement level) ? level.GetString() : null));
            return new AggregateCatalogue(new Horizon(root.GetProperty("horizon_days").GetInt32()), definitions, Names(root, "channels"), Names(root, "categories"));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new BadDataException($"aggregate catalogue: found text that is not one ({exception.Message}); expected what a model's folder holds; restore the file or train again.", exception);
        }
    }

    private static void WriteNames(Utf8JsonWriter writer, string property, IReadOnlyList<string> names)
    {
        writer.WriteStartArray(property);
        foreach (string name in names)
            writer.WriteStringValue(name);
        writer.WriteEndArray();
    }

    private static string[] Names(JsonElement root, string property) =>
        [.. root.GetProperty(property).EnumerateArray().Select(name => name.GetString() ?? throw new FormatException($"a name of {property} is null"))];

    private static string Text(JsonElement entry, string property) =>
        entry.GetProperty(property).GetString() ?? throw new FormatException($"{property} is null");
}
