using System.Data.Common;
using System.Globalization;

namespace CustomerValue.CustomerBook.Engines;

/// <summary>Queries over the customers, each one statement, so that header and customers are of one book.</summary>
internal static class BookStatements
{
    /// <summary>A page, one customer more than asked for: whether there is a next one. Who is on it is found first, where an index may hold all that is asked; then their wide rows are read.</summary>
    public static void Page(DbCommand command, BookHeader header, BookQuery query)
    {
        string sort = Known(header, query.Sort), id = BookTable.Quoted(BookColumn.CustomerId.Name), direction = query.Descending ? "DESC" : "ASC";
        List<string> conditions = [.. Where(command, header, query.Conditions), $"{sort} IS NOT NULL"];
        if (query.After is { } after)
            conditions.Add($"({sort}, {id}) {(query.Descending ? '<' : '>')} ({Parameter(command, after.Value)}, {Parameter(command, after.CustomerId)})");
        string found = $"SELECT {id} AS found FROM {BookContext.ScoresTable} WHERE {string.Join(" AND ", conditions)} ORDER BY {sort} {direction}, {id} {direction} LIMIT {(query.Limit + 1).ToString(CultureInfo.InvariantCulture)}";
        command.CommandText = Beside($"SELECT 1 AS present, c.* FROM ({found}) f JOIN {BookContext.ScoresTable} c ON c.{id} = f.found") + $" ORDER BY q.{sort} {direction}, q.{id} {direction}";
    }

    /// <summary>Some columns of every customer.</summary>
    public static void Scan(DbCommand command, BookHeader header, IReadOnlyList<string> columns) =>
        command.CommandText = Beside($"SELECT 1 AS present, {string.Join(", ", columns.Select(column => Known(header, column)))} FROM {BookContext.ScoresTable}");

    /// <summary>Customers by the values or bands of some columns, with sums.</summary>
    public static void Groups(DbCommand command, BookHeader header, IReadOnlyList<BookKey> keys, IReadOnlyList<BookSum> sums, IReadOnlyList<BookCondition> conditions)
    {
        const int FirstKey = 2;
        List<string> selected = ["1 AS present", .. keys.Select((key, i) => $"{Key(command, header, key)} AS k{i}"), "COUNT(*) AS n", .. sums.Select((sum, i) => $"COALESCE(SUM({Sum(header, sum)}), 0) AS s{i}")];
        string where = conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", Where(command, header, conditions));
        command.CommandText = Beside($"SELECT {string.Join(", ", selected)} FROM {BookContext.ScoresTable}{where}" + (keys.Count == 0 ? "" : $" GROUP BY {string.Join(", ", Enumerable.Range(FirstKey, keys.Count))}"));
    }

    /// <summary>A value, or the number of its band as text.</summary>
    private static string Key(DbCommand command, BookHeader header, BookKey key)
    {
        string column = Known(header, key.Column);
        return key.Edges.Count == 0
            ? column
            : $"CASE WHEN {column} IS NULL THEN NULL {string.Concat(key.Edges.Select((edge, i) => $"WHEN {column} < {Parameter(command, edge)} THEN '{i}' "))}ELSE '{key.Edges.Count}' END";
    }

    private static string Sum(BookHeader header, BookSum sum) => sum.Times is null ? Known(header, sum.Column) : $"{Known(header, sum.Column)} * {Known(header, sum.Times)}";

    private static string Beside(string query) => $"SELECT h.model_version, h.scored_at, q.* FROM {BookContext.HeaderTable} h LEFT JOIN ({query}) q ON 1 = 1";

    private static IEnumerable<string> Where(DbCommand command, BookHeader header, IReadOnlyList<BookCondition> conditions)
    {
        foreach (BookCondition condition in conditions)
        {
            string column = Known(header, condition.Column);
            yield return condition.Comparison switch
            {
                BookComparison.Equal => $"{column} = {Parameter(command, condition.Value)}",
                BookComparison.AtLeast => $"{column} >= {Parameter(command, condition.Value)}",
                BookComparison.AtMost => $"{column} <= {Parameter(command, condition.Value)}",
                _ => $"{column} >= {Parameter(command, condition.Value)} AND {column} < {Parameter(command, condition.Value + "\U0010FFFF")}",
            };
        }
    }

    private static string Known(BookHeader header, string column) => header.Columns.Any(known => known.Name == column)
        ? BookTable.Quoted(column)
        : throw new ArgumentException($"The book has no column '{column}'.", nameof(column));

    private static string Parameter(DbCommand command, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = $"@p{command.Parameters.Count.ToString(CultureInfo.InvariantCulture)}";
        parameter.Value = BookTable.Stored(value);
        command.Parameters.Add(parameter);
        return parameter.ParameterName;
    }
}
