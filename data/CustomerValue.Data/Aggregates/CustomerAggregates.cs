using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Data.Aggregates;

/// <summary>The aggregates of a population at one cutoff: a column of numbers per aggregate, a row per customer with a purchase before the cutoff.</summary>
/// <remarks>Rows are in ordinal order of customer id. NaN is missing.</remarks>
public sealed class CustomerAggregates
{
    private readonly NameTable _customers;
    private readonly int[] _population;
    private readonly double[][] _columns;
    private readonly double[] _x, _tx, _t, _meanRepeatSpend;
    private readonly List<Finding> _nameFindings;

    internal CustomerAggregates(ObservationWindow window, AggregateCatalogue catalogue, ReturnsPolicy returns, NameTable customers, int[] population, double[][] columns, UnmatchedReturns unmatched, List<Finding> nameFindings)
    {
        Window = window;
        Catalogue = catalogue;
        Returns = returns;
        Unmatched = unmatched;
        _customers = customers;
        _population = population;
        _columns = columns;
        _nameFindings = nameFindings;
        (_x, _tx, _t, _meanRepeatSpend) = (new double[Count], new double[Count], new double[Count], new double[Count]);
        ReadOnlySpan<double> days = this["purchase_days_all"], first = this["first_day"], last = this["last_day"], repeat = this["repeat_spend_sum"];
        int lastObserved = window.LastObservedDay.DayNumber;
        for (int i = 0; i < Count; i++)
        {
            _x[i] = days[i] - 1;
            _tx[i] = last[i] - first[i];
            _t[i] = lastObserved - first[i];
            _meanRepeatSpend[i] = _x[i] > 0 ? repeat[i] / _x[i] : 0;
        }
    }

    /// <summary>Aggregates that something else computed from the same catalogue, such as a database.</summary>
    /// <param name="window">The past that was looked at.</param>
    /// <param name="catalogue">What the columns are.</param>
    /// <param name="returns">What negative amounts did.</param>
    /// <param name="customers">The population in any order, each once.</param>
    /// <param name="columns">An array an aggregate in the order of the catalogue, a value a customer; NaN is missing.</param>
    /// <param name="unmatched">Returns for which there was no purchase.</param>
    /// <exception cref="ArgumentException">An array has another length than the population, or there are not as many as aggregates.</exception>
    public static CustomerAggregates Of(ObservationWindow window, AggregateCatalogue catalogue, ReturnsPolicy returns, IReadOnlyList<string> customers, IReadOnlyList<double[]> columns, UnmatchedReturns unmatched)
    {
        if (columns.Count != catalogue.Count || columns.Any(column => column.Length != customers.Count))
            throw new ArgumentException($"Found {columns.Count} columns, expected {catalogue.Count} of {customers.Count} values.", nameof(columns));
        string[] names = [.. customers];
        int[] order = [.. Enumerable.Range(0, names.Length)];
        Array.Sort(names, order, StringComparer.Ordinal);
        double[][] sorted = [.. columns.Select(column => Array.ConvertAll(order, row => column[row]))];
        return new CustomerAggregates(window, catalogue, returns, new NameTable(names), [.. Enumerable.Range(0, names.Length)], sorted, unmatched, []);
    }

    /// <summary>Some neighbouring rows, copied.</summary>
    public CustomerAggregates Rows(int from, int count) => new(Window, Catalogue, Returns, _customers, _population[from..(from + count)],
        Array.ConvertAll(_columns, column => column[from..(from + count)]), new UnmatchedReturns(0, 0, 0), _nameFindings);

    /// <summary>The past that was looked at.</summary>
    public ObservationWindow Window { get; }

    /// <summary>What the columns are.</summary>
    public AggregateCatalogue Catalogue { get; }

    /// <summary>What negative amounts did.</summary>
    public ReturnsPolicy Returns { get; }

    /// <summary>Returns that were dropped because no purchase was left to take them from.</summary>
    public UnmatchedReturns Unmatched { get; }

    /// <summary>Index of each row's customer in the log, ascending.</summary>
    public ReadOnlySpan<int> Population => _population;

    /// <summary>Customers in the population.</summary>
    public int Count => _population.Length;

    /// <summary>Repeat purchase days: purchase days but for the first.</summary>
    public ReadOnlySpan<double> X => _x;

