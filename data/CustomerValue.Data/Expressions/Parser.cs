using System.Globalization;

namespace CustomerValue.Data.Expressions;

/// <summary>Understands an expression by its columns: recursive descent, lowest binding first (or, and, not, comparison, sum, product, sign).</summary>
internal sealed class Parser(string text, IReadOnlyDictionary<string, ExpressionColumn> columns)
{
    private readonly List<Lexeme> _tokens = Lexer.Read(text);
    private readonly Typing _typing = new(text);
    private readonly Dictionary<string, int> _used = new(StringComparer.Ordinal);
    private int _at, _nesting;

    /// <summary>Columns named, in the order of first use.</summary>
    public List<ExpressionColumn> Used { get; } = [];

    private Lexeme Current => _tokens[_at];

    public Node Parse()
    {
        if (Current.Kind == TokenKind.End)
            throw new ExpressionException(text, 0, 0, "found an empty expression, expected a condition like churn_probability > 0.5");
        Node root = Any();
        return Current.Kind == TokenKind.End ? root : throw Unexpected("an operator or the end");
    }

    private Node Any() => Junction("or", () => Junction("and", Not));

    private Node Junction(string word, Func<Node> part)
    {
        Node first = part();
        if (!Current.Is(word))
            return first;
        List<ConditionNode> parts = [_typing.Condition(first, word)];
        while (Accept(word))
            parts.Add(_typing.Condition(part(), word));
        return new Junction(word == "and", parts) { Depth = 1 + parts.Max(node => node.Depth) };
    }

    private Node Not()
    {
        if (!Current.Is("not"))
            return Comparison();
        Lexeme word = Take();
        using (Nest(word))
        {
            ConditionNode of = _typing.Condition(Not(), "not");
            return new Negation(of, word.Position) { Depth = of.Depth + 1 };
        }
    }

    private Node Comparison()
    {
        Node left = Sum();
        Lexeme operation = Current;
        if (operation.Kind == TokenKind.Symbol && operation.Value is "=" or "!=" or "<" or "<=" or ">" or ">=")
        {
            _at++;
            if (Current.Is("missing"))
                throw new ExpressionException(text, operation.Position, Current.Position + Current.Length - operation.Position, "found a comparison with missing, expected is missing or is not missing");
            Node compared = _typing.Compare(operation, left, Sum());
            return Current.Kind == TokenKind.Symbol && Current.Value is "=" or "!=" or "<" or "<=" or ">" or ">="
                ? throw new ExpressionException(text, Current.Position, Current.Length, $"found a second comparison, expected one at a time; write two of them with and between, like 1 < x and x < 5")
                : compared;
        }
        bool negated = operation.Is("not") && _tokens[_at + 1].Is("in");
        if (negated)
            _at++;
        if (Accept("in"))
            return Negated(negated, Membership(left));
        if (!Accept("is"))
            return left;
        negated = Accept("not");
        if (!Current.Is("missing"))
            throw Unexpected("missing after is; write = to compare");
        return Negated(negated, new MissingTest(left, Take() is var word ? word.Position + word.Length : 0) { Depth = left.Depth + 1 });
    }

    private static ConditionNode Negated(bool negated, ConditionNode node) => negated ? new Negation(node, node.Position) { Depth = node.Depth + 1 } : node;

    private ConditionNode Membership(Node of)
    {
        if (!Accept("("))
            throw Unexpected("( and a list of values, like ('a', 'b')");
        List<Node> list = [];
        do
        {
            Lexeme start = Current;
            Node value = Sign();
            list.Add(value is NumberLiteral or TextLiteral ? value : throw new ExpressionException(text, start.Position, value.Position + value.Length - start.Position, "found no plain value in the list, expected numbers, texts or days; compare with or instead"));
        }
        while (Accept(","));
        Lexeme end = Current;
        return Accept(")") ? _typing.Membership(of, list, end.Position + 1) : throw Unexpected(", or ) after a value of the list");
    }

    private Node Sum()
    {
        Node left = Product();
        while (Current.Is("+") || Current.Is("-"))
            left = Deep(_typing.Calculate(Take(), left, Product()));
        return left;
    }

