using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Sources.Databases;

namespace CustomerValue.Sources;

/// <summary>The queries of <see cref="SourceAggregates"/> as text, for databases that are asked by someone else.</summary>
/// <remarks>
/// Names of channels and categories, which elsewhere the rows tell, are given. Columns must have types, as where the database is asked from here: days or moments, and numbers; ids are
/// texts or whole numbers.
/// </remarks>
public static class SourceSql
{
    /// <summary>The name of a language.</summary>
    public static string NameOf(SqlLanguage language) => language switch
    {
        SqlLanguage.Spark => "Spark SQL",
        SqlLanguage.BigQuery => "BigQuery",
        SqlLanguage.Postgres => "PostgreSQL",
        SqlLanguage.DuckDb => "DuckDB",
        _ => "ClickHouse",
    };

    /// <summary>The queries that give a past's aggregates, and what the horizon after it brought.</summary>
    /// <param name="language">The database's language.</param>
    /// <param name="table">The table, with its schema before a point where it has one.</param>
    /// <param name="mapping">The table's columns, all that are to be used; those that are not named do not exist.</param>
    /// <param name="returns">What negative amounts do.</param>
    /// <param name="zeros">What amounts of 0 are.</param>
    /// <param name="latest">The last day that may occur; any to 2200-12-31 where null.</param>
    /// <param name="window">The past, and the horizon after it.</param>
    /// <param name="channels">Names of channels that are told apart.</param>
    /// <param name="categories">Names of categories that are told apart.</param>
    /// <exception cref="Data.Diagnostics.BadDataException">Customer or date have no column.</exception>
    public static IReadOnlyList<SourceQuery> Of(SqlLanguage language, string table, ColumnMapping mapping, ReturnsPolicy returns, ZeroAmounts zeros, DateOnly? latest, ObservationWindow window, IReadOnlyList<string> channels, IReadOnlyList<string> categories)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(window);
        SourceColumns columns = SourceColumns.Find(table, [.. mapping.Columns.Where(pair => pair.Value != "-").SelectMany(pair => Names(pair.Key, pair.Value)).Distinct(StringComparer.Ordinal)], mapping);
        SqlDialect dialect = DialectOf(language);
        AggregateSql sql = new(dialect, dialect.Table(table), columns, returns, zeros, latest is { } last && last < SourceColumns.LastDay ? last : SourceColumns.LastDay) { HasNames = true };
        bool hasMargin = columns.Has(ColumnRole.Margin) || columns.Has(ColumnRole.UnitCost);
        AvailableColumns available = new()
        {
            Orders = columns.Has(ColumnRole.Order),
            Quantities = columns.Has(ColumnRole.Quantity),
            Products = columns.Has(ColumnRole.Product),
            Discounts = columns.Has(ColumnRole.Discount),
            Margins = hasMargin,
            Channels = columns.Has(ColumnRole.Channel) ? Ordered(channels) : [],
            Categories = columns.Has(ColumnRole.Category) ? Ordered(categories) : [],
        };
        return
        [
            .. Queries(AggregateCatalogue.Standard(available, window.Horizon), window, "aggregates of "),
            .. Queries(SourceAggregates.OutcomesOf(window.Horizon, hasMargin), new ObservationWindow(window.End, window.Horizon, window.Cutoff), "outcomes of "),
        ];

        IEnumerable<SourceQuery> Queries(AggregateCatalogue catalogue, ObservationWindow past, string what) =>
            sql.Of(catalogue, [past], CustomerRange.All).Select(query => new SourceQuery(what + query.Name, window.Cutoff, query.Sql));
    }

    private static string[] Ordered(IReadOnlyList<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Columns of a mapping's expression: two where an amount is made of two.</summary>
    private static string[] Names(ColumnRole role, string expression) =>
        role == ColumnRole.Amount && expression.IndexOfAny(['*', '-']) is > 0 and var sign ? [expression[..sign].Trim(), expression[(sign + 1)..].Trim()] : [expression];

    private static SqlDialect DialectOf(SqlLanguage language) => language switch
    {
        SqlLanguage.Spark => SparkDialect.Instance,
        SqlLanguage.BigQuery => BigQueryDialect.Instance,
        SqlLanguage.Postgres => WindowDialect.Postgres,
        SqlLanguage.DuckDb => WindowDialect.DuckDb,
        _ => ClickHouseDialect.Instance,
    };
}

/// <summary>Languages that queries are written in.</summary>
public enum SqlLanguage
{
    /// <summary>Spark SQL, from 3.1 on.</summary>
    Spark,

    /// <summary>BigQuery.</summary>
    BigQuery,

    /// <summary>PostgreSQL.</summary>
    Postgres,

    /// <summary>DuckDB.</summary>
    DuckDb,

    /// <summary>ClickHouse, from 18.16 on.</summary>
    ClickHouse,
}

/// <summary>A query with a row a customer.</summary>
/// <param name="Name">What it gives.</param>
/// <param name="Cutoff">As of which day.</param>
/// <param name="Sql">The text; columns of the answer bear the aggregates' names.</param>
public sealed record SourceQuery(string Name, DateOnly Cutoff, string Sql);
