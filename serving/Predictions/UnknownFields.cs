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

    /// <summary>What is unknown in a call, or null.</summary>
    public static Finding? In(PredictionRequest request)
    {
        UnknownFields unknown = new();
        unknown.Add(request.Unknown, request.GetType(), "", "");
        IReadOnlyList<CustomerHistory?> customers = request.Customers ?? [];
        for (int i = 0; i < customers.Count; i++)
        {
            if (customers[i] is not { } customer)
                continue;
            if (customer.Unknown is not null)
                unknown.Add(customer.Unknown, typeof(CustomerHistory), "customers[].", $"customers[{i}].");
            IReadOnlyList<TransactionLine?> lines = customer.Transactions ?? [];
            for (int j = 0; j < lines.Count; j++)
                if (lines[j]?.Unknown is { } fields)
                    unknown.Add(fields, typeof(TransactionLine), "customers[].transactions[].", $"customers[{i}].transactions[{j}].");
        }
        return unknown.Told();
    }

    private void Add(Dictionary<string, JsonElement>? fields, Type form, string place, string path)
    {
        foreach (string name in fields?.Keys ?? Enumerable.Empty<string>())
            if (_fields.TryGetValue(place + name, out (string First, string Hint, int Places) known))
                _fields[place + name] = known with { Places = known.Places + 1 };
            else
                _fields.Add(place + name, (path + Excerpt.Of(name), Hint(name, form), 1));
    }

    private static string Hint(string name, Type form) =>
        NearestName.Find(name, form.GetProperties().Where(property => property.Name != nameof(PredictionRequest.Unknown)).Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))) is { } nearest ? $"did you mean '{nearest}'?" : "";

    private Finding? Told()
    {
        if (_fields.Count == 0)
            return null;
        IEnumerable<string> named = _fields.Values.Take(MostNamed).Select(field =>
            string.Join("; ", new[] { field.Places > 1 ? $"first of {field.Places:N0} places" : "", field.Hint }.Where(part => part.Length > 0)) is { Length: > 0 } more ? $"{field.First} ({more})" : field.First);
        string others = _fields.Count > MostNamed ? $" and {_fields.Count - MostNamed:N0} more" : "";
        return new Finding("unknown-fields", Severity.Warning,
            $"The service does not know {string.Join(", ", named)}{others}; what stands there was passed over.", "Check the spelling against /openapi/v1.json, or leave the fields out.");
    }
}