    private Node Product()
    {
        Node left = Sign();
        while (Current.Is("*") || Current.Is("/"))
            left = Deep(_typing.Calculate(Take(), left, Sign()));
        return left;
    }

    private Node Sign()
    {
        if (!Current.Is("-"))
            return Value();
        Lexeme minus = Take();
        using (Nest(minus))
        {
            Node of = Sign();
            if (of is not NumberNode { Kind: ExpressionKind.Number } number)
                throw _typing.Wrong(of, "a number after -");
            return number is NumberLiteral literal ? new NumberLiteral(-literal.Value, ExpressionKind.Number, minus.Position, literal.Position + literal.Length - minus.Position)
                : new Negative(number, minus.Position) { Depth = number.Depth + 1 };
        }
    }

    private Node Value()
    {
        Lexeme token = Current;
        if (token.Kind is TokenKind.Symbol && token.Value == "(")
        {
            _at++;
            using (Nest(token))
            {
                Node inner = Any();
                return Accept(")") ? inner : throw Unexpected("an operator or )");
            }
        }
        if (token.Kind is TokenKind.Symbol or TokenKind.End || (token.Kind == TokenKind.Word && token.Value is not "true" and not "false"))
            throw Unexpected("a column, a number, a text or (");
        _at++;
        return token.Kind switch
        {
            TokenKind.Number => new NumberLiteral(token.Number, ExpressionKind.Number, token.Position, token.Length),
            TokenKind.Date => new NumberLiteral(token.Number, ExpressionKind.Date, token.Position, token.Length),
            TokenKind.Text => new TextLiteral(token.Value, token.Position, token.Length),
            TokenKind.Word => new TruthLiteral(token.Value == "true", token.Position, token.Length),
            _ => Column(token),
        };
    }

    private Node Column(Lexeme token)
    {
        if (!columns.TryGetValue(token.Value, out ExpressionColumn? column))
            throw new ExpressionException(text, token.Position, token.Length, Current.Is("(")
                ? $"found a call of '{token.Value}', expected no functions; take it out"
                : $"found the unknown name '{token.Value}', expected a column; {NearestName.Hint(token.Value, [.. columns.Keys], "columns")}");
        if (!_used.TryGetValue(column.Name, out int index))
        {
            _used.Add(column.Name, index = Used.Count);
            Used.Add(column);
        }
        return column.Kind switch
        {
            ExpressionKind.Text => new TextReference(column, index, token.Position, token.Length),
            ExpressionKind.Boolean => new TruthColumn(column, index, token.Position, token.Length),
            _ => new NumberReference(column, index, token.Position, token.Length),
        };
    }

    private Nesting Nest(Lexeme token) => ++_nesting <= Expression.MaxNesting ? new Nesting(this)
        : throw new ExpressionException(text, token.Position, token.Length, string.Create(CultureInfo.InvariantCulture, $"found more than {Expression.MaxNesting} parentheses or signs within each other, expected fewer; write it flatter"));

    private Node Deep(Node node) => node.Depth <= Expression.MaxChain ? node
        : throw new ExpressionException(text, node.Position, node.Length, string.Create(CultureInfo.InvariantCulture, $"found a sum or product of more than {Expression.MaxChain} terms, expected fewer; use a column that holds it"));

    private bool Accept(string symbolOrWord)
    {
        bool found = Current.Is(symbolOrWord);
        _at += found ? 1 : 0;
        return found;
    }

    private Lexeme Take() => _tokens[_at++];

    private ExpressionException Unexpected(string expected)
    {
        string hint = Current.Is(",") && _at > 0 && _tokens[_at - 1].Kind == TokenKind.Number ? "; numbers are written without commas, 1000 and 0.5"
            : Current.Kind == TokenKind.Name && _at > 0 && _tokens[_at - 1].Kind == TokenKind.Name ? "; names with blanks stand between [ and ]" : "";
        return new ExpressionException(text, Current.Position, Current.Length, $"found {Current.Described(text)}, expected {expected}{hint}");
    }

    private readonly struct Nesting(Parser parser) : IDisposable
    {
        public void Dispose() => parser._nesting--;
    }
}
