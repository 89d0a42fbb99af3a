using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Outcomes;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;
using CustomerValue.Sources.Databases;

namespace CustomerValue.Sources;

/// <summary>Aggregates computed where the transactions lie: the same catalogue, in the language of a database.</summary>
/// <remarks>
/// The table's columns must have types: days or moments, and numbers. Rows without customer, day or amount are left out; nothing else is doubted or recognised, as it is where rows are read.
/// Integers and days are those that <see cref="Aggregator"/> gives, sums but for the order of addition.
/// </remarks>
public sealed class SourceAggregates
{
    private readonly Database _database;
    private readonly AggregateSql _sql;
    private readonly ReturnsPolicy _returns;

    private SourceAggregates(Database database, SourceColumns columns, ReturnsPolicy returns, ZeroAmounts zeros, DateOnly latest)
    {
        (_database, Columns, _returns) = (database, columns, returns);
        _sql = new AggregateSql(database.Dialect, database.Relation, columns, returns, zeros, latest);
        double[] extent = [];
        database.Run("first and last day", _sql.Extent(), 3, (_, numbers) => extent = [.. numbers], CancellationToken.None);
        if (extent is not [var first, var last, > 0 and var rows])
            throw new BadDataException($"{database.Address}: found no row with a customer, a day and an amount, expected transactions; check the columns ({string.Join(", ", columns.Expressions.Select(pair => $"{ColumnMapping.NameOf(pair.Key)}={pair.Value}"))}).");
        (FirstDay, LastDay, Rows) = (DateOnly.FromDayNumber((int)first), DateOnly.FromDayNumber((int)last), (long)rows);
    }

    /// <summary>Which columns are what.</summary>
    public SourceColumns Columns { get; }

    /// <summary>The first day of a transaction.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>The last day of a transaction.</summary>
    public DateOnly LastDay { get; }

    /// <summary>Rows with a customer, a day and an amount.</summary>
    public long Rows { get; }

    /// <summary>Opens the table or query at an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="mapping">Which column is what, where usual names do not say it.</param>
    /// <param name="returns">What negative amounts do.</param>
    /// <param name="zeros">What amounts of 0 are.</param>
    /// <param name="latest">The last day that may occur; rows of a later one are left out. Any day to 2200-12-31 where null.</param>
    /// <exception cref="BadDataException">The database cannot be reached, a column is absent or of a type that is not its role's, or there are no rows.</exception>
    public static SourceAggregates Open(string address, ColumnMapping mapping, ReturnsPolicy returns, ZeroAmounts zeros, DateOnly? latest = null)
    {
        Database database = Database.At(SourceAddress.Parse(address));
        IReadOnlyList<DatabaseColumn> all = database.Columns();
        SourceColumns columns = SourceColumns.Find(address, [.. all.Select(column => column.Name)], mapping);
        void Need(string? name, string role, string expected, params ColumnType[] types)
        {
            if (name is not null && all.First(column => column.Name == name).Type is var type && !types.Contains(type))
                throw new BadDataException($"{address}: found the column '{name}' of another type ({type.ToString().ToLowerInvariant()}) for {role}, expected {expected}; convert it with query=SELECT ..., or have the rows read with --compute local.");
        }

        // ClickHouse takes a name for the expression that is called so before it takes it for a column.
        if (database is ClickHouseDatabase && all.FirstOrDefault(column => column.Name.StartsWith(AggregateSql.Prefix, StringComparison.Ordinal)) is { } own)
            throw new BadDataException($"{address}: found the column '{own.Name}', expected names that do not begin with {AggregateSql.Prefix}, as those of the queries do; name it otherwise with query=SELECT ... AS ..., or have the rows read with --compute local.");
        Need(columns[ColumnRole.Date], "date", "days or moments", ColumnType.Day, ColumnType.Moment);
        foreach ((string? name, string role) in (ReadOnlySpan<(string?, string)>)[(columns[ColumnRole.Amount], "amount"), (columns.AmountFactor, "amount"), (columns.AmountLess, "amount"), (columns[ColumnRole.Quantity], "quantity"), (columns[ColumnRole.Discount], "discount"), (columns[ColumnRole.UnitCost], "unit_cost"), (columns[ColumnRole.Margin], "margin")])
            Need(name, role, "numbers", ColumnType.Number, ColumnType.Whole, ColumnType.Wide);
        return new SourceAggregates(database, columns, returns, zeros, latest is { } last && last < SourceColumns.LastDay ? last : SourceColumns.LastDay);
    }

