using System.Globalization;
using System.Text;
using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Tables;

namespace CustomerValue.Models.Tests.Tables;

/// <summary>Learning a label from any table: what is refused and why, and what a model must be better at than a constant.</summary>
public sealed class LearningTableTests : IDisposable
{
    private const string Good = "id,months,Churn\n1,1,Yes\n2,30,No\n3,2,Yes\n4,31,No\n5,3,Yes\n6,33,No\n7,4,Yes\n8,34,No\n9,5,Yes\n10,35,No\n";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tables");

    public void Dispose() => _folder.Delete(true);

    [Theory]
    [InlineData("no such label", Good, "churn", "auto", "Did you mean 'Churn'?")]
    [InlineData("one class", "a,y\n1,yes\n2,yes\n", "y", "auto", "in every row")]
    [InlineData("one number", "a,y\n1,7\n2,7\n", "y", "auto", "in every row")]
    [InlineData("third class", "a,y\n1,yes\n2,no\n3,maybe\n", "y", "auto", "line 4, column 'y': found the label 'maybe'")]
    [InlineData("two for logistic", "a,y\n1,0\n2,1\n3,2\n", "y", "logistic", "line 4, column 'y': found the label '2'")]
    [InlineData("missing label", "a,y\n1,yes\n2,\n3,no\n", "y", "auto", "line 3, column 'y': found no label")]
    [InlineData("negative for Tweedie", "a,y\n1,0\n2,-1\n3,2\n", "y", "tweedie", "line 3, column 'y': found the label '-1'")]
    [InlineData("zero for gamma", "a,y\n1,1\n2,0\n3,2\n", "y", "gamma", "line 3, column 'y': found the label '0'")]
    [InlineData("negative for Poisson", "a,y\n1,1\n2,3\n3,-2\n", "y", "poisson", "line 4, column 'y': found the label '-2'")]
    [InlineData("infinite label", "a,y\n1,1\n2,Infinity\n3,2\n", "y", "squared-error", "'Infinity'")]
    [InlineData("too few of a class", "a,y\n1,yes\n2,no\n3,no\n4,no\n5,no\n6,no\n", "y", "auto", "found 1 rows of the rarer class")]
    [InlineData("too few rows", "a,y\n1,3\n2,4\n", "y", "auto", "expected at least 5")]
    [InlineData("only the label", "y\nyes\nno\n", "y", "auto", "no column to learn from")]
    [InlineData("empty file", "", "y", "auto", "empty file")]
    [InlineData("header only", "a,y\n", "y", "auto", "no row")]
    [InlineData("ragged row", "a,y\n1,yes\n2\n", "y", "auto", "line 3: found 1 fields, expected 2")]
    [InlineData("name twice", "a,a,y\n1,1,yes\n", "y", "auto", "'a' twice")]
    [InlineData("no name", "a,,y\n1,1,yes\n", "y", "auto", "column 2")]
    public void A_table_that_cannot_be_learnt_from_is_refused_with_place_and_way_out(string what, string content, string label, string objective, string expected)
    {
        TableInput input = Ask(content, label) with { Objective = Named(objective) };
        new Action(() => Evaluate(input, folds: 5)).Should().Throw<BadDataException>(what).Which.Message.Should().Contain(expected).And.StartWith(input.File);
    }

    [Theory]
    [InlineData("squared-error", "rmse")]
    [InlineData("poisson", "poisson_deviance")]
    [InlineData("tweedie", "tweedie_deviance")]
    [InlineData("quantile", "pinball")]
    public void Every_objective_beats_the_best_constant_by_its_own_figure(string objective, string key)
    {
        TableEvaluation evaluation = Evaluate(Ask(Counts(300), "orders") with { Objective = Named(objective), Rounds = 100 }, folds: 3);
        FoldedFigure figure = evaluation.Figures.Single(figure => figure.Figure.Key == key);
        figure.Figure.LowerIsBetter.Should().BeTrue();
        figure.Model.Should().BeLessThan(figure.Naive);
    }

    [Fact]
    public void Threads_change_nothing_and_the_seed_does()
    {
        TableInput input = Ask(Counts(200), "orders") with { Rounds = 40 };
        double[] Model(TableInput asked) => [.. Evaluate(asked, folds: 5).Figures.Select(figure => figure.Model)];
        double[] one = Model(input);
        Model(input with { Threads = 4 }).Should().Equal(one);
        Model(input with { Seed = 2 }).Should().NotEqual(one);
    }

    [Fact]
    public void What_is_ignored_is_no_feature_and_two_words_are_classes()
    {
        LearningTable table = LearningTable.Load(Ask(Good, "Churn") with { Ignored = ["id"] }, new Progress<StepProgress>(), TestContext.Current.CancellationToken);
        table.Objective.Should().Be(Objectives.Logistic);
        table.Rows.Data.Columns.Select(column => column.Name).Should().Equal("months");
        table.Rows.Labels.ToArray().Should().Equal(1, 0, 1, 0, 1, 0, 1, 0, 1, 0);
    }

    private static TableEvaluation Evaluate(TableInput input, int folds)
    {
        Progress<StepProgress> progress = new();
        return TableEvaluation.Run(LearningTable.Load(input, progress, TestContext.Current.CancellationToken), input, folds, progress, TestContext.Current.CancellationToken);
    }

    private TableInput Ask(string content, string label)
    {
        string file = Path.Combine(_folder.FullName, "table.csv");
        File.WriteAllText(file, content);
        return new() { File = file, Label = label, Ignored = [], Objective = null, Rounds = null, LearningRate = null, Seed = 1, Threads = 1 };
    }

    private static Objective? Named(string objective) => objective switch
    {
        "auto" => null,
        "logistic" => Objectives.Logistic,
        "squared-error" => Objectives.SquaredError,
        "poisson" => Objectives.Poisson,
        "gamma" => Objectives.Gamma,
        "tweedie" => Objectives.Tweedie(1.5),
        "quantile" => Objectives.Quantile(0.5),
        _ => throw new ArgumentOutOfRangeException(nameof(objective), objective, "The test knows no such objective."),
    };

    /// <summary>Orders that grow with visits, and a little that visits do not tell.</summary>
    private static string Counts(int rows)
    {
        StringBuilder text = new("visits,orders\n");
        for (int row = 0; row < rows; row++)
            text.Append(CultureInfo.InvariantCulture, $"{row * 31 % 50},{row * 31 % 50 / 8 + row * 7 % 3}\n");
        return text.ToString();
    }
}
