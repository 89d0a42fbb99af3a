namespace CustomerValue.BuyTillYouDie;

/// <summary>What is known of customers besides their purchases and does not change: segment, channel, age at joining.</summary>
/// <remarks>Columns of numbers; a category becomes one column of 0 and 1 for each value but one.</remarks>
public sealed class CustomerCovariates
{
    private readonly double[][] _columns;

    private CustomerCovariates(string[] names, double[][] columns) => (Names, _columns) = (names, columns);

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of customers.</summary>
    public int Count => _columns[0].Length;

    /// <summary>One value.</summary>
    /// <param name="row">Zero-based customer.</param>
    /// <param name="column">Zero-based column.</param>
    public double this[int row, int column] => _columns[column][row];

    /// <summary>Checks and copies the columns.</summary>
    /// <param name="columns">Each column by name, a value for each customer in the order of the histories.</param>
    /// <exception cref="InvalidHistoryException">A value is not finite or a column never varies; the message names it.</exception>
    /// <exception cref="ArgumentException">There is no column, or they differ in length.</exception>
    public static CustomerCovariates From(params IReadOnlyList<(string Name, double[] Values)> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0) throw new ArgumentException("There is no covariate; use the plain model.", nameof(columns));
        foreach ((string name, double[] values) in columns)
        {
            if (values.Length != columns[0].Values.Length)
                throw new ArgumentException($"Covariate {name} has {values.Length} values and {columns[0].Name} has {columns[0].Values.Length}.", nameof(columns));
            int bad = Array.FindIndex(values, value => !double.IsFinite(value));
            if (bad >= 0) throw new InvalidHistoryException(FormattableString.Invariant($"Row {bad} has {values[bad]} for covariate {name}; a finite number was expected."), bad);
            if (values.Length == 0 || Array.TrueForAll(values, value => value == values[0]))
                throw new InvalidHistoryException($"Covariate {name} is the same for all customers and cannot explain differences; leave it out.");
        }
        return new CustomerCovariates([.. columns.Select(column => column.Name)], [.. columns.Select(column => (double[])column.Values.Clone())]);
    }

    /// <summary>Mean and standard deviation of each column.</summary>
    internal (double[] Means, double[] Deviations) Scales()
    {
        double[] means = [.. _columns.Select(column => column.Average())];
        return (means, [.. _columns.Select((column, c) => Math.Sqrt(column.Average(value => (value - means[c]) * (value - means[c]))))]);
    }

    /// <summary>Customers with the same values, by values, in a fixed order.</summary>
    internal IEnumerable<(double[] Values, int[] Members)> Groups() => Enumerable.Range(0, Count)
        .GroupBy(row => string.Join('|', _columns.Select(column => BitConverter.DoubleToInt64Bits(column[row] + 0.0))))
        .Select(group => (Values: _columns.Select(column => column[group.First()]).ToArray(), Members: group.ToArray()))
        .OrderBy(group => group.Values, Comparer<double[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
}