    /// <summary>Which optional columns the table has, and the names of channels and categories worth telling apart.</summary>
    /// <param name="before">Only rows before this day choose channels and categories.</param>
    /// <param name="cancellation">Stops the query.</param>
    public AvailableColumns Available(DateOnly before, CancellationToken cancellation) => new()
    {
        Orders = Columns.Has(ColumnRole.Order),
        Quantities = Columns.Has(ColumnRole.Quantity),
        Products = Columns.Has(ColumnRole.Product),
        Discounts = Columns.Has(ColumnRole.Discount),
        Margins = Columns.Has(ColumnRole.Margin) || Columns.Has(ColumnRole.UnitCost),
        Channels = Levels(ColumnRole.Channel, before, AvailableColumns.MaxChannelLevels, cancellation),
        Categories = Levels(ColumnRole.Category, before, AvailableColumns.MaxCategoryLevels, cancellation),
    };

    /// <summary>Aggregates of every customer with a purchase in <c>[origin, cutoff)</c>; nothing on or after the cutoff is looked at.</summary>
    /// <param name="window">What is known.</param>
    /// <param name="catalogue">The aggregates.</param>
    /// <param name="cancellation">Stops the queries, there too.</param>
    /// <exception cref="BadDataException">A query failed; nothing is given of what came by then.</exception>
    public CustomerAggregates Compute(ObservationWindow window, AggregateCatalogue catalogue, CancellationToken cancellation) => Compute(window, catalogue, everyone: false, cancellation);

    private CustomerAggregates Compute(ObservationWindow window, AggregateCatalogue catalogue, bool everyone, CancellationToken cancellation)
    {
        Dictionary<string, int> rows = new(StringComparer.Ordinal);
        List<string> customers = [];
        List<double>[] values = [.. catalogue.Definitions.Select(_ => new List<double>())];
        int purchases = catalogue.Find("purchase_days_all"), onlyReturns = 0, unmatched = 0;
        double unmatchedMoney = 0;
        foreach ((int index, AggregateQuery query) in _sql.Of(catalogue, window.Origin, window.Cutoff).Index())
        {
            bool isFirst = index == 0;
            int population = isFirst ? query.Columns.ToList().IndexOf(purchases) : -1, left = query.Columns.ToList().IndexOf(AggregateQuery.UnmatchedColumn);
            if (!isFirst)
                foreach (int column in query.Columns)
                    values[column].AddRange(Enumerable.Repeat(double.NaN, customers.Count));
            _database.Run($"aggregates of {query.Name}", query.Sql, query.Columns.Count, (customer, numbers) =>
            {
                if (isFirst && !everyone && numbers[population] == 0)
                {
                    onlyReturns++;
                    return;
                }
                if (isFirst)
                {
                    rows.Add(customer, customers.Count);
                    customers.Add(customer);
                }
                else if (!rows.ContainsKey(customer))
                {
                    return; // only gave things back
                }
                for (int i = 0; i < numbers.Length; i++)
                    if (i == left)
                        (unmatched, unmatchedMoney) = numbers[i] > 0 ? (unmatched + 1, unmatchedMoney + numbers[i]) : (unmatched, unmatchedMoney);
                    else if (isFirst)
                        values[query.Columns[i]].Add(numbers[i]);
                    else
                        values[query.Columns[i]][rows[customer]] = numbers[i];
            }, cancellation);
        }
        return CustomerAggregates.Of(window, catalogue, _returns, customers, [.. values.Select(column => column.ToArray())], new UnmatchedReturns(unmatched, unmatchedMoney, onlyReturns));
    }

    /// <summary>What a population did within the horizon of its window.</summary>
    /// <exception cref="BadDataException">The transactions end before the horizon does, or a query failed.</exception>
    public OutcomeTable Outcomes(CustomerAggregates population, CancellationToken cancellation)
    {
        ObservationWindow window = population.Window;
        if (LastDay < window.LastDay)
            throw OutcomeTable.TooShort(window, LastDay);
        AggregateCatalogue catalogue = OutcomesOf(window.Horizon, Columns.Has(ColumnRole.Margin) || Columns.Has(ColumnRole.UnitCost));
        return OutcomeTable.Of(population, Compute(new ObservationWindow(window.End, window.Horizon, window.Cutoff), catalogue, everyone: true, cancellation));
    }

    /// <summary>The aggregates of a horizon that say what a population did in it.</summary>
    internal static AggregateCatalogue OutcomesOf(Horizon horizon, bool hasMargin) =>
        new(horizon, [.. AggregateCatalogue.Core, .. hasMargin ? (AggregateDefinition[])[new("margin_sum_all", AggregateKind.Sum, AggregateColumn.Margin, DayWindow.AllTime)] : []]);

    private string[] Levels(ColumnRole role, DateOnly before, int most, CancellationToken cancellation)
    {
        if (!Columns.Has(role))
            return [];
        List<string> names = [];
        _database.Run($"names of {ColumnMapping.NameOf(role)}", _sql.Levels(role, before, most), 1, (name, _) => names.Add(name), cancellation);
        return [.. names.Order(StringComparer.Ordinal)];
    }
}
