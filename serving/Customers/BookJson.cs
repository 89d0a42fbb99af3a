using System.Globalization;
using System.Text.Json.Nodes;
using CustomerValue.CustomerBook;

namespace CustomerValue.Serving.Customers;

/// <summary>A customer of the book as answers have it.</summary>
internal static class BookJson
{
    public static JsonObject Of(BookRow row)
    {
        JsonObject customer = [];
        for (int i = 0; i < row.Columns.Count; i++)
            customer.Add(row.Columns[i].Name, row.Values[i] switch
            {
                null => null,
                string text => JsonValue.Create(text),
                double number => JsonValue.Create(number),
                long whole => JsonValue.Create(whole),
                bool flag => JsonValue.Create(flag),
                DateOnly day => JsonValue.Create(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                string[] texts => new JsonArray([.. texts.Select(text => (JsonNode)JsonValue.Create(text))]),
                object other => throw new NotSupportedException($"A column of {other.GetType()} needs its way into JSON."),
            });
        return customer;
    }
}
