using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>Whatever a table, a model or a command line gets wrong, the <c>table</c> verbs say where and how to mend it, and leave nothing behind.</summary>
public sealed class TableErrorTests : IDisposable
{
    private const string Good = "id,months,Churn\n1,1,Yes\n2,30,No\n3,2,Yes\n4,31,No\n5,3,Yes\n6,33,No\n7,4,Yes\n8,34,No\n9,5,Yes\n10,35,No\n";
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("no such label", Good, "churn", "auto", "Did you mean 'Churn'?")]
    [InlineData("third class", "a,y\n1,yes\n2,no\n3,maybe\n", "y", "auto", "line 4, column 'y': found the label 'maybe'")]
    public async Task A_table_that_cannot_be_learnt_from(string what, string content, string label, string objective, string expected)
    {
        _workspace.Write("table.csv", content);
        await ExpectAsync(ExitCode.BadData, expected, what, "table", "evaluate", "table.csv", "--label", label, "--objective", objective);
    }

    [Fact]
    public async Task A_missing_file() =>
        await ExpectAsync(ExitCode.BadData, "absent.csv", "", "table", "evaluate", "absent.csv", "--label", "y");

    [Fact]
    public async Task An_unknown_column_to_ignore()
    {
        _workspace.Write("table.csv", Good);
        await ExpectAsync(ExitCode.BadData, "Did you mean 'id'?", "", "table", "evaluate", "table.csv", "--label", "Churn", "--ignore", "ids");
    }

    [Theory]
    [InlineData("no label", "--label", "evaluate", "table.csv")]
    [InlineData("no table", "FILE", "evaluate", "--label", "Churn")]
    [InlineData("one fold", "--folds", "evaluate", "table.csv", "--label", "Churn", "--folds", "1")]
    [InlineData("unknown objective", "expected one of auto, logistic", "evaluate", "table.csv", "--label", "Churn", "--objective", "logit")]
    [InlineData("power without Tweedie", "--power", "evaluate", "table.csv", "--label", "Churn", "--power", "1.2")]
    [InlineData("level without quantile", "--level", "evaluate", "table.csv", "--label", "Churn", "--level", "0.2")]
    [InlineData("label ignored", "which is the label", "evaluate", "table.csv", "--label", "Churn", "--ignore", "Churn")]
    [InlineData("rate of 0", "--learning-rate", "evaluate", "table.csv", "--label", "Churn", "--learning-rate", "0")]
    [InlineData("model nowhere", "--out", "train", "table.csv", "--label", "Churn")]
    [InlineData("no model", "--model", "predict", "table.csv", "--out", "p.csv")]
    [InlineData("predictions nowhere", "--out", "predict", "table.csv", "--model", "m.booster")]
    [InlineData("nothing to explain with", "--model", "explain", "table.csv")]
    public async Task A_command_line_that_makes_no_sense(string what, string expected, params string[] arguments)
    {
        _workspace.Write("table.csv", Good);
        await ExpectAsync(ExitCode.Usage, expected, what, ["table", .. arguments]);
    }

    [Fact]
    public async Task A_table_without_a_column_of_training()
    {
        await TrainAsync();
        _workspace.Write("new.csv", "id,month\n1,3\n");
        await ExpectAsync(ExitCode.BadData, "'months', expected the 1 columns of training. Did you mean 'month'?", "", "table", "predict", "new.csv", "--model", "m.booster", "--out", "p.csv");
        await ExpectAsync(ExitCode.BadData, "'months'", "", "table", "explain", "new.csv", "--model", "m.booster");
    }

    [Fact]
    public async Task A_row_that_is_not_there()
    {
        await TrainAsync();
        await ExpectAsync(ExitCode.Usage, "expected 1 to 10", "", "table", "explain", "table.csv", "--model", "m.booster", "--row", "11");
    }

    [Fact]
    public async Task A_model_that_is_none_or_was_cut_off()
    {
        await TrainAsync();
        byte[] whole = await File.ReadAllBytesAsync(_workspace.PathOf("m.booster"));
        await File.WriteAllBytesAsync(_workspace.PathOf("cut.booster"), whole[..(whole.Length / 2)]);
        await ExpectAsync(ExitCode.BadData, "cut.booster", "", "table", "predict", "table.csv", "--model", "cut.booster", "--out", "p.csv");
        await ExpectAsync(ExitCode.BadData, "no whole model", "", "table", "predict", "table.csv", "--model", "table.csv", "--out", "p.csv");
        await ExpectAsync(ExitCode.BadData, "absent.booster", "", "table", "predict", "table.csv", "--model", "absent.booster", "--out", "p.csv");
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_leaves_nothing()
    {
        _workspace.Write("table.csv", Good);
        Directory.CreateDirectory(_workspace.PathOf("m.booster"));
        await ExpectAsync(ExitCode.BadData, "m.booster", "", "table", "train", "table.csv", "--label", "Churn", "--out", "m.booster");
    }

    private async Task TrainAsync()
    {
        _workspace.Write("table.csv", Good);
        await _workspace.SucceedAsync("table", "train", "table.csv", "--label", "Churn", "--ignore", "id", "--out", "m.booster", "--rounds", "5");
    }

    private async Task ExpectAsync(int exitCode, string expected, string because, params string[] arguments)
    {
        string[] before = _workspace.Entries();
        Run run = await _workspace.RunAsync(arguments);
        run.ExitCode.Should().Be(exitCode, "{0}: {1}", because, run.Error);
        run.Message.Should().Contain(expected, because);
        run.Out.Should().BeEmpty();
        run.Error.Should().NotContain("   at ");
        _workspace.Entries().Should().Equal(before, "nothing is half written");
    }
}
