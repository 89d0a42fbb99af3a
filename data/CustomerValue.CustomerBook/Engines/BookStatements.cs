using System.Data.Common;
using System.Globalization;

namespace CustomerValue.CustomerBook.Engines;

/// <summary>Queries over the customers, each one statement, so that header and customers are of one book.</summary>
internal static class BookStatements
{
    /// <summary>A page, one customer more than asked for: whether there is a next one.</summary>
    public static void Page(DbCommand command, BookHeader header, BookQuery query)
    {
        string sort = Known(header, query.Sort), id = BookTable.Quoted(BookColumn.CustomerId.Name), direction = query.Descending ? "DESC" : "ASC";
        List<string> conditions = [.. Where(command, header, query.Conditions), $"{sort} IS NOT NULL"];
        if (query.After is { } after)
            conditions.Add($"({sort}, {id}) {(query.Descending ? '<' : '>')} ({Parameter(command, after.Value)}, {Parameter(command, after.CustomerId)})");
        command.CommandText = Beside($"SELECT 1 AS present, c.* FROM {BookContext.ScoresTable} c WHERE {string.Join(" AND ", conditions)} ORDER BY {sort} {direction}, {id} {direction} LIMIT {(query.Limit + 1).ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>Customers by the values of some columns, with sums.</summary>
    public static void Groups(DbCommand command, BookHeader header, IReadOnlyList<string> keys, IReadOnlyList<string> sums, IReadOnlyList<BookCondition> conditions)
    {
        string[] groups = [.. keys.Select(key => Known(header, key))];
        string where = conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", Where(command, header, conditions));
        command.CommandText = Beside($"SELECT {string.Join(", ", ["1 AS present", .. groups, "COUNT(*) AS n", .. sums.Select((sum, i) => $"COALESCE(SUM({Known(header, sum)}), 0) AS s{i}")])} FROM {BookContext.ScoresTable}{where}"
            + (groups.Length == 0 ? "" : $" GROUP BY {string.Join(", ", groups)}"));
    }

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
