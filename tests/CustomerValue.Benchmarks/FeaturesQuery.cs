using System.Globalization;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Windows;

namespace CustomerValue.Benchmarks;

/// <summary>A catalogue as one SQL query over a table <c>log(customer_id, date, product, channel, amount)</c> without returns.</summary>
/// <remarks>Days first, then customers from days; products and channels, which only the rows know, from the rows.</remarks>
internal sealed class FeaturesQuery(AggregateCatalogue catalogue, ObservationWindow window)
{
    public string Text => string.Create(CultureInfo.InvariantCulture, $"""
        WITH past AS (SELECT customer_id, date, product, channel, amount FROM log WHERE date >= {Date(window.Origin)} AND date < {Date(window.Cutoff)}),
        days AS (SELECT customer_id, date, sum(amount) AS spend, count(*) AS lines FROM past GROUP BY customer_id, date),
        gaps AS (SELECT *, date_diff('day', lag(date) OVER customer, date) AS gap, row_number() OVER customer = 1 AS is_first FROM days WINDOW customer AS (PARTITION BY customer_id ORDER BY date)),
        by_day AS (SELECT customer_id, {Columns(definition => !OfRows(definition))} FROM gaps GROUP BY customer_id),
        by_row AS (SELECT customer_id, {Columns(OfRows)} FROM past GROUP BY customer_id)
        SELECT {string.Join(", ", catalogue.Definitions.Select((_, i) => $"a{i}"))} FROM by_day JOIN by_row USING (customer_id)
        """);

    private static bool OfRows(AggregateDefinition definition) => definition.Column is AggregateColumn.Product or AggregateColumn.Channel;

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
            AggregateColumn.Month => "(year(date) * 12 + month(date))",
            AggregateColumn.Product => "product",
            AggregateColumn.Channel => "channel",
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
            (AggregateKind.Count, _) => $"count(*){filter}",
            (AggregateKind.Sum, _) => $"coalesce(sum({value}){filter}, 0)",
            (AggregateKind.SumOfSquares, _) => $"coalesce(sum({value} * {value}){filter}, 0)",
            (AggregateKind.Min, _) => $"min({value}){filter}",
            (AggregateKind.Max, _) => $"max({value}){filter}",
            (AggregateKind.Distinct, _) => $"count(DISTINCT {value}){filter}",
            (AggregateKind.First, AggregateColumn.Day) => $"min({value}){filter}",
            (AggregateKind.Last, AggregateColumn.Day) => $"max({value}){filter}",
            (AggregateKind.First, _) => $"arg_min({value}, date){filter}",
            _ => $"arg_max({value}, date){filter}",
        };
    }

    private static string Date(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"DATE '{day:yyyy-MM-dd}'");
}
