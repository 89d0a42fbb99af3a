using System.Text.Json;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;
using CustomerValue.Serving.Json;

namespace CustomerValue.Serving.Predictions;

/// <summary>Fields of a call that the service does not know: they are passed over and named, so that a misspelt one is not lost in silence.</summary>
internal sealed class UnknownFields
{
    private const int MostNamed = 20;

    private readonly Dictionary<string, (string First, string Hint, int Places)> _fields = new(StringComparer.Ordinal);

    /// <summary>Fields that are told apart; what else comes is only counted.</summary>
    private const int MostKept = 1000;

    private int _others;

    /// <summary>Notes a field.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="form">The form in which it stands and that does not know it.</param>
    /// <param name="place">Where such fields stand, without numbers.</param>
    /// <param name="path">Where this one stands.</param>
    public void Add(string name, Type form, string place, string path)
    {
        if (_fields.TryGetValue(place + name, out (string First, string Hint, int Places) known))
            _fields[place + name] = known with { Places = known.Places + 1 };
        else if (_fields.Count == MostKept)
            _others++;
        else
            _fields.Add(place + name, (path + Excerpt.Of(name), Hint(name, form), 1));
    }

    private static string Hint(string name, Type form) =>
        NearestName.Find(name, form.GetProperties().Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))) is { } nearest ? $"did you mean '{nearest}'?" : "";

    /// <summary>What is unknown in a call, or null.</summary>
    public Finding? Told()
    {
        if (_fields.Count == 0)
            return null;
        IEnumerable<string> named = _fields.Values.Take(MostNamed).Select(field =>
            string.Join("; ", new[] { field.Places > 1 ? $"first of {field.Places:N0} places" : "", field.Hint }.Where(part => part.Length > 0)) is { Length: > 0 } more ? $"{field.First} ({more})" : field.First);
        string others = _fields.Count > MostNamed ? $" and {_fields.Count - MostNamed + _others:N0} more" : "";
        return new Finding("unknown-fields", Severity.Warning,
            $"The service does not know {string.Join(", ", named)}{others}; what stands there was passed over.", "Check the spelling against /openapi/v1.json, or leave the fields out.");
    }
}