    /// <summary>Days from the first to the last purchase.</summary>
    public ReadOnlySpan<double> Tx => _tx;

    /// <summary>Days from the first purchase to the last day observed, <c>cutoff - 1</c>.</summary>
    public ReadOnlySpan<double> T => _t;

    /// <summary>Mean spend of the repeat purchase days, the first one left out; 0 where x is 0. The z of the Gamma-Gamma model.</summary>
    public ReadOnlySpan<double> MeanRepeatSpend => _meanRepeatSpend;

    /// <summary>Spend in the past after the returns policy.</summary>
    public ReadOnlySpan<double> TotalSpend => this["spend_sum_all"];

    /// <summary>Spend of the first purchase day.</summary>
    public ReadOnlySpan<double> FirstDaySpend => this["first_spend"];

    /// <summary>Margin in the past, NaN where unknown; empty where the catalogue has none.</summary>
    public ReadOnlySpan<double> Margin => TryColumn("margin_sum_all");

    /// <summary>A column by name.</summary>
    /// <exception cref="ArgumentException">The catalogue has no aggregate of this name.</exception>
    public ReadOnlySpan<double> this[string name] => ColumnArray(name);

    /// <summary>A column by position in the catalogue.</summary>
    public ReadOnlySpan<double> Column(int index) => _columns[index];

    /// <summary>A column by name, or an empty span.</summary>
    public ReadOnlySpan<double> TryColumn(string name) => Catalogue.Find(name) is >= 0 and int index ? _columns[index] : [];

    /// <summary>The customer of a row.</summary>
    public string CustomerId(int row) => _customers[_population[row]];

    /// <summary>Day of the first purchase of a row's customer.</summary>
    public DateOnly FirstPurchaseDay(int row) => DateOnly.FromDayNumber((int)this["first_day"][row]);

    /// <summary>Day of the last purchase of a row's customer before the cutoff.</summary>
    public DateOnly LastPurchaseDay(int row) => DateOnly.FromDayNumber((int)this["last_day"][row]);

    /// <summary>Doubts about returns and names.</summary>
    public IReadOnlyList<Finding> Findings
    {
        get
        {
            List<Finding> findings = [.. _nameFindings];
            if (Unmatched.Customers > 0)
                findings.Add(new Finding("unmatched-returns", Severity.Information,
                    string.Create(CultureInfo.InvariantCulture, $"{Unmatched.Customers} customer(s) returned {Unmatched.Amount:0.00} more than they had bought since {Window.Origin:yyyy-MM-dd}; the excess was dropped."),
                    "Nothing, if the purchases lie before the first day of the data; otherwise look at these customers' rows."));
            if (Unmatched.ReturnOnlyCustomers > 0)
                findings.Add(new Finding("returns-only-customers", Severity.Information,
                    string.Create(CultureInfo.InvariantCulture, $"{Unmatched.ReturnOnlyCustomers} customer(s) have returns and no purchase before {Window.Cutoff:yyyy-MM-dd}; they are not in the population."),
                    "Nothing, if their purchases lie before the first day of the data."));
            return findings;
        }
    }

    /// <summary>The aggregates of two logs without a common customer: what the log of both would give.</summary>
    /// <exception cref="ArgumentException">Window, catalogue or returns policy differ, or a customer stands in both.</exception>
    public static CustomerAggregates Merge(CustomerAggregates left, CustomerAggregates right) => AggregatesMerge.Of(left, right);

    /// <summary>No row of these, with other returns: what doubts are told of.</summary>
    internal CustomerAggregates Nobody(UnmatchedReturns unmatched) => new(Window, Catalogue, Returns, NameTable.Empty, [], Array.ConvertAll(_columns, _ => Array.Empty<double>()), unmatched, _nameFindings);

    internal double[] ColumnArray(string name) => Catalogue.Find(name) is >= 0 and int index ? _columns[index]
        : throw new ArgumentException($"The catalogue has no aggregate '{name}'.", nameof(name));

    internal double[] ColumnArray(int index) => _columns[index];

    internal NameTable Customers => _customers;

    internal double[] XArray => _x;

    internal double[] TxArray => _tx;

    internal double[] TArray => _t;

    internal IReadOnlyList<Finding> NameFindings => _nameFindings;
}
