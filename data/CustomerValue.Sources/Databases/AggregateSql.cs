using System.Globalization;
using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Sources.Databases;

/// <summary>Writes a catalogue's aggregates as queries, each with a row a customer and past: <see cref="AggregateCatalogue"/> in SQL, as docs/features.md describes it.</summary>
/// <param name="dialect">The database's words.</param>
/// <param name="relation">Table or query, as it stands behind FROM.</param>
/// <param name="columns">Which columns are what.</param>
/// <param name="returns">What negative amounts do.</param>
/// <param name="zeros">What amounts of 0 are.</param>
/// <param name="latest">The last day that may occur.</param>
internal sealed class AggregateSql(SqlDialect dialect, string relation, SourceColumns columns, ReturnsPolicy returns, ZeroAmounts zeros, DateOnly latest)
{
    /// <summary>What all names within the queries begin with.</summary>
    public const string Prefix = "cv_";

    /// <summary>Whether columns of answers bear names, for people who run the queries elsewhere; each then stands on a line.</summary>
    public bool HasNames { get; init; }

    private const string LargestAmount = "1.7e308", LargestSingle = "3.4e38";

    /// <summary>What is left out as it is where rows are read: words for no customer, days that stand for none or are not yet, amounts that are no finite number.</summary>
    private readonly string _usable = string.Create(CultureInfo.InvariantCulture,
        $"cv_c IS NOT NULL AND cv_c NOT IN ('', 'NULL', 'null', 'NaN', 'nan', 'None', '<NA>') AND cv_d >= {SourceColumns.FirstDay.DayNumber} AND cv_d <= {latest.DayNumber} AND cv_d NOT IN ({string.Join(", ", SourceColumns.Placeholders.Select(day => day.DayNumber))}) AND abs(cv_a) <= {LargestAmount}");

    /// <summary>First and last day, and rows, of the whole table.</summary>
    public string Extent() => $"SELECT '', {dialect.Double("min(cv_d)")}, {dialect.Double("max(cv_d)")}, {dialect.Double("count(*)")} FROM ({Rows()}) AS cv_rows WHERE {_usable}";

    /// <summary>How many rows before a day have each name of a channel or category, the most frequent first.</summary>
    public string Levels(ColumnRole role, DateOnly before, int most) => string.Create(CultureInfo.InvariantCulture,
        $"SELECT {ShortOf(role)}, {dialect.Double("count(*)")} AS cv_n FROM ({Rows()}) AS cv_rows WHERE {_usable} AND {ShortOf(role)} IS NOT NULL AND cv_d < {before.DayNumber} GROUP BY {ShortOf(role)} ORDER BY cv_n DESC, {dialect.Ordinal(ShortOf(role))} LIMIT {most}");

    /// <summary>The queries that together give all aggregates of some pasts, each in one pass over the table, and returns for which there was no purchase.</summary>
    /// <param name="catalogue">The aggregates.</param>
    /// <param name="windows">The pasts, each with another cutoff.</param>
    /// <param name="range">Of which customers.</param>
    public IReadOnlyList<AggregateQuery> Of(AggregateCatalogue catalogue, IReadOnlyList<ObservationWindow> windows, CustomerRange range)
    {
        string lines = string.Create(CultureInfo.InvariantCulture,
            $"SELECT * FROM ({Rows()}) AS cv_rows WHERE {_usable}{(returns == ReturnsPolicy.Ignore ? " AND cv_a >= 0" : "")} AND cv_d >= {windows.Min(window => window.Origin).DayNumber} AND cv_d < {windows.Max(window => window.Cutoff).DayNumber}{(range.Count > 1 ? $" AND {dialect.Modulo(dialect.Hash("cv_c"), range.Count)} = {range.Index}" : "")}");
        List<(int, string)> ofDays = [], ofLines = [], ofCategories = [], ofChannels = [];
        for (int i = 0; i < catalogue.Count; i++)
        {
            AggregateDefinition definition = catalogue.Definitions[i];
            List<(int, string)> query = (definition.Kind, definition.Column) switch
            {
                (AggregateKind.First, AggregateColumn.Category) => ofCategories,
                (AggregateKind.First, AggregateColumn.Channel) => ofChannels,
                (_, AggregateColumn.Product or AggregateColumn.Category or AggregateColumn.Channel) => ofLines,
                _ => ofDays,
            };
            query.Add((i, query == ofDays ? OfDays(definition, Window(definition.Window)) : OfLines(definition, Window(definition.Window))));
        }
        string Of(string rows) => dialect.InPasts(rows, [.. windows.Select(window => (window.Origin.DayNumber, window.Cutoff.DayNumber))]);
        List<AggregateQuery> queries = [Query(catalogue, "days", WithSpendAndGap(Of(Days(lines))), [.. ofDays, (AggregateQuery.UnmatchedColumn, OfUnmatched())])];
        if (ofLines.Count > 0)
            queries.Add(Query(catalogue, "lines", Of(lines), ofLines));
        if (ofCategories.Count > 0)
            queries.Add(Query(catalogue, "first category", Of(Tops(lines, "cv_k", catalogue.Categories)), ofCategories));
        if (ofChannels.Count > 0)
            queries.Add(Query(catalogue, "first channel", Of(Tops(lines, "cv_h", catalogue.Channels)), ofChannels));
        return queries;
    }

