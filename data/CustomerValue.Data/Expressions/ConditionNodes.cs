using System.Text;

namespace CustomerValue.Data.Expressions;

/// <summary>Comparison of two numbers or of two days; missing where either is.</summary>
internal sealed class NumberComparison(string operation, NumberNode left, NumberNode right)
    : ConditionNode(left.Position, right.Position + right.Length - left.Position)
{
    public override void Evaluate(in Rows rows, Span<sbyte> into)
    {
        using Scratch<double> first = new(into.Length), second = new(into.Length);
        Span<double> a = first.Span, b = second.Span;
        left.Evaluate(rows, a);
        right.Evaluate(rows, b);
        for (int i = 0; i < into.Length; i++)
        {
            bool holds = operation switch { "=" => a[i] == b[i], "!=" => a[i] != b[i], "<" => a[i] < b[i], "<=" => a[i] <= b[i], ">" => a[i] > b[i], _ => a[i] >= b[i] };
            into[i] = double.IsNaN(a[i]) || double.IsNaN(b[i]) ? Truth.Missing : holds ? Truth.True : Truth.False;
        }
    }

    public override void Write(StringBuilder text) => Binary.Write(text, left, operation, right);
}

/// <summary>Whether two texts are the same, or not.</summary>
internal sealed class TextComparison(bool same, TextNode left, TextNode right) : ConditionNode(left.Position, right.Position + right.Length - left.Position)
{
    public override void Evaluate(in Rows rows, Span<sbyte> into)
    {
        using Scratch<string?> first = new(into.Length), second = new(into.Length);
        Span<string?> a = first.Span, b = second.Span;
        left.Evaluate(rows, a);
        right.Evaluate(rows, b);
        for (int i = 0; i < into.Length; i++)
            into[i] = a[i] is null || b[i] is null ? Truth.Missing : string.Equals(a[i], b[i], StringComparison.Ordinal) == same ? Truth.True : Truth.False;
    }

    public override void Write(StringBuilder text) => Binary.Write(text, left, same ? "=" : "!=", right);
}

/// <summary>Whether two truths are the same, or not.</summary>
internal sealed class TruthComparison(bool same, ConditionNode left, ConditionNode right) : ConditionNode(left.Position, right.Position + right.Length - left.Position)
{
    public override void Evaluate(in Rows rows, Span<sbyte> into)
    {
        left.Evaluate(rows, into);
        using Scratch<sbyte> second = new(into.Length);
        Span<sbyte> b = second.Span;
        right.Evaluate(rows, b);
        for (int i = 0; i < into.Length; i++)
            into[i] = into[i] == Truth.Missing || b[i] == Truth.Missing ? Truth.Missing : into[i] == b[i] == same ? Truth.True : Truth.False;
    }

    public override void Write(StringBuilder text) => Binary.Write(text, left, same ? "=" : "!=", right);
}

/// <summary>Several conditions joined by and, or by or.</summary>
internal sealed class Junction(bool all, IReadOnlyList<ConditionNode> parts)
    : ConditionNode(parts[0].Position, parts[^1].Position + parts[^1].Length - parts[0].Position)
{
    public override void Evaluate(in Rows rows, Span<sbyte> into)
    {
        parts[0].Evaluate(rows, into);
        using Scratch<sbyte> other = new(into.Length);
        Span<sbyte> b = other.Span;
        for (int part = 1; part < parts.Count; part++)
        {
            parts[part].Evaluate(rows, b);
            for (int i = 0; i < into.Length; i++)
                into[i] = all ? Truth.And(into[i], b[i]) : Truth.Or(into[i], b[i]);
        }
    }

    public override void Write(StringBuilder text)
    {
        for (int part = 0; part < parts.Count; part++)
        {
            text.Append(part == 0 ? "(" : all ? " and " : " or ");
            parts[part].Write(text);
        }
        text.Append(')');
    }
}

/// <summary>not a.</summary>
internal sealed class Negation(ConditionNode of, int position) : ConditionNode(position, of.Position + of.Length - position)
{
    public override void Evaluate(in Rows rows, Span<sbyte> into)
    {
        of.Evaluate(rows, into);
        foreach (ref sbyte value in into)
            value = Truth.Not(value);
    }

    public override void Write(StringBuilder text)
    {
        text.Append("(not ");
        of.Write(text);
        text.Append(')');
    }
}

internal static class Binary
{
    public static void Write(StringBuilder text, Node left, string operation, Node right)
    {
        text.Append('(');
        left.Write(text);
        text.Append(' ').Append(operation).Append(' ');
        right.Write(text);
        text.Append(')');
    }
}
