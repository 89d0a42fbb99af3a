using System.Text;

namespace CustomerValue.Data.Expressions;

/// <summary>A part of an expression with its place in the text.</summary>
internal abstract class Node(ExpressionKind kind, int position, int length)
{
    public ExpressionKind Kind { get; } = kind;

    public int Position { get; } = position;

    public int Length { get; } = length;

    /// <summary>Longest way down to a leaf; evaluation recurses so far.</summary>
    public int Depth { get; init; }

    /// <summary>Writes the part so that reading it again gives the same.</summary>
    public abstract void Write(StringBuilder text);
}

/// <summary>Rows from <paramref name="Start"/> on of the columns the expression names, in its own order.</summary>
internal readonly record struct Rows(Array[] Columns, int Start);

/// <summary>A number or, as its day number, a date; NaN is missing.</summary>
internal abstract class NumberNode(ExpressionKind kind, int position, int length) : Node(kind, position, length)
{
    public abstract void Evaluate(in Rows rows, Span<double> into);
}

/// <summary>A text; null is missing.</summary>
internal abstract class TextNode(int position, int length) : Node(ExpressionKind.Text, position, length)
{
    public abstract void Evaluate(in Rows rows, Span<string?> into);
}

/// <summary>A condition; see <see cref="Truth"/>.</summary>
internal abstract class ConditionNode(int position, int length) : Node(ExpressionKind.Boolean, position, length)
{
    public abstract void Evaluate(in Rows rows, Span<sbyte> into);
}