    private AggregateQuery Query(AggregateCatalogue catalogue, string name, string from, IReadOnlyList<(int Column, string Value)> values)
    {
        string Named(string name) => HasNames ? $" AS {dialect.Name(name)}" : "";
        string Value((int Column, string Value) value) =>
            $",{(HasNames ? "\n " : "")} {dialect.Double(value.Value)}{Named(value.Column == AggregateQuery.UnmatchedColumn ? "returns_without_purchase" : catalogue.Definitions[value.Column].Name)}";
        string to = $",{(HasNames ? "\n " : "")} {dialect.Double("cv_to")}{Named("cutoff_day")}";
        return new(name, $"SELECT cv_c{Named("customer_id")}{to}{string.Concat(values.Select(Value))}{(HasNames ? "\n" : " ")}FROM ({from}) AS cv_from GROUP BY cv_c, cv_to", [AggregateQuery.CutoffColumn, .. values.Select(value => value.Column)]);
    }

    private static string ShortOf(ColumnRole role) => role == ColumnRole.Channel ? "cv_h" : "cv_k";

    /// <summary>The table's rows under short names.</summary>
    private string Rows()
    {
        string amount = columns[ColumnRole.Amount] is not { } money ? dialect.Double("0")
            : columns.AmountFactor is { } factor ? $"{Number(money)} * {Number(factor)}"
            : columns.AmountLess is { } less ? $"{Number(money)} - abs(coalesce({Number(less)}, 0))" : Number(money);
        List<string> list =
        [
            $"{Text(columns[ColumnRole.Customer]!)} AS cv_c", $"{dialect.Day(dialect.Name(columns[ColumnRole.Date]!))} AS cv_d", $"{dialect.Month(dialect.Name(columns[ColumnRole.Date]!))} AS cv_mo",
            $"{(zeros == ZeroAmounts.Ignore ? $"nullif({amount}, 0)" : amount)} AS cv_a",
        ];
        if (columns[ColumnRole.Order] is { } order)
            list.Add($"coalesce({Text(order)}, '') AS cv_o");
        foreach ((ColumnRole role, string name) in (ReadOnlySpan<(ColumnRole, string)>)[(ColumnRole.Product, "cv_p"), (ColumnRole.Category, "cv_k"), (ColumnRole.Channel, "cv_h")])
            if (columns[role] is { } text)
                list.Add($"nullif({Text(text)}, '') AS {name}");
        foreach ((ColumnRole role, string name) in (ReadOnlySpan<(ColumnRole, string)>)[(ColumnRole.Quantity, "cv_q"), (ColumnRole.Discount, "cv_i"), (ColumnRole.Margin, "cv_m")])
            if (columns[role] is { } number)
                list.Add($"{Single(Number(number))} AS {name}");
        if (HasMargin && columns[ColumnRole.Margin] is null)
            list.Add($"{Single(MarginByCost(amount))} AS cv_m");
        return $"SELECT {string.Join(", ", list)} FROM {relation}";
    }

