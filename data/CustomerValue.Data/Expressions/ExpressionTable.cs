namespace CustomerValue.Data.Expressions;

/// <summary>Named columns of equal length that expressions are evaluated over.</summary>
public sealed class ExpressionTable
{
    private readonly Dictionary<string, (ExpressionKind Kind, Array Values)> _columns = new(StringComparer.Ordinal);

    /// <summary>A table without columns yet.</summary>
    /// <param name="count">Rows.</param>
    public ExpressionTable(int count) => Count = count;

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Adds numbers; NaN is missing.</summary>
    public ExpressionTable Number(string name, double[] values) => Add(name, ExpressionKind.Number, values);

    /// <summary>Adds texts; null is missing.</summary>
    public ExpressionTable Text(string name, string?[] values) => Add(name, ExpressionKind.Text, values);

    /// <summary>Adds days; null is missing.</summary>
    public ExpressionTable Date(string name, DateOnly?[] values) => Add(name, ExpressionKind.Date, Array.ConvertAll(values, day => day?.DayNumber ?? double.NaN));

    /// <summary>Adds days as <see cref="DateOnly.DayNumber"/>; NaN is missing.</summary>
    public ExpressionTable DayNumber(string name, double[] values) => Add(name, ExpressionKind.Date, values);

    /// <summary>Adds truths; null is missing.</summary>
    public ExpressionTable Boolean(string name, bool?[] values) => Add(name, ExpressionKind.Boolean, Array.ConvertAll(values, Truth.From));

    /// <summary>Adds truths that are all known.</summary>
    public ExpressionTable Boolean(string name, bool[] values) => Add(name, ExpressionKind.Boolean, Array.ConvertAll(values, value => value ? Truth.True : Truth.False));

    internal Array Column(ExpressionColumn wanted)
    {
        if (!_columns.TryGetValue(wanted.Name, out (ExpressionKind Kind, Array Values) column))
            throw new ArgumentException($"The table has no column '{wanted.Name}', which the expression names.");
        return column.Kind == wanted.Kind ? column.Values : throw new ArgumentException($"The column '{wanted.Name}' holds {column.Kind}, the expression was understood with {wanted.Kind}.");
    }

    private ExpressionTable Add(string name, ExpressionKind kind, Array values)
    {
        if (values.Length != Count)
            throw new ArgumentException($"The column '{name}' has {values.Length} rows, the table {Count}.");
        _columns.Add(name, (kind, values));
        return this;
    }
}
