using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Attributes;

/// <summary>What is known of customers beside their transactions: numbers, days and names by customer id. NaN is missing.</summary>
public sealed class CustomerAttributes
{
    private readonly Dictionary<string, int> _rows;
    private readonly double[][] _columns;

    internal CustomerAttributes(AttributeSchema schema, string[] ids, double[][] columns, IReadOnlyList<Finding> findings)
    {
        Schema = schema;
        Ids = ids;
        Findings = findings;
        _columns = columns;
        _rows = new Dictionary<string, int>(ids.Length, StringComparer.Ordinal);
        for (int row = 0; row < ids.Length; row++)
            _rows.Add(ids[row], row);
    }

    /// <summary>What the columns are.</summary>
    public AttributeSchema Schema { get; }

    /// <summary>Customer ids by row.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Number of customers.</summary>
    public int Count => Ids.Count;

    /// <summary>Doubts met while reading.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Values of an attribute by row: a number, a day's <see cref="DateOnly.DayNumber"/>, or the position of a level.</summary>
    public ReadOnlySpan<double> Column(int index) => _columns[index];

    /// <summary>Row of a customer, or -1.</summary>
    public int Find(string customerId) => _rows.GetValueOrDefault(customerId, -1);

    /// <summary>Reads a delimited text file with a header, one row a customer; plain or gzip, UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Columns, delimiter and formats; all recognised where null.</param>
    /// <param name="progress">Hears of the rows read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="BadDataException">The file cannot be read, has no customer column, a row of another length, or a customer twice.</exception>
    public static CustomerAttributes Read(string path, AttributeReadOptions? options = null, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default) =>
        AttributeReader.Read(path, options ?? new AttributeReadOptions(), progress, cancellation);

    /// <summary>Attributes of single customers, for a request: names and values as text, understood as the model's schema says.</summary>
    /// <param name="schema">The model's attributes.</param>
    /// <param name="customers">Customer ids with their attributes; unknown names are left out, absent ones are missing.</param>
    /// <param name="dateFormats">Formats of dates; ISO where null.</param>
    /// <exception cref="ArgumentException">A customer stands twice.</exception>
    public static CustomerAttributes From(AttributeSchema schema, IEnumerable<(string CustomerId, IReadOnlyDictionary<string, string> Values)> customers, IReadOnlyList<string>? dateFormats = null)
    {
        (string CustomerId, IReadOnlyDictionary<string, string> Values)[] rows = [.. customers];
        string[] ids = Array.ConvertAll(rows, row => row.CustomerId);
        if (ids.Distinct(StringComparer.Ordinal).Count() != ids.Length)
            throw new ArgumentException("A customer stands twice among the attributes.", nameof(customers));
        List<Finding> findings = [];
        double[][] columns = new double[schema.Columns.Count][];
        for (int i = 0; i < columns.Length; i++)
        {
            string name = schema.Columns[i].Name;
            string[] texts = Array.ConvertAll(rows, row => row.Values.GetValueOrDefault(name, ""));
            columns[i] = AttributeEncoder.Encode(schema.Columns[i], texts, dateFormats ?? new AttributeReadOptions().DateFormats, findings);
        }
        return new CustomerAttributes(schema, ids, columns, findings);
    }
}
