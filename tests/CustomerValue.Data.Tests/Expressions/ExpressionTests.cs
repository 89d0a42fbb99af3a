using CustomerValue.Data.Expressions;

namespace CustomerValue.Data.Tests.Expressions;

/// <summary>What expressions mean, on four customers: complete, another, nothing known, at the edge.</summary>
public class ExpressionTests
{
    private static readonly ExpressionColumn[] s_columns =
    [
        new("churn_probability", ExpressionKind.Number), new("spend", ExpressionKind.Number), new("last_purchase", ExpressionKind.Date),
        new("strategy", ExpressionKind.Text) { Levels = ["Retain", "Develop", "Maintain", "Cultivate"] }, new("city", ExpressionKind.Text), new("is_champion", ExpressionKind.Boolean), new("客户 类型", ExpressionKind.Text),
    ];

    private static readonly ExpressionTable s_table = new ExpressionTable(4)
        .Number("churn_probability", [0.7, 0.2, double.NaN, 0.5])
        .Number("spend", [100, 0, double.NaN, 50])
        .Date("last_purchase", [new DateOnly(2011, 5, 1), new DateOnly(2011, 8, 31), null, new DateOnly(2011, 6, 1)])
        .Text("strategy", ["Retain", "Develop", null, "Cultivate"])
        .Text("city", ["Lyon", "O'Hare", null, "lyon"])
        .Boolean("is_champion", [true, false, null, true])
        .Text("客户 类型", ["新", "老", null, "新"]);

    [Theory]
    [InlineData("churn_probability > .5", "1000")]
    [InlineData("churn_probability >= 0.5", "1001")]
    [InlineData("not churn_probability > 0.5", "0101")] // missing is neither above nor not above
    [InlineData("churn_probability = 5e-1", "0001")]
    [InlineData("churn_probability != 0.5", "1100")]
    [InlineData("churn_probability <> 0.5", "1100")]
    [InlineData("churn_probability is missing", "0010")]
    [InlineData("churn_probability IS NOT MISSING", "1101")]
    [InlineData("churn_probability is missing or churn_probability < 0.3", "0110")]
    [InlineData("true or churn_probability > 0.5", "1111")]
    [InlineData("churn_probability > 0.5 and true", "1000")]
    [InlineData("not (churn_probability > 0.5 and false)", "1111")]
    [InlineData("is_champion", "1001")]
    [InlineData("not is_champion", "0100")]
    [InlineData("is_champion = false", "0100")]
    [InlineData("is_champion is missing", "0010")]
    [InlineData("strategy in ('Retain', 'Develop')", "1100")]
    [InlineData("strategy not in ('Retain', 'Develop')", "0001")]
    [InlineData("strategy = \"Retain\" or strategy = 'Cultivate'", "1001")]
    [InlineData("strategy != 'Retain'", "0101")]
    [InlineData("city = 'O''Hare'", "0100")]
    [InlineData("city = 'lyon'", "0001")]
    [InlineData("[客户 类型] = '新'", "1001")]
    [InlineData("last_purchase < 2011-06-01", "1000")]
    [InlineData("last_purchase <= '2011-06-01'", "1001")]
    [InlineData("2011-09-01 - last_purchase > 90", "1001")]
    [InlineData("last_purchase + 31 in (2011-06-01, 2011-07-02)", "1001")]
    [InlineData("spend / spend = 1", "1001")] // zero by zero is missing
    [InlineData("1 / spend is missing", "0110")]
    [InlineData("spend * 2 - 10 / 5 + 1 > 99", "1000")]
    [InlineData("2 - 1 - 1 = 0", "1111")]
    [InlineData("8 / 4 / 2 = 1", "1111")]
    [InlineData("-spend < -60", "1000")]
    [InlineData("- -spend > 60", "1000")]
    [InlineData("spend in (-1, 0, 1)", "0100")]
    [InlineData("churn_probability > 0.1 and spend > 60 or is_champion and spend = 50", "1001")]
    [InlineData("not churn_probability > 0.6 and spend > 10", "0001")]
    public void A_condition_holds_where_it_should(string text, string expected)
    {
        bool[] holds = Expression.ParseCondition(text, s_columns).Holds(s_table);

        string.Concat(holds.Select(value => value ? '1' : '0')).Should().Be(expected);
        Expression.ParseCondition(Expression.ParseCondition(text, s_columns).ToString(), s_columns).Holds(s_table).Should().Equal(holds);
    }

