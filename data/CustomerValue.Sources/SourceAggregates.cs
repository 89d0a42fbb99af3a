using System.Globalization;
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

    private SourceAggregates(Database database, SourceColumns columns, ReturnsPolicy returns, ZeroAmounts zeros, DateOnly latest)
    {
        (_database, Columns, Returns) = (database, columns, returns);
        _sql = new AggregateSql(database.Dialect, database.Relation, columns, returns, zeros, latest);
        double[] extent = [];
        database.Run("first and last day", _sql.Extent(), 3, (_, numbers) => extent = [.. numbers], CancellationToken.None);
        if (extent is not [var first, var last, > 0 and var rows])
            throw new BadDataException($"{database.Address}: found no row with a customer, a day and an amount, expected transactions; check the columns ({string.Join(", ", columns.Expressions.Select(pair => $"{ColumnMapping.NameOf(pair.Key)}={pair.Value}"))}).");
        (FirstDay, LastDay, Rows) = (DateOnly.FromDayNumber((int)first), DateOnly.FromDayNumber((int)last), (long)rows);
        Identity = [database.Address.Place, $"{returns} {zeros}", string.Create(CultureInfo.InvariantCulture, $"{Rows} rows from {FirstDay:O} to {LastDay:O}"), .. columns.Expressions.Select(pair => $"{pair.Key}={pair.Value}")];
    }

    /// <summary>What negative amounts do.</summary>
    public ReturnsPolicy Returns { get; }

    /// <summary>Which columns are what.</summary>
    public SourceColumns Columns { get; }

    /// <summary>The first day of a transaction.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>The last day of a transaction.</summary>
    public DateOnly LastDay { get; }

    /// <summary>Rows with a customer, a day and an amount.</summary>
    public long Rows { get; }

    /// <summary>What is asked, where and how, a line each; with how many rows the table had.</summary>
    internal IReadOnlyList<string> Identity { get; }

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
    public CustomerAggregates Compute(ObservationWindow window, AggregateCatalogue catalogue, CancellationToken cancellation) => Compute([window], catalogue, CustomerRange.All, cancellation)[0];

    /// <summary>The same of a part of the customers, and of several pasts at once: the table is gone through once for all of them.</summary>
    /// <param name="windows">What is known; no two have one cutoff.</param>
    /// <param name="catalogue">The aggregates.</param>
    /// <param name="range">Of which customers.</param>
    /// <param name="cancellation">Stops the queries, there too.</param>
    /// <returns>The aggregates of each window.</returns>
    /// <exception cref="BadDataException">A query failed; nothing is given of what came by then.</exception>
    public IReadOnlyList<CustomerAggregates> Compute(IReadOnlyList<ObservationWindow> windows, AggregateCatalogue catalogue, CustomerRange range, CancellationToken cancellation) =>
        Compute(windows, catalogue, range, everyone: false, cancellation);

    private CustomerAggregates[] Compute(IReadOnlyList<ObservationWindow> windows, AggregateCatalogue catalogue, CustomerRange range, bool everyone, CancellationToken cancellation)
    {
        AggregateIntake[] intakes = [.. windows.Select(window => new AggregateIntake(window, catalogue, everyone))];
        Dictionary<double, AggregateIntake> byCutoff = windows.Zip(intakes).ToDictionary(pair => (double)pair.First.Cutoff.DayNumber, pair => pair.Second);
        foreach ((int index, AggregateQuery query) in _sql.Of(catalogue, windows, range).Index())
            _database.Run($"aggregates of {query.Name}", query.Sql, query.Columns.Count, (customer, numbers) =>
            {
                AggregateIntake intake = byCutoff[numbers[0]];
                if (index == 0)
                    intake.TakeFirst(query, customer, numbers);
                else
                    intake.Take(query, customer, numbers);
            }, cancellation);
        return Array.ConvertAll(intakes, intake => intake.ToAggregates(Returns));
    }

    /// <summary>What a population did within the horizon of its window.</summary>
    /// <exception cref="BadDataException">The transactions end before the horizon does, or a query failed.</exception>
    public OutcomeTable Outcomes(CustomerAggregates population, CancellationToken cancellation) => OutcomeTable.Of(population, Horizons([population.Window], CustomerRange.All, cancellation)[0]);

    /// <summary>What everyone who bought or gave something back did within the horizons of windows, as aggregates of a past of its own: <see cref="OutcomeTable.Of"/> makes outcomes of it.</summary>
    /// <param name="windows">The windows; no two have one cutoff and all one horizon.</param>
    /// <param name="range">Of which customers.</param>
    /// <param name="cancellation">Stops the queries, there too.</param>
    /// <exception cref="BadDataException">The transactions end before a horizon does, or a query failed.</exception>
    public IReadOnlyList<CustomerAggregates> Horizons(IReadOnlyList<ObservationWindow> windows, CustomerRange range, CancellationToken cancellation)
    {
        if (windows.FirstOrDefault(window => LastDay < window.LastDay) is { } late)
            throw OutcomeTable.TooShort(late, LastDay);
        return Compute([.. windows.Select(window => new ObservationWindow(window.End, window.Horizon, window.Cutoff))], HorizonCatalogue(windows[0].Horizon), range, everyone: true, cancellation);
    }

    /// <summary>The aggregates that outcomes are made of.</summary>
    public AggregateCatalogue HorizonCatalogue(Horizon horizon) => OutcomesOf(horizon, Columns.Has(ColumnRole.Margin) || Columns.Has(ColumnRole.UnitCost));

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
