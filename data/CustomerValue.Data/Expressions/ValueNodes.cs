using System.Globalization;
using System.Text;

namespace CustomerValue.Data.Expressions;

internal sealed class NumberLiteral(double value, ExpressionKind kind, int position, int length) : NumberNode(kind, position, length)
{
    public double Value => value;

    public override void Evaluate(in Rows rows, Span<double> into) => into.Fill(value);

    public override void Write(StringBuilder text) => text.Append(Kind == ExpressionKind.Date
        ? DateOnly.FromDayNumber((int)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture));
}

internal sealed class NumberReference(ExpressionColumn column, int index, int position, int length) : NumberNode(column.Kind, position, length)
{
    public override void Evaluate(in Rows rows, Span<double> into) => ((double[])rows.Columns[index]).AsSpan(rows.Start, into.Length).CopyTo(into);

    public override void Write(StringBuilder text) => Names.Write(text, column.Name);
}

internal sealed class TextLiteral(string value, int position, int length) : TextNode(position, length)
{
    public string Value => value;

    public override void Evaluate(in Rows rows, Span<string?> into) => into.Fill(value);

    public override void Write(StringBuilder text) => text.Append('\'').Append(value.Replace("'", "''", StringComparison.Ordinal)).Append('\'');
}

internal sealed class TextReference(ExpressionColumn column, int index, int position, int length) : TextNode(position, length)
{
    public ExpressionColumn Column => column;

    public override void Evaluate(in Rows rows, Span<string?> into) => ((string?[])rows.Columns[index]).AsSpan(rows.Start, into.Length).CopyTo(into);

    public override void Write(StringBuilder text) => Names.Write(text, column.Name);
}

internal sealed class TruthLiteral(bool value, int position, int length) : ConditionNode(position, length)
{
    public override void Evaluate(in Rows rows, Span<sbyte> into) => into.Fill(value ? Truth.True : Truth.False);

    public override void Write(StringBuilder text) => text.Append(value ? "true" : "false");
}

internal sealed class TruthColumn(ExpressionColumn column, int index, int position, int length) : ConditionNode(position, length)
{
    public override void Evaluate(in Rows rows, Span<sbyte> into) => ((sbyte[])rows.Columns[index]).AsSpan(rows.Start, into.Length).CopyTo(into);

    public override void Write(StringBuilder text) => Names.Write(text, column.Name);
}

internal static class Names
{
    /// <summary>Writes a column's name between brackets, where any name may stand.</summary>
    public static void Write(StringBuilder text, string name) => text.Append('[').Append(name.Replace("]", "]]", StringComparison.Ordinal)).Append(']');
}
