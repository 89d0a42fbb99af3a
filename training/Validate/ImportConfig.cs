using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerValue.Data.Files;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Training.Validate;

/// <summary>What was understood of files as options for <c>--config</c>: what all files have in common, and what was asked for.</summary>
internal static class ImportConfig
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string path, ReadSummary summary, ReaderOptions options)
    {
        JsonObject config = [];
        void Common(string name, Func<FileSummary, string> of)
        {
            string[] values = [.. summary.Files.Select(of).Distinct(StringComparer.Ordinal)];
            if (values.Length == 1 && values[0].Length > 0)
                config[name] = values[0];
        }
        void Texts(string name, IEnumerable<string> values)
        {
            JsonNode[] texts = [.. values.Select(value => (JsonNode)JsonValue.Create(value)!)];
            if (texts.Length > 0)
                config[name] = new JsonArray(texts);
        }

        if (summary.Files.Select(file => string.Join('|', file.Columns.OrderBy(column => column.Key))).Distinct().Count() == 1)
            Texts("map", summary.Files[0].Columns.OrderBy(column => column.Key).Select(column => $"{ColumnMapping.NameOf(column.Key)}={column.Value}"));
        Common("date-format", file => file.DateFormat);
        Common("decimal", file => file.DecimalSeparator == ',' ? "comma" : "point");
        Common("encoding", file => file.Encoding);
        if (summary.Files.All(file => file.Delimiter >= ' ' || file.Delimiter == '\t'))
            Common("delimiter", file => file.Delimiter switch { ',' => "comma", ';' => "semicolon", '\t' => "tab", '|' => "bar", var other => other.ToString() });
        if (options.TimeZone is { } zone)
            config["time-zone"] = zone;
        if (options.Sheet is { } sheet)
            config["sheet"] = sheet;
        if (options.Currency is { } currency)
            config["currency"] = currency;
        if (options.RatesOfExchange is { } rates)
            config["rates-of-exchange"] = Path.GetFullPath(rates);
        if (options.Where is { } where)
            config["where"] = where;
        Texts("keep", options.Keep);
        Texts("drop", options.Drop);
        Texts("refund", options.Refund);
        WholeFile.Write(path, stream => JsonSerializer.Serialize(stream, config, s_json), FileReaders.Anyone);
    }
}