    private bool HasMargin => columns[ColumnRole.Margin] is not null || columns[ColumnRole.UnitCost] is not null;

    /// <summary>Money left after unit costs; a return gives its cost back.</summary>
    private string MarginByCost(string amount)
    {
        string pieces = columns[ColumnRole.Quantity] is { } quantity ? $"coalesce(abs({Number(quantity)}), 1)" : "1";
        return $"({amount} - CASE WHEN {amount} < 0 THEN -{pieces} ELSE {pieces} END * {Number(columns[ColumnRole.UnitCost]!)})";
    }

    private string Number(string column) => dialect.Double(dialect.Name(column));

    /// <summary>A number in single precision; none where it is not finite there.</summary>
    private string Single(string number) => $"CASE WHEN abs({number}) <= {LargestSingle} THEN {dialect.Single(number)} END";

    private string Text(string column) => dialect.Text(dialect.Name(column));

    /// <summary>Columns of a day beside customer, day, money and lines, and whether they may be missing.</summary>
    private IEnumerable<(string Name, string Value, bool MayMiss)> OfDay()
    {
        yield return ("cv_month", "min(cv_mo)", false);
        yield return ("cv_rlines", "sum(CASE WHEN cv_a < 0 THEN 1 ELSE 0 END)", false);
        if (columns[ColumnRole.Order] is not null)
            yield return ("cv_orders", Distinct("cv_a >= 0", "cv_o"), false);
        foreach ((bool isKnown, string source, string name) in ((bool, string, string)[])
            [(columns[ColumnRole.Quantity] is not null, "cv_q", "cv_quantity"), (columns[ColumnRole.Discount] is not null, "cv_i", "cv_discount"), (HasMargin, "cv_m", "cv_margin")])
            if (isKnown)
            {
                string counts = name == "cv_margin" && returns == ReturnsPolicy.Keep ? "1 = 1" : "cv_a >= 0";
                yield return (name, $"sum(CASE WHEN {counts} THEN {source} END)", true);
                yield return (name + "_known", $"max(CASE WHEN {source} IS NOT NULL THEN 1 ELSE 0 END)", false);
            }
    }

    /// <summary>A row a customer and day.</summary>
    private string Days(string lines) =>
        $"SELECT cv_c, cv_d, sum(CASE WHEN cv_a >= 0 THEN cv_a ELSE 0 END) AS cv_gross, sum(CASE WHEN cv_a < 0 THEN -cv_a ELSE 0 END) AS cv_returned, sum(CASE WHEN cv_a >= 0 THEN 1 ELSE 0 END) AS cv_lines{string.Concat(OfDay().Select(other => $", {other.Value} AS {other.Name}"))} FROM ({lines}) AS cv_lines_of GROUP BY cv_c, cv_d";

    private string WithSpendAndGap(string days) =>
        dialect.WithSpendAndGap(days, [.. OfDay().Select(other => other.Name)], [.. OfDay().Where(other => other.MayMiss).Select(other => other.Name)], returns == ReturnsPolicy.Net);

    /// <summary>A row a customer and day with the level of most money.</summary>
    private string Tops(string lines, string column, IReadOnlyList<string> levels)
    {
        if (!columns.Has(column == "cv_k" ? ColumnRole.Category : ColumnRole.Channel))
            return $"SELECT cv_c, cv_d, -1 AS cv_top FROM ({lines}) AS cv_lines_of";
        string level = levels.Count == 0 ? "-1" : $"CASE {string.Concat(levels.Select((name, at) => $"WHEN {column} = {dialect.Literal(name)} THEN {at.ToString(CultureInfo.InvariantCulture)} "))}ELSE -1 END";
        level = $"coalesce({level}, -1)";
        string money = $"SELECT cv_c, cv_d, cv_l, sum(cv_a) AS cv_money FROM (SELECT cv_c, cv_d, cv_a, {level} AS cv_l FROM ({lines}) AS cv_lines_of WHERE cv_a >= 0) AS cv_levels GROUP BY cv_c, cv_d, cv_l";
        return $"SELECT cv_c, cv_d, {dialect.TopLevel("cv_l", "cv_money")} AS cv_top FROM ({money}) AS cv_money_of GROUP BY cv_c, cv_d";
    }