    [Theory]
    [InlineData("chrun_probability > 0.5", 1, "did you mean 'churn_probability'?")]
    [InlineData("spend > 1 and Strategy = 'Retain'", 15, "did you mean 'strategy'?")]
    [InlineData("spend > 1 and colour = 'red'", 15, "the columns are churn_probability, spend")]
    [InlineData("strategy = 'Retian'", 12, "which strategy never is; did you mean 'Retain'?")]
    [InlineData("strategy in ('Retain', 'develop')", 24, "did you mean 'Develop'?")]
    [InlineData("spend > '100'", 9, "write numbers without quotes")]
    [InlineData("city > 'a'", 6, "only numbers and days have an order")]
    [InlineData("spend", 1, "found a number (spend), expected a condition")]
    [InlineData("spend > 1 or 2", 14, "write x in (1, 2)")]
    [InlineData("1 < spend < 5", 11, "with and between")]
    [InlineData("spend = missing", 7, "expected is missing")]
    [InlineData("spend is 5", 10, "missing after is")]
    [InlineData("spend > 1,000", 10, "numbers are written without commas")]
    [InlineData("spend > 30%", 11, "0.3 for 30 %")]
    [InlineData("spend > 1 && city = 'x'", 11, "write and")]
    [InlineData("spend ≥ 1", 7, "write >=")]
    [InlineData("（spend > 1)", 1, "write (")]
    [InlineData("spend > (1", 11, "found the end, expected an operator or )")]
    [InlineData("spend > 1)", 10, "found ')', expected an operator or the end")]
    [InlineData("spend >", 8, "found the end")]
    [InlineData("", 1, "found an empty expression")]
    [InlineData("  ", 1, "found an empty expression")]
    [InlineData("city = 'Lyon", 8, "found no closing '")]
    [InlineData("last_purchase < 2011-02-30", 17, "expected a day of the calendar")]
    [InlineData("last_purchase < '1 June'", 17, "expected a day like 2024-02-28")]
    [InlineData("last_purchase + last_purchase = 1", 1, "a day less a day gives days")]
    [InlineData("last_purchase < 5", 17, "expected a day to compare with a day (last_purchase)")]
    [InlineData("city + 1 = 2", 1, "found a text (city), expected a number beside +")]
    [InlineData("-city = 2", 2, "expected a number after -")]
    [InlineData("max(spend) > 1", 1, "expected no functions")]
    [InlineData("spend in (1, city)", 14, "found no plain value")]
    [InlineData("spend in 1", 10, "( and a list of values")]
    [InlineData("spend in (1, 'a')", 14, "found a text ('a'), expected a number")]
    [InlineData("is_champion in (1)", 1, "before in")]
    [InlineData("客户 类型 = '新'", 1, "found the unknown name '客户'")]
    [InlineData("1e999 > spend", 1, "beyond 1.8e308")]
    [InlineData("2nd > 1", 1, "found '2nd', expected a number")]
    [InlineData("spend > 1 spend", 11, "found 'spend', expected an operator or the end")]
    [InlineData("true > false", 6, "found '>' between two of a condition")]
    public void An_error_points_at_the_character_and_says_the_way_out(string text, int character, string problem)
    {
        ExpressionException error = FluentActions.Invoking(() => Expression.ParseCondition(text, s_columns)).Should().Throw<ExpressionException>().Which;

        (error.Position + 1).Should().Be(character, error.Message);
        error.Message.Should().StartWith($"character {character}: ").And.Contain(problem);
    }

    [Fact]
    public void Carets_stand_below_the_characters_wide_ones_counted_twice()
    {
        ExpressionException narrow = FluentActions.Invoking(() => Expression.ParseCondition("spend > 1\nand chrun > 2", s_columns)).Should().Throw<ExpressionException>().Which;
        ExpressionException wide = FluentActions.Invoking(() => Expression.ParseCondition("[客户 类型] = '新' and x = 1", s_columns)).Should().Throw<ExpressionException>().Which;

        narrow.Message.Split('\n')[1..].Should().Equal("  and chrun > 2", "      ^^^^^");
        wide.Message.Split('\n')[1..].Should().Equal("  [客户 类型] = '新' and x = 1", "  " + new string(' ', "[客户 类型] = '新' and ".Length + 5) + "^");
        narrow.In("playbook.json, action 'call', eligibility").Message.Should().StartWith("playbook.json, action 'call', eligibility, character 15: found the unknown name 'chrun'");
    }

    [Fact]
    public void Length_nesting_and_chains_have_limits()
    {
        Refused(new string(' ', Expression.MaxLength) + "true").Message.Should().Contain("expected at most 4096");
        Refused(new string('(', 65) + "true" + new string(')', 65)).Message.Should().Contain("more than 64");
        Refused(string.Concat(Enumerable.Repeat("not ", 65)) + "true").Message.Should().Contain("more than 64");
        Refused("spend = " + new string('-', 65) + "1").Message.Should().Contain("more than 64");
        Refused("spend = 1" + string.Concat(Enumerable.Repeat("+1", 257))).Message.Should().Contain("more than 256");

        string most = new string('(', 64) + "spend = 100" + string.Concat(Enumerable.Repeat("+1", 200)) + new string(')', 64);
        Expression.ParseCondition(most, s_columns).Holds(s_table).Should().Equal(false, false, false, false);

        static ExpressionException Refused(string text) => FluentActions.Invoking(() => Expression.ParseCondition(text, s_columns)).Should().Throw<ExpressionException>().Which;
    }

    [Fact]
    public void Only_named_columns_need_be_in_the_table_and_their_kinds_must_agree()
    {
        Expression expression = Expression.ParseCondition("spend > 1 and spend < 9 and city = 'x'", s_columns);

        expression.Columns.Select(column => column.Name).Should().Equal("spend", "city");
        expression.Invoking(e => e.Holds(new ExpressionTable(1).Number("spend", [1]))).Should().Throw<ArgumentException>().WithMessage("*no column 'city'*");
        expression.Invoking(e => e.Holds(new ExpressionTable(1).Text("spend", ["1"]).Text("city", ["x"]))).Should().Throw<ArgumentException>().WithMessage("*'spend' holds Text*");
        FluentActions.Invoking(() => new ExpressionTable(2).Number("spend", [1])).Should().Throw<ArgumentException>().WithMessage("*1 rows, the table 2*");
    }

    [Fact]
    public void A_number_is_computed_for_every_row()
    {
        Expression.Parse("spend * 2 + 1", s_columns).Numbers(s_table).Should().Equal(201, 1, double.NaN, 101);
        Expression.Parse("last_purchase - 2011-05-01", s_columns).Numbers(s_table).Should().Equal(0, 122, double.NaN, 31);
    }
}
