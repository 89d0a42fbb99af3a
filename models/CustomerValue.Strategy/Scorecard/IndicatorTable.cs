namespace CustomerValue.Strategy.Scorecard;

/// <summary>Values of indicators by customer: a column of numbers an indicator. NaN is missing.</summary>
public sealed class IndicatorTable
{
    private readonly Dictionary<string, double[]> _columns = new(StringComparer.Ordinal);

    /// <summary>A table of columns of one length; the arrays are kept, not copied.</summary>
    /// <param name="customers">Number of customers.</param>
    /// <param name="columns">Name of an indicator and its values in the order of the customers.</param>
    /// <exception cref="ArgumentException">A column has another length or stands twice, or a value is infinite.</exception>
    public IndicatorTable(int customers, params IEnumerable<(string Name, double[] Values)> columns)
    {
        Count = customers;
        foreach ((string name, double[] values) in columns)
        {
            if (values.Length != customers)
                throw new ArgumentException($"The column '{name}' has {values.Length} values for {customers} customers.", nameof(columns));
            if (Array.Exists(values, double.IsInfinity))
                throw new ArgumentException($"The column '{name}' has an infinite value; a missing one is NaN.", nameof(columns));
            if (!_columns.TryAdd(name, values))
                throw new ArgumentException($"The column '{name}' stands twice.", nameof(columns));
        }
    }

    /// <summary>Number of customers.</summary>
    public int Count { get; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyCollection<string> Names => _columns.Keys;

    /// <summary>Values of an indicator by customer, or empty where the table does not have it.</summary>
    public ReadOnlySpan<double> Column(string name) => _columns.GetValueOrDefault(name, []);
}