    /// <summary>Whether a day is in a window; all of a past's days are before its cutoff.</summary>
    private static string Window(DayWindow window) => window == DayWindow.AllTime ? "1 = 1"
        : string.Create(CultureInfo.InvariantCulture, $"cv_d >= cv_to - {window.FromDays}{(window.ToDays > 0 ? $" AND cv_d < cv_to - {window.ToDays}" : "")}");

    private string OfDays(AggregateDefinition definition, string window)
    {
        string bought = $"{window} AND cv_lines > 0", gap = $"{window} AND cv_gap IS NOT NULL";
        static string Sum(string condition, string value) => $"sum(CASE WHEN {condition} THEN {value} ELSE 0 END)";
        string WithoutResidue(string spend) => $"CASE WHEN abs({spend}) <= 1e-9 * {Sum(window, "cv_gross")} THEN 0 ELSE {spend} END";
        return (definition.Kind, definition.Column) switch
        {
            (AggregateKind.Count, AggregateColumn.Day) => Sum(bought, "1"),
            (AggregateKind.First, AggregateColumn.Day) => $"min(CASE WHEN {bought} THEN cv_d END)",
            (AggregateKind.Last, AggregateColumn.Day) => $"max(CASE WHEN {bought} THEN cv_d END)",
            (AggregateKind.Sum, AggregateColumn.Spend) => WithoutResidue(Sum(window, "cv_spend")),
            (AggregateKind.SumOfSquares, AggregateColumn.Spend) => Sum(bought, "cv_spend * cv_spend"),
            (AggregateKind.Min, AggregateColumn.Spend) => $"min(CASE WHEN {bought} THEN cv_spend END)",
            (AggregateKind.Max, AggregateColumn.Spend) => $"max(CASE WHEN {bought} THEN cv_spend END)",
            (AggregateKind.First, AggregateColumn.Spend) => dialect.First("cv_spend", "cv_d", bought),
            (AggregateKind.Last, AggregateColumn.Spend) => dialect.Last("cv_spend", "cv_d", bought),
            (AggregateKind.Sum, AggregateColumn.RepeatSpend) => WithoutResidue(Sum(gap, "cv_spend")),
            (AggregateKind.Sum, AggregateColumn.Gross) => Sum(window, "cv_gross"),
            (AggregateKind.Count, AggregateColumn.Line) => Sum(window, "cv_lines"),
            (AggregateKind.First, AggregateColumn.Line) => dialect.First("cv_lines", "cv_d", bought),
            (AggregateKind.Count, AggregateColumn.Order) => columns.Has(ColumnRole.Order) ? Sum(bought, "cv_orders") : Sum(bought, "1"),
            (AggregateKind.Count, AggregateColumn.Return) => Sum(window, "cv_rlines"),
            (AggregateKind.Sum, AggregateColumn.Return) => Sum(window, "cv_returned"),
            (AggregateKind.Sum, AggregateColumn.Quantity) => Known(ColumnRole.Quantity, "cv_quantity", $"coalesce(sum(CASE WHEN {window} THEN cv_quantity END), 0)"),
            (AggregateKind.First, AggregateColumn.Quantity) => Known(ColumnRole.Quantity, "cv_quantity", dialect.First("cv_quantity", "cv_d", bought)),
            (AggregateKind.Sum, AggregateColumn.Discount) => Known(ColumnRole.Discount, "cv_discount", $"coalesce(sum(CASE WHEN {window} THEN cv_discount END), 0)"),
            (AggregateKind.Sum, AggregateColumn.Margin) => Known(HasMargin, "cv_margin", $"coalesce(sum(CASE WHEN {window} THEN {(returns == ReturnsPolicy.Net ? "cv_margin * CASE WHEN cv_spend < cv_gross THEN cv_spend / cv_gross ELSE 1 END" : "cv_margin")} END), 0)"),
            (AggregateKind.Count, AggregateColumn.Gap) => Sum(gap, "1"),
            (AggregateKind.Sum, AggregateColumn.Gap) => Sum(gap, "cv_gap"),
            (AggregateKind.SumOfSquares, AggregateColumn.Gap) => Sum(gap, "cv_gap * cv_gap"),
            (AggregateKind.Min, AggregateColumn.Gap) => $"min(CASE WHEN {window} THEN cv_gap END)",
            (AggregateKind.Max, AggregateColumn.Gap) => $"max(CASE WHEN {window} THEN cv_gap END)",
            (AggregateKind.Last, AggregateColumn.Gap) => dialect.Last("cv_gap", "cv_d", gap),
            (AggregateKind.Distinct, AggregateColumn.Month) => Distinct(bought, "cv_month"),
            (AggregateKind.Count, AggregateColumn.Weekday) => Sum(string.Create(CultureInfo.InvariantCulture, $"{bought} AND {dialect.Modulo("cv_d", 7)} = {int.Parse(definition.Level!, CultureInfo.InvariantCulture) - 1}"), "1"),
            _ => throw new ArgumentException($"{definition.Kind} of {definition.Column} has no query.", nameof(definition)),
        };
    }

