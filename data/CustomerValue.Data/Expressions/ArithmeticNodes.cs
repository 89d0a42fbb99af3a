using System.Text;

namespace CustomerValue.Data.Expressions;

/// <summary>a + b, a - b, a * b, a / b; missing where either is, and where the result is no finite number (a division by zero).</summary>
internal sealed class Arithmetic(char operation, NumberNode left, NumberNode right, ExpressionKind kind)
    : NumberNode(kind, left.Position, right.Position + right.Length - left.Position)
{
    public override void Evaluate(in Rows rows, Span<double> into)
    {
        left.Evaluate(rows, into);
        using Scratch<double> other = new(into.Length);
        Span<double> b = other.Span;
        right.Evaluate(rows, b);
        switch (operation)
        {
            case '+':
                for (int i = 0; i < into.Length; i++)
                    into[i] += b[i];
                break;
            case '-':
                for (int i = 0; i < into.Length; i++)
                    into[i] -= b[i];
                break;
            case '*':
                for (int i = 0; i < into.Length; i++)
                    into[i] *= b[i];
                break;
            default:
                for (int i = 0; i < into.Length; i++)
                    into[i] /= b[i];
                break;
        }
        foreach (ref double value in into)
            if (!double.IsFinite(value))
                value = double.NaN;
    }

    public override void Write(StringBuilder text)
    {
        text.Append('(');
        left.Write(text);
        text.Append(' ').Append(operation).Append(' ');
        right.Write(text);
        text.Append(')');
    }
}

/// <summary>- a.</summary>
internal sealed class Negative(NumberNode of, int position) : NumberNode(ExpressionKind.Number, position, of.Position + of.Length - position)
{
    public override void Evaluate(in Rows rows, Span<double> into)
    {
        of.Evaluate(rows, into);
        foreach (ref double value in into)
            value = -value;
    }

    public override void Write(StringBuilder text)
    {
        text.Append("(- ");
        of.Write(text);
        text.Append(')');
    }
}
