using System.Globalization;
using System.Text;
using System.Text.Json;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Strategy.Scorecard;

/// <summary>Reads a scorecard's JSON strictly and remembers on which line each item stands.</summary>
internal sealed class ScorecardParser(string text, string source)
{
    public const string Format = "customer-value-scorecard/1";
    private const int MaxDepth = 32;

    private readonly byte[] _json = Encoding.UTF8.GetBytes(text);
    private string? _format;

    /// <summary>Name of the scorecard and its two branches, unchecked but for their form.</summary>
    public (string Name, ScorecardItem Current, ScorecardItem Potential) Parse()
    {
        Utf8JsonReader reader = new(_json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MaxDepth });
        string name = "";
        ScorecardItem? current = null, potential = null;
        try
        {
            reader.Read();
            Expect(ref reader, JsonTokenType.StartObject, "an object");
            while (NextProperty(ref reader) is { } property)
                switch (property)
                {
                    case "format": _format = Text(ref reader); break;
                    case "name": name = Text(ref reader); break;
                    case "current": current = Item(ref reader, property, current); break;
                    case "potential": potential = Item(ref reader, property, potential); break;
                    default: throw Unknown(ref reader, property, "format, name, current, potential");
                }
            if (reader.Read())
                throw Bad(ref reader, "more text after the scorecard", "nothing", "remove it");
        }
        catch (JsonException exception)
        {
            throw new BadDataException(string.Create(CultureInfo.InvariantCulture, $"{source} line {exception.LineNumber + 1}: found text that is not JSON ({exception.Message}), expected a scorecard; mend it."), exception);
        }
        catch (InvalidOperationException exception)
        {
            // A text with half of a surrogate pair: valid JSON, but no text.
            throw new BadDataException(string.Create(CultureInfo.InvariantCulture, $"{source} line {Line(reader.TokenStartIndex)}: found a text that is not Unicode, expected a scorecard; correct it."), exception);
        }
        if (_format != Format)
            throw new BadDataException($"{source} line 1: found the format '{_format}', expected '{Format}'; write \"format\": \"{Format}\".");
        return (name, Branch(current, "current"), Branch(potential, "potential"));
    }

    private ScorecardItem Branch(ScorecardItem? branch, string name) =>
        branch is { IsGroup: true } ? branch : throw new BadDataException($"{source} line {branch?.Line ?? 1}: found no branch \"{name}\" with items, expected one; add \"{name}\": {{ \"items\": [...] }}.");

    private ScorecardItem Item(ref Utf8JsonReader reader, string name, ScorecardItem? before = null)
    {
        if (before is not null)
            throw Bad(ref reader, $"\"{name}\" twice", "it once", "remove one");
        if (reader.TokenType == JsonTokenType.PropertyName)
            reader.Read();
        Expect(ref reader, JsonTokenType.StartObject, "an object");
        ScorecardItem item = new() { Line = Line(reader.TokenStartIndex), Name = name };
        bool named = name.Length > 0, group = named;
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (NextProperty(ref reader) is { } property)
        {
            if (!seen.Add(property))
                throw Bad(ref reader, $"\"{property}\" twice", "it once", "remove one");
            switch (property)
            {
                case "indicator" when !named: (item.Name, named) = (Text(ref reader), true); break;
                case "group" when !named: (item.Name, named, group) = (Text(ref reader), true, true); break;
                case "weight": item.Weight = Number(ref reader, 0, 1); break;
                case "weights": item.Weighting = Choice(ref reader, ("direct", Weighting.Direct), ("ahp", Weighting.Ahp), ("entropy", Weighting.Entropy)); break;
                case "judgements": item.Judgements = Matrix(ref reader); break;
                case "items": Items(ref reader, item); break;
                case "method": item.Method = Choice(ref reader, ("rank", NormalisationMethod.Rank), ("min-max", NormalisationMethod.MinMax), ("z", NormalisationMethod.Z), ("target", NormalisationMethod.Target)); break;
                case "winsor": item.Winsor = Number(ref reader, 0, 0.25); break;
                case "target": item.Target = Number(ref reader, double.MinValue, double.MaxValue); break;
                case "worst": item.Worst = Number(ref reader, double.MinValue, double.MaxValue); break;
                case "better": item.LowIsBetter = Choice(ref reader, ("low", true), ("high", false)); break;
                default: throw Unknown(ref reader, property, "indicator or group, weight, weights, judgements, items, method, winsor, target, worst, better");
            }
        }
        if (!named)
            throw new BadDataException($"{source} line {item.Line}: found an item without a name, expected \"indicator\" or \"group\"; add one.");
        if (group != item.IsGroup)
            throw new BadDataException($"{source} line {item.Line}: found {(group ? $"the group '{item.Name}' without" : $"the indicator '{item.Name}' with")} items, expected {(group ? "some" : "none")}; a group has items, an indicator has not.");
        return item;
    }

    private void Items(ref Utf8JsonReader reader, ScorecardItem group)
    {
        group.IsGroup = true;
        reader.Read();
        Expect(ref reader, JsonTokenType.StartArray, "a list of items");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            group.Items.Add(Item(ref reader, ""));
    }

    private List<List<double>> Matrix(ref Utf8JsonReader reader)
    {
        List<List<double>> rows = [];
        reader.Read();
        Expect(ref reader, JsonTokenType.StartArray, "rows of judgements");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref reader, JsonTokenType.StartArray, "a row of judgements");
            List<double> row = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                row.Add(Judgement(ref reader));
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>A number, or a fraction as text such as "1/3".</summary>
    private double Judgement(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.GetDouble();
        string[] parts = reader.TokenType == JsonTokenType.String ? reader.GetString()!.Split('/') : [];
        if (parts.Length is 1 or 2 && Array.TrueForAll(parts, part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0))
            return int.Parse(parts[0], CultureInfo.InvariantCulture) / (parts.Length == 2 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : 1);
        throw Bad(ref reader, Found(ref reader), "a number or a fraction such as \"1/3\"", "correct the judgement");
    }

    private double Number(ref Utf8JsonReader reader, double least, double most)
    {
        reader.Read();
        double value = reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : double.NaN;
        if (value >= least && value <= most)
            return value;
        string range = least == double.MinValue ? "a number" : string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}");
        throw Bad(ref reader, Found(ref reader), range, "correct it");
    }

    private T Choice<T>(ref Utf8JsonReader reader, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        string word = Text(ref reader);
        List<string> words = [];
        foreach ((string known, T value) in choices)
        {
            if (known == word)
                return value;
            words.Add(known);
        }
        throw Bad(ref reader, $"'{word}'", $"one of {string.Join(", ", words)}", "correct it");
    }

    private string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        Expect(ref reader, JsonTokenType.String, "a text");
        string value = reader.GetString()!;
        return value.Length > 0 ? value : throw Bad(ref reader, "an empty text", "a text", "fill it in");
    }

    /// <summary>Name of the next property, or null at the end of the object.</summary>
    private static string? NextProperty(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.EndObject ? null : reader.GetString();
    }

    private void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (reader.TokenType != type)
            throw Bad(ref reader, Found(ref reader), what, "correct it");
    }

    private string Found(ref Utf8JsonReader reader) => $"'{Encoding.UTF8.GetString(_json.AsSpan((int)reader.TokenStartIndex..(int)reader.BytesConsumed))}'";

    private BadDataException Unknown(ref Utf8JsonReader reader, string property, string known) => Bad(ref reader, $"\"{property}\"", $"one of {known}", "correct the name");

    private BadDataException Bad(ref Utf8JsonReader reader, string found, string expected, string remedy) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{source} line {Line(reader.TokenStartIndex)}: found {found}, expected {expected}; {remedy}."));

    private int Line(long index) => 1 + _json.AsSpan(0, (int)index).Count((byte)'\n');
}
