using System.Globalization;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Windows;

namespace CustomerValue.Benchmarks;

/// <summary>A catalogue as one SQL query over a table <c>log(customer_id, date, product, channel, amount)</c> without returns.</summary>
/// <remarks>
/// Written as one who knows the database would: days first, then customers from days; what is different in a window that ends at the cutoff is what was
/// bought last within it, so distinct values are counted from one row each and never by a set per window.
/// </remarks>
internal sealed class FeaturesQuery(AggregateCatalogue catalogue, ObservationWindow window)
{
    public string Text => string.Create(CultureInfo.InvariantCulture, $"""
        WITH past AS (SELECT customer_id, date, product, channel, amount FROM log WHERE date >= {Date(window.Origin)} AND date < {Date(window.Cutoff)}),
        days AS (SELECT customer_id, date, sum(amount) AS spend, count(*) AS lines FROM past GROUP BY customer_id, date),
        gaps AS (SELECT *, date_diff('day', lag(date) OVER customer, date) AS gap, row_number() OVER customer = 1 AS is_first FROM days WINDOW customer AS (PARTITION BY customer_id ORDER BY date)),
        products AS (SELECT customer_id, product, max(date) AS date FROM past GROUP BY customer_id, product),
        channels AS (SELECT customer_id, channel, max(date) AS date FROM past GROUP BY customer_id, channel),
        months AS (SELECT customer_id, max(date) AS date FROM days GROUP BY customer_id, year(date) * 12 + month(date)),
        by_day AS (SELECT customer_id, {Columns(definition => From(definition) == "gaps")} FROM gaps GROUP BY customer_id),
        by_row AS (SELECT customer_id, {Columns(definition => From(definition) == "past")} FROM past GROUP BY customer_id),
        by_product AS (SELECT customer_id, {Columns(definition => From(definition) == "products")} FROM products GROUP BY customer_id),
        by_channel AS (SELECT customer_id, {Columns(definition => From(definition) == "channels")} FROM channels GROUP BY customer_id),
        by_month AS (SELECT customer_id, {Columns(definition => From(definition) == "months")} FROM months GROUP BY customer_id)
        SELECT {string.Join(", ", catalogue.Definitions.Select((_, i) => $"a{i}"))}
        FROM by_day JOIN by_row USING (customer_id) JOIN by_product USING (customer_id) JOIN by_channel USING (customer_id) JOIN by_month USING (customer_id)
        """);

    private static string From(AggregateDefinition definition) => (definition.Kind, definition.Column) switch
    {
        (AggregateKind.Distinct, AggregateColumn.Product) => "products",
        (AggregateKind.Distinct, AggregateColumn.Channel) => "channels",
        (AggregateKind.Distinct, AggregateColumn.Month) => "months",
        (_, AggregateColumn.Channel) => "past",
        _ => "gaps",
    };

    private string Columns(Func<AggregateDefinition, bool> wanted) =>
        string.Join(", ", catalogue.Definitions.Select((definition, i) => (definition, i)).Where(entry => wanted(entry.definition)).Select(entry => $"{Expression(entry.definition)} AS a{entry.i}"));

    private string Expression(AggregateDefinition definition)
    {
        List<string> conditions = [];
        if (definition.Window.FromDays < window.Cutoff.DayNumber)
            conditions.Add($"date >= {Date(window.Cutoff.AddDays(-definition.Window.FromDays))}");
        if (definition.Window.ToDays > 0)
            conditions.Add($"date < {Date(window.Cutoff.AddDays(-definition.Window.ToDays))}");
        string value = definition.Column switch
        {
            AggregateColumn.Spend or AggregateColumn.RepeatSpend or AggregateColumn.Gross => "spend",
            AggregateColumn.Line => "lines",
            AggregateColumn.Day => string.Create(CultureInfo.InvariantCulture, $"(date_diff('day', {Date(window.Origin)}, date) + {window.Origin.DayNumber})"),
            AggregateColumn.Gap => "gap",
            _ => "0",
        };
        if (definition.Column == AggregateColumn.RepeatSpend)
            conditions.Add("NOT is_first");
        if (definition is { Column: AggregateColumn.Weekday, Level: { } weekday })
            conditions.Add($"isodow(date) = {weekday}");
        if (definition is { Column: AggregateColumn.Channel, Level: { } channel })
            conditions.Add($"channel = '{channel}'");
        string filter = conditions.Count == 0 ? "" : $" FILTER (WHERE {string.Join(" AND ", conditions)})";
        return (definition.Kind, definition.Column) switch
        {
            (_, AggregateColumn.Return) => "0",
            (AggregateKind.Count, AggregateColumn.Gap) => $"count(gap){filter}",
            (AggregateKind.Count, AggregateColumn.Line) => $"coalesce(sum(lines){filter}, 0)",
            (AggregateKind.Count or AggregateKind.Distinct, _) => $"count(*){filter}",
            (AggregateKind.Sum, _) => $"coalesce(sum({value}){filter}, 0)",
            (AggregateKind.SumOfSquares, _) => $"coalesce(sum({value} * {value}){filter}, 0)",
            (AggregateKind.Min, _) => $"min({value}){filter}",
            (AggregateKind.Max, _) => $"max({value}){filter}",
            (AggregateKind.First, AggregateColumn.Day) => $"min({value}){filter}",
            (AggregateKind.Last, AggregateColumn.Day) => $"max({value}){filter}",
            (AggregateKind.First, _) => $"arg_min({value}, date){filter}",
            _ => $"arg_max({value}, date){filter}",
        };
    }

    private static string Date(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"DATE '{day:yyyy-MM-dd}'");
}
