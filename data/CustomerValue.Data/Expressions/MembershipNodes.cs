using System.Text;

namespace CustomerValue.Data.Expressions;

/// <summary>a in (1, 2, 3), for numbers and days; missing where a is.</summary>
internal sealed class NumberMembership(NumberNode of, IReadOnlyList<NumberLiteral> list, int end) : ConditionNode(of.Position, end - of.Position)
{
    private readonly HashSet<double> _values = [.. list.Select(literal => literal.Value)];

    public override void Evaluate(in Rows rows, Span<sbyte> into)
    {
        using Scratch<double> scratch = new(into.Length);
        Span<double> a = scratch.Span;
        of.Evaluate(rows, a);
        for (int i = 0; i < into.Length; i++)
            into[i] = double.IsNaN(a[i]) ? Truth.Missing : _values.Contains(a[i]) ? Truth.True : Truth.False;
    }

    public override void Write(StringBuilder text) => Membership.Write(text, of, list);
}

/// <summary>a in ('x', 'y'); missing where a is.</summary>
internal sealed class TextMembership(TextNode of, IReadOnlyList<TextLiteral> list, int end) : ConditionNode(of.Position, end - of.Position)
{
    private readonly HashSet<string> _values = new(list.Select(literal => literal.Value), StringComparer.Ordinal);

    public override void Evaluate(in Rows rows, Span<sbyte> into)
    {
        using Scratch<string?> scratch = new(into.Length);
        Span<string?> a = scratch.Span;
        of.Evaluate(rows, a);
        for (int i = 0; i < into.Length; i++)
            into[i] = a[i] is not { } value ? Truth.Missing : _values.Contains(value) ? Truth.True : Truth.False;
    }

    public override void Write(StringBuilder text) => Membership.Write(text, of, list);
}

/// <summary>a is missing: always true or false.</summary>
internal sealed class MissingTest(Node of, int end) : ConditionNode(of.Position, end - of.Position)
{
    public override void Evaluate(in Rows rows, Span<sbyte> into)
    {
        switch (of)
        {
            case NumberNode number:
                using (Scratch<double> scratch = new(into.Length))
                {
                    number.Evaluate(rows, scratch.Span);
                    for (int i = 0; i < into.Length; i++)
                        into[i] = double.IsNaN(scratch.Span[i]) ? Truth.True : Truth.False;
                }
                break;
            case TextNode words:
                using (Scratch<string?> scratch = new(into.Length))
                {
                    words.Evaluate(rows, scratch.Span);
                    for (int i = 0; i < into.Length; i++)
                        into[i] = scratch.Span[i] is null ? Truth.True : Truth.False;
                }
                break;
            default:
                ((ConditionNode)of).Evaluate(rows, into);
                foreach (ref sbyte value in into)
                    value = value == Truth.Missing ? Truth.True : Truth.False;
                break;
        }
    }

    public override void Write(StringBuilder text)
    {
        text.Append('(');
        of.Write(text);
        text.Append(" is missing)");
    }
}

internal static class Membership
{
    public static void Write(StringBuilder text, Node of, IReadOnlyList<Node> list)
    {
        text.Append('(');
        of.Write(text);
        for (int i = 0; i < list.Count; i++)
        {
            text.Append(i == 0 ? " in (" : ", ");
            list[i].Write(text);
        }
        text.Append("))");
    }
}