    private string OfLines(AggregateDefinition definition, string window)
    {
        (ColumnRole role, string column) = definition.Column switch
        {
            AggregateColumn.Product => (ColumnRole.Product, "cv_p"),
            AggregateColumn.Category => (ColumnRole.Category, "cv_k"),
            _ => (ColumnRole.Channel, "cv_h"),
        };
        if (definition.Kind == AggregateKind.First)
            return $"nullif({dialect.First("cv_top", "cv_d", window)}, -1)";
        if (!columns.Has(role))
            return "NULL";
        string value = definition.Kind == AggregateKind.Distinct ? Distinct($"{window} AND cv_a >= 0", column)
            : $"sum(CASE WHEN {window} AND cv_a >= 0 AND {column} = {dialect.Literal(definition.Level!)} THEN 1 ELSE 0 END)";
        return $"CASE WHEN max(CASE WHEN {column} IS NOT NULL THEN 1 ELSE 0 END) = 1 THEN {value} END";
    }

    /// <summary>How many different values there are; servers of 2018 say that of none it is unknown.</summary>
    private static string Distinct(string condition, string value) => $"coalesce(count(DISTINCT CASE WHEN {condition} THEN {value} END), 0)";

    private string Known(ColumnRole role, string column, string value) => Known(columns.Has(role), column, value);

    /// <summary>Missing for a customer of whom the column is never known.</summary>
    private static string Known(bool exists, string column, string value) => exists ? $"CASE WHEN max({column}_known) = 1 THEN {value} END" : "NULL";

    private string OfUnmatched()
    {
        const string Back = "sum(cv_returned)", Gross = "sum(cv_gross)", Left = $"({Back} - ({Gross} - sum(cv_spend)))";
        return returns == ReturnsPolicy.Net ? $"CASE WHEN {Left} > 1e-9 * ({Gross} + {Back}) THEN {Left} ELSE 0 END" : "0";
    }
}

/// <summary>A query with a row a customer and past.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Sql">The query: the customer, then numbers.</param>
/// <param name="Columns">What each number is: a position in the catalogue, <see cref="CutoffColumn"/> or <see cref="UnmatchedColumn"/>.</param>
internal sealed record AggregateQuery(string Name, string Sql, IReadOnlyList<int> Columns)
{
    /// <summary>Money of returns for which there was no purchase.</summary>
    public const int UnmatchedColumn = -1;

    /// <summary>The cutoff of the row's past, as a <see cref="DateOnly.DayNumber"/>; the first number of every row.</summary>
    public const int CutoffColumn = -2;
}
