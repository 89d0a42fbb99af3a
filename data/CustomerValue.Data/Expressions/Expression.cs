using System.Globalization;
using System.Text;

namespace CustomerValue.Data.Expressions;

/// <summary>A small safe expression over named columns: no functions, no loops, no access to anything but the columns.</summary>
/// <remarks>
/// Comparison (<c>= != &lt; &lt;= &gt; &gt;=</c>), <c>and</c>, <c>or</c>, <c>not</c>, <c>in (...)</c>, <c>not in (...)</c>, <c>is missing</c>, <c>is not missing</c>, <c>+ - * /</c>, parentheses.
/// Numbers 12.5 and 1e3, texts 'so' or "so" (a quote within is doubled), days 2024-02-28, <c>true</c>, <c>false</c>; names as they are, between [ and ] where they have blanks.
/// A comparison with something missing is missing; missing is settled by Kleene's three-valued logic; a condition that ends as missing does not hold.
/// An expression is immutable and may be evaluated by several threads at once.
/// </remarks>
public sealed class Expression
{
    /// <summary>Most characters of an expression.</summary>
    public const int MaxLength = 4096;

    /// <summary>Most parentheses and signs within each other.</summary>
    public const int MaxNesting = 64;

    /// <summary>Most terms of a sum or product without parentheses.</summary>
    public const int MaxChain = 256;

    private const int BlockRows = 1024;

    private readonly Node _root;

    private Expression(string text, Node root, IReadOnlyList<ExpressionColumn> columns) => (Text, _root, Columns) = (text, root, columns);

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>What its value is.</summary>
    public ExpressionKind Kind => _root.Kind;

    /// <summary>The columns it names, in the order of first use: no others need be in the table.</summary>
    public IReadOnlyList<ExpressionColumn> Columns { get; }

    /// <summary>Understands an expression.</summary>
    /// <param name="text">The expression, at most <see cref="MaxLength"/> characters.</param>
    /// <param name="columns">The columns it may name.</param>
    /// <exception cref="ExpressionException">It cannot be understood, names an unknown column, or compares unlike kinds.</exception>
    public static Expression Parse(string text, IReadOnlyList<ExpressionColumn> columns)
    {
        if (text.Length > MaxLength)
            throw new ExpressionException(text, MaxLength, 1, string.Create(CultureInfo.InvariantCulture, $"found {text.Length} characters, expected at most {MaxLength}; write it shorter, with in (...) for many values"));
        Parser parser = new(text, columns.ToDictionary(column => column.Name, StringComparer.Ordinal));
        Node root = parser.Parse();
        return new Expression(text, root, parser.Used);
    }

    /// <summary>Understands an expression that must be a condition.</summary>
    /// <param name="text">The condition.</param>
    /// <param name="columns">The columns it may name.</param>
    /// <exception cref="ExpressionException">It cannot be understood, or is a number, a text or a day.</exception>
    public static Expression ParseCondition(string text, IReadOnlyList<ExpressionColumn> columns)
    {
        Expression expression = Parse(text, columns);
        return expression.Kind == ExpressionKind.Boolean ? expression
            : throw new Typing(text).Wrong(expression._root, "a condition", "compare it with something, like churn_probability > 0.5");
    }

    /// <summary>For every row whether the condition holds; missing does not.</summary>
    /// <exception cref="ArgumentException">The expression is no condition, or the table lacks a column.</exception>
    public bool[] Holds(ExpressionTable table)
    {
        bool[] holds = new bool[table.Count];
        ConditionNode root = _root as ConditionNode ?? throw new ArgumentException("The expression is no condition.");
        Array[] columns = Bind(table);
        Span<sbyte> block = stackalloc sbyte[BlockRows];
        for (int start = 0; start < table.Count; start += BlockRows)
        {
            Span<sbyte> values = block[..Math.Min(BlockRows, table.Count - start)];
            root.Evaluate(new Rows(columns, start), values);
            for (int i = 0; i < values.Length; i++)
                holds[start + i] = values[i] == Truth.True;
        }
        return holds;
    }

    /// <summary>For every row the number, or the day number of a day; NaN where missing.</summary>
    /// <exception cref="ArgumentException">The expression is neither, or the table lacks a column.</exception>
    public double[] Numbers(ExpressionTable table)
    {
        double[] numbers = new double[table.Count];
        NumberNode root = _root as NumberNode ?? throw new ArgumentException("The expression is no number.");
        Array[] columns = Bind(table);
        for (int start = 0; start < table.Count; start += BlockRows)
            root.Evaluate(new Rows(columns, start), numbers.AsSpan(start, Math.Min(BlockRows, table.Count - start)));
        return numbers;
    }

    /// <summary>The expression with every pair of parentheses; understood again it says the same.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        _root.Write(text);
        return text.ToString();
    }

    private Array[] Bind(ExpressionTable table) => [.. Columns.Select(table.Column)];
}
