using System.Globalization;

namespace CustomerValue.Data.Expressions;

/// <summary>Joins parts of fitting kinds, and says what does not fit.</summary>
internal sealed class Typing(string text)
{
    public ConditionNode Condition(Node node, string word) => node as ConditionNode
        ?? throw Wrong(node, $"a condition beside {word}", "compare it, or write x in (1, 2) for x = 1 or x = 2");

    public Node Compare(Lexeme operation, Node left, Node right)
    {
        (left, right) = (AsDay(left, right), AsDay(right, left));
        bool equality = operation.Value is "=" or "!=";
        int depth = 1 + Math.Max(left.Depth, right.Depth);
        if (left.Kind != right.Kind)
            throw Wrong(right, $"{Name(left.Kind)} to compare with {Said(left)}", left is NumberNode && right is TextLiteral ? "write numbers without quotes" : "compare like with like");
        switch (left, right)
        {
            case (NumberNode a, NumberNode b):
                return new NumberComparison(operation.Value, a, b) { Depth = depth };
            case (TextNode a, TextNode b) when equality:
                Known(a, b);
                Known(b, a);
                return new TextComparison(operation.Value == "=", a, b) { Depth = depth };
            case (ConditionNode a, ConditionNode b) when equality:
                return new TruthComparison(operation.Value == "=", a, b) { Depth = depth };
            default:
                throw new ExpressionException(text, operation.Position, operation.Length, $"found '{operation.Value}' between two of {Name(left.Kind)}, expected = or !=; only numbers and days have an order");
        }
    }

    public ConditionNode Membership(Node of, List<Node> list, int end)
    {
        List<Node> values = list.ConvertAll(value => AsDay(value, of));
        if (of is ConditionNode)
            throw Wrong(of, "a number, a text or a day before in");
        if (values.Find(value => value.Kind != of.Kind) is { } odd)
            throw Wrong(odd, $"{Name(of.Kind)} in the list of values for {Said(of)}");
        if (of is NumberNode number)
            return new NumberMembership(number, values.ConvertAll(value => (NumberLiteral)value), end) { Depth = of.Depth + 1 };
        foreach (Node value in values)
            Known((TextNode)of, (TextNode)value);
        return new TextMembership((TextNode)of, values.ConvertAll(value => (TextLiteral)value), end) { Depth = of.Depth + 1 };
    }

    public Node Calculate(Lexeme operation, Node left, Node right)
    {
        char sign = operation.Value[0];
        ExpressionKind? kind = (left.Kind, sign, right.Kind) switch
        {
            (ExpressionKind.Number, _, ExpressionKind.Number) => ExpressionKind.Number,
            (ExpressionKind.Date, '-', ExpressionKind.Date) => ExpressionKind.Number,
            (ExpressionKind.Date, '+' or '-', ExpressionKind.Number) => ExpressionKind.Date,
            (ExpressionKind.Number, '+', ExpressionKind.Date) => ExpressionKind.Date,
            _ => null,
        };
        if (kind is { } known)
            return new Arithmetic(sign, (NumberNode)left, (NumberNode)right, known) { Depth = 1 + Math.Max(left.Depth, right.Depth) };
        Node odd = left is NumberNode { Kind: ExpressionKind.Number } ? right : left;
        throw Wrong(odd, $"a number beside {sign}", left.Kind == ExpressionKind.Date || right.Kind == ExpressionKind.Date ? "a day less a day gives days, a day plus or less a number gives a day" : "");
    }

    /// <summary>The error that a part is of the wrong kind.</summary>
    public ExpressionException Wrong(Node node, string expected, string remedy = "") =>
        new(text, node.Position, node.Length, $"found {Said(node)}, expected {expected}{(remedy.Length > 0 ? $"; {remedy}" : "")}");

    /// <summary>A text beside a day is read as a day.</summary>
    private Node AsDay(Node node, Node beside)
    {
        if (beside.Kind != ExpressionKind.Date || node is not TextLiteral literal)
            return node;
        return DateOnly.TryParseExact(literal.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? new NumberLiteral(day.DayNumber, ExpressionKind.Date, node.Position, node.Length)
            : throw new ExpressionException(text, node.Position, node.Length, $"found '{literal.Value}', expected a day like 2024-02-28");
    }

    private void Known(TextNode column, TextNode literal)
    {
        if (column is TextReference { Column: { Levels.Count: > 0 } known } && literal is TextLiteral written && !known.Levels.Contains(written.Value, StringComparer.Ordinal))
            throw new ExpressionException(text, literal.Position, literal.Length, $"found '{written.Value}', which {known.Name} never is; {NearestName.Hint(written.Value, known.Levels, "values")}");
    }

    private string Said(Node node) => $"{Name(node.Kind)} ({text.AsSpan(node.Position, Math.Min(node.Length, 40))})";

    private static string Name(ExpressionKind kind) => kind switch
    {
        ExpressionKind.Number => "a number",
        ExpressionKind.Text => "a text",
        ExpressionKind.Date => "a day",
        _ => "a condition",
    };
}
