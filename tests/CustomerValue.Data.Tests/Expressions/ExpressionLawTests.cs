using System.Globalization;
using System.Text;
using CustomerValue.Data.Expressions;

namespace CustomerValue.Data.Tests.Expressions;

/// <summary>Random expressions against a second, row-by-row reckoning, and random text against the promise of one kind of error.</summary>
public class ExpressionLawTests
{
    private const int Rows = 2_500; // more than two blocks

    private static readonly ExpressionColumn[] s_columns =
    [
        new("a", ExpressionKind.Number), new("b c", ExpressionKind.Number), new("d", ExpressionKind.Date), new("t", ExpressionKind.Text), new("u]", ExpressionKind.Text), new("f", ExpressionKind.Boolean),
    ];

    [Fact]
    public void A_random_expression_gives_what_row_by_row_reckoning_gives()
    {
        Random random = new(20260101);
        ExpressionTable table = RandomTable(random, out Row[] rows);
        for (int n = 0; n < 400; n++)
        {
            (string text, Func<Row, bool?> meaning) = Condition(random, 5);
            Expression expression = Expression.ParseCondition(text, s_columns);
            bool[] holds = expression.Holds(table), again = Expression.ParseCondition(expression.ToString(), s_columns).Holds(table);
            for (int row = 0; row < Rows; row++)
                if (holds[row] != (meaning(rows[row]) == true) || again[row] != holds[row])
                    Assert.Fail($"{text}\nrow {row}: {rows[row]} gives {holds[row]}, printed and read again {again[row]}, expected {meaning(rows[row])}");
        }
    }

    [Fact]
    public void Any_text_is_understood_or_refused_with_a_place_within_it()
    {
        Random random = new(7);
        string[] words = ["a", "[b c]", "d", "t", "[u]]]", "f", "and", "or", "not", "in", "is", "missing", "true", "(", ")", ",", "=", "!=", "<", ">=", "+", "-", "*", "/", "1", ".5", "1e3", "'x'", "2024-02-28", "\"", "'", "[", "é", "客", "😀", "\ud83d", "\n", "\0", " ", "&", "1.2.3"];
        int understood = 0;
        for (int n = 0; n < 40_000; n++)
        {
            StringBuilder text = new();
            if (random.Next(2) == 0)
                for (int i = random.Next(1, 12); i > 0; i--)
                    text.Append(words[random.Next(words.Length)]).Append(random.Next(4) == 0 ? "" : " ");
            else
            {
                text.Append(Condition(random, 3).Text);
                for (int i = random.Next(1, 4); i > 0; i--)
                    text[random.Next(text.Length)] = words[random.Next(words.Length)][0];
            }
            try
            {
                Expression.Parse(text.ToString(), s_columns);
                understood++;
            }
            catch (ExpressionException error)
            {
                error.Position.Should().BeInRange(0, text.Length);
                (error.Position + error.Length).Should().BeLessThanOrEqualTo(text.Length);
                error.Problem.Should().Contain("found").And.Contain("expected");
                error.Message.Split('\n').Should().HaveCount(3);
            }
        }
        understood.Should().BeGreaterThan(1_000, "the law is about both kinds of text");
    }

    [Fact]
    public void Threads_may_share_an_expression()
    {
        ExpressionTable table = RandomTable(new Random(3), out _);
        Expression expression = Expression.ParseCondition("a > 1 and t in ('x', 'y') or d - 2020-01-01 > [b c]", s_columns);
        bool[] alone = expression.Holds(table);

        Parallel.For(0, 50, _ => expression.Holds(table).Should().Equal(alone));
    }

    private sealed record Row(double? A, double? B, DateOnly? D, string? T, string? U, bool? F);

    private static ExpressionTable RandomTable(Random random, out Row[] rows)
    {
        rows = new Row[Rows];
        for (int i = 0; i < Rows; i++)
            rows[i] = new Row(Maybe(random, random.Next(-3, 4)), Maybe(random, random.Next(-30, 30) / 10.0), Maybe(random, new DateOnly(2020, 1, 1).AddDays(random.Next(5))),
                random.Next(4) == 0 ? null : "xyz"[random.Next(3)].ToString(), random.Next(4) == 0 ? null : "xyz"[random.Next(3)].ToString(), Maybe(random, random.Next(2) == 0));
        return new ExpressionTable(Rows).Number("a", Array.ConvertAll(rows, row => row.A ?? double.NaN)).Number("b c", Array.ConvertAll(rows, row => row.B ?? double.NaN))
            .Date("d", Array.ConvertAll(rows, row => row.D)).Text("t", Array.ConvertAll(rows, row => row.T)).Text("u]", Array.ConvertAll(rows, row => row.U)).Boolean("f", Array.ConvertAll(rows, row => row.F));
    }

