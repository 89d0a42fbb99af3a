using System.Globalization;
using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;

namespace CustomerValue.Decisions.Playbook;

/// <summary>A part of a JSON file that is read by key; every error says where it stands.</summary>
internal sealed class JsonPart
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);

    public JsonPart(JsonElement element, string place, params string[] keys)
    {
        Place = place;
        if (element.ValueKind != JsonValueKind.Object)
            throw Bad($"found {Shown(element)}, expected an object {{...}}");
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!keys.Contains(member.Name, StringComparer.Ordinal))
                throw Bad($"found the unknown key '{member.Name}', expected one of {string.Join(", ", keys)}; {NearestName.Hint(member.Name, keys, "keys")}");
            if (!_members.TryAdd(member.Name, member.Value))
                throw Bad($"found the key '{member.Name}' twice, expected it once; remove one");
        }
    }

    public string Place { get; }

    public bool Has(string key) => _members.TryGetValue(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    public JsonElement Required(string key, string what) =>
        Has(key) ? _members[key] : throw Bad($"found no '{key}', expected {what}; add it");

    public string Text(string key, string what) => Required(key, what) is { ValueKind: JsonValueKind.String } text && text.GetString()!.Trim() is { Length: > 0 } value
        ? value : throw BadValue(key, what);

    public double Number(string key, double least, double most, string what) =>
        Required(key, what) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out double value) && value >= least && value <= most ? value : throw BadValue(key, what);

    public double? OptionalNumber(string key, double least, double most, string what) => Has(key) ? Number(key, least, most, what) : null;

    public int Whole(string key, int least, int most, string what) =>
        Number(key, least, most, what) is var value && value == Math.Floor(value) ? (int)value : throw BadValue(key, what);

    public IEnumerable<(JsonElement Value, string Place)> Items(string key, string what)
    {
        JsonElement array = Required(key, what);
        if (array.ValueKind != JsonValueKind.Array)
            throw BadValue(key, what);
        int at = 0;
        foreach (JsonElement item in array.EnumerateArray())
            yield return (item, string.Create(CultureInfo.InvariantCulture, $"{Place}, {key}[{at++}]"));
    }

    public BadDataException BadValue(string key, string expected) => Bad($"'{key}': found {Shown(_members[key])}, expected {expected}");

    public BadDataException Bad(string problem) => new($"{Place}: {problem}.");

    private static string Shown(JsonElement value) => value.GetRawText() is { Length: > 40 } text ? text[..40] + "..." : value.GetRawText();
}
