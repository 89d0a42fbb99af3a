using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Help_lists_every_verb()
    {
        Run run = await _workspace.SucceedAsync("--help");
        foreach (string verb in (string[])["demo", "simulate", "validate", "fit", "evaluate", "train", "score", "models", "doctor"])
            run.Out.Should().MatchRegex($@"(?m)^  {verb}\s");
    }

    [Fact]
    public async Task No_verb_is_a_usage_error()
    {
        Run run = await _workspace.RunAsync();
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain("--help");
    }

    [Theory]
    [InlineData("tarin", "train")]
    [InlineData("model", "models")]
    public async Task A_mistyped_verb_names_the_nearest(string typed, string meant)
    {
        Run run = await _workspace.RunAsync(typed);
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain($"'{typed}'").And.Contain($"Did you mean {meant}?");
    }

    [Fact]
    public async Task A_mistyped_option_names_the_nearest()
    {
        Run run = await _workspace.RunAsync("train", "--transactions", "a.csv", "--horizn", "90");
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain("'--horizn'").And.Contain("Did you mean --horizon?");
    }

    [Theory]
    [InlineData("--horizon", "soon", "7 to 730")]
    [InlineData("--horizon", "3", "7 to 730")]
    [InlineData("--cutoff", "31/12/2024", "2024-02-28")]
    [InlineData("--cutoff", "2023-02-29", "2024-02-28")]
    [InlineData("--returns", "drop", "net, ignore, keep")]
    [InlineData("--max-rejected", "5%", "0 to 1")]
    [InlineData("--margin-rate", "1.5", "0 to 1")]
    [InlineData("--threads", "0", "1 to 64")]
    [InlineData("--delimiter", "; ", "semicolon")]
    [InlineData("--map", "amount", "role=column")]
    [InlineData("--map", "money=Amount", "amount")]
    [InlineData("--date-format", "not a date", "DateFormat")]
    public async Task An_option_out_of_range_says_what_was_found_and_expected(string option, string value, string expected)
    {
        Run run = await _workspace.RunAsync("train", "--transactions", "orders.csv", option, value);
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain(value).And.Contain(expected);
        _workspace.Entries().Should().BeEmpty();
    }

    [Fact]
    public async Task All_mistakes_are_told_at_once()
    {
        Run run = await _workspace.RunAsync("train", "--horizon", "3", "--seed", "x");
        run.Message.Should().Contain("--horizon").And.Contain("--seed");
    }

    [Fact]
    public async Task Transactions_are_needed()
    {
        Run run = await _workspace.RunAsync("train");
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain("--transactions");
    }

    [Fact]
    public async Task With_json_an_error_is_one_document_on_stdout_and_one_line_on_stderr()
    {
        Run run = await _workspace.RunAsync("train", "--json", "--transactions", "nowhere.csv");
        run.ExitCode.Should().Be(ExitCode.BadData);
        run.Json["error"]!["code"]!.GetValue<int>().Should().Be(ExitCode.BadData);
        run.Json["error"]!["kind"]!.GetValue<string>().Should().Be("bad-data");
        run.Json["error"]!["message"]!.GetValue<string>().Should().Be(run.Message);
    }

    [Fact]
    public async Task A_stack_trace_is_shown_on_request_only()
    {
        (await _workspace.RunAsync("train", "--transactions", "nowhere.csv")).Error.Should().NotContain("   at ");
        (await _workspace.RunAsync("train", "--transactions", "nowhere.csv", "--verbose")).Error.Should().Contain("   at ");
    }

    [Fact]
    public async Task Quiet_keeps_the_result_and_drops_the_rest()
    {
        _workspace.WriteTransactions();
        Run loud = await _workspace.SucceedAsync("validate", "--transactions", "orders.csv");
        Run quiet = await _workspace.SucceedAsync("validate", "--transactions", "orders.csv", "--quiet");
        loud.Error.Should().Contain("reading orders.csv");
        quiet.Error.Should().BeEmpty();
        quiet.Out.Should().Contain("orders.csv");
    }

    [Fact]
    public async Task Output_to_a_file_is_plain_text_without_trailing_blanks()
    {
        _workspace.WriteTransactions();
        Run run = await _workspace.SucceedAsync("validate", "--transactions", "orders.csv");
        run.Out.Should().NotContain("\u001b").And.NotMatchRegex(@"(?m)[ \t]+$");
    }
}