    private static T? Maybe<T>(Random random, T value) where T : struct => random.Next(4) == 0 ? null : value;

    private static (string Text, Func<Row, bool?> Meaning) Condition(Random random, int depth)
    {
        switch (random.Next(depth > 0 ? 10 : 6))
        {
            case 0:
                return ("f", row => row.F);
            case 1:
                {
                    (string t, Func<Row, double?> m) = Number(random, depth - 1);
                    (string t2, Func<Row, double?> m2) = Number(random, depth - 1);
                    string op = Pick(random, "=", "!=", "<", "<=", ">", ">=");
                    return ($"{t} {op} {t2}", row => m(row) is { } x && m2(row) is { } y ? Compare(op, x.CompareTo(y)) : null);
                }
            case 2:
                {
                    string value = "xyz"[random.Next(3)].ToString();
                    bool own = random.Next(2) == 0, same = random.Next(2) == 0;
                    return own ? ($"t {(same ? "=" : "!=")} '{value}'", row => row.T is null ? null : row.T == value == same)
                        : ($"t {(same ? "=" : "<>")} [u]]]", row => row.T is null || row.U is null ? null : row.T == row.U == same);
                }
            case 3:
                {
                    int day = random.Next(5);
                    string op = Pick(random, "=", "<", ">=");
                    DateOnly date = new DateOnly(2020, 1, 1).AddDays(day);
                    return ($"d {op} {date:yyyy-MM-dd}", row => row.D is { } d ? Compare(op, d.CompareTo(date)) : null);
                }
            case 4:
                {
                    bool negated = random.Next(2) == 0;
                    return random.Next(2) == 0 ? ($"t {(negated ? "not " : "")}in ('x', \"y\")", row => row.T is null ? null : row.T is "x" or "y" != negated)
                        : ($"a {(negated ? "not " : "")}in (-1, 0, 2)", row => row.A is { } a ? a is -1 or 0 or 2 != negated : null);
                }
            case 5:
                {
                    (string t, Func<Row, double?> m) = Number(random, depth - 1);
                    return random.Next(2) == 0 ? ($"{t} is missing", row => m(row) is null) : ($"{t} is not missing", row => m(row) is not null);
                }
            case 6:
                {
                    (string t, Func<Row, bool?> m) = Condition(random, depth - 1);
                    return ($"not ({t})", row => !m(row));
                }
            case 7:
                {
                    (string t, Func<Row, bool?> m) = Condition(random, depth - 1);
                    (string t2, Func<Row, bool?> m2) = Condition(random, depth - 1);
                    (string t3, Func<Row, bool?> m3) = Condition(random, depth - 1);
                    return ($"(({t}) or ({t2}) and ({t3}))", row => m(row) | (m2(row) & m3(row)));
                }
            case 8:
                {
                    (string t, Func<Row, bool?> m) = Condition(random, depth - 1);
                    (string t2, Func<Row, bool?> m2) = Condition(random, depth - 1);
                    bool same = random.Next(2) == 0;
                    return ($"({t}) {(same ? "=" : "!=")} ({t2})", row => m(row) is { } x && m2(row) is { } y ? x == y == same : null);
                }
            default:
                {
                    (string t, Func<Row, bool?> m) = Condition(random, depth - 1);
                    return ($"({t}) is missing", row => m(row) is null);
                }
        }
    }

    private static (string Text, Func<Row, double?> Meaning) Number(Random random, int depth)
    {
        switch (random.Next(depth > 0 ? 7 : 4))
        {
            case 0:
                return ("a", row => row.A);
            case 1:
                return ("[b c]", row => row.B);
            case 2:
                {
                    double value = random.Next(-20, 20) / 8.0;
                    return (value.ToString(CultureInfo.InvariantCulture), _ => value);
                }
            case 3:
                return ("(d - 2020-01-02)", row => row.D is { } d ? d.DayNumber - new DateOnly(2020, 1, 2).DayNumber : null);
            case 4:
                {
                    (string t, Func<Row, double?> m) = Number(random, depth - 1);
                    return ($"-({t})", row => -m(row));
                }
            default:
                {
                    (string t, Func<Row, double?> m) = Number(random, depth - 1);
                    (string t2, Func<Row, double?> m2) = Number(random, depth - 1);
                    string op = Pick(random, "+", "-", "*", "/");
                    return ($"({t} {op} {t2})", row =>
                        {
                            double? value = op switch { "+" => m(row) + m2(row), "-" => m(row) - m2(row), "*" => m(row) * m2(row), _ => m(row) / m2(row) };
                            return value is { } v && double.IsFinite(v) ? v : null;
                        }
                    );
                }
        }
    }

    private static bool Compare(string op, int sign) => op switch { "=" => sign == 0, "!=" => sign != 0, "<" => sign < 0, "<=" => sign <= 0, ">" => sign > 0, _ => sign >= 0 };

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];
}
