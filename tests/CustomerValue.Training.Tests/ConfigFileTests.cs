using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

public sealed class ConfigFileTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public ConfigFileTests() => _workspace.WriteTransactions();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Options_come_from_the_file()
    {
        _workspace.Write("run.json", """{"transactions": ["orders.csv"], "horizon": 60, "map": ["amount=amount"], "json": true}""");
        Run run = await _workspace.SucceedAsync("evaluate", "--config", "run.json");
        run.Json["horizon_days"]!.GetValue<int>().Should().Be(60);
    }

    [Fact]
    public async Task The_command_line_wins()
    {
        _workspace.Write("run.json", """{"transactions": "orders.csv", "horizon": 60}""");
        Run run = await _workspace.SucceedAsync("evaluate", "--config", "run.json", "--horizon", "30", "--json");
        run.Json["horizon_days"]!.GetValue<int>().Should().Be(30);
    }

    [Fact]
    public async Task One_file_serves_several_verbs()
    {
        _workspace.Write("run.json", """{"transactions": "orders.csv", "horizon": 60, "as_of": "2024-12-01"}""");
        await _workspace.SucceedAsync("validate", "--config", "run.json");
    }

    [Fact]
    public async Task A_name_that_no_command_has_is_told_with_file_and_key()
    {
        _workspace.Write("run.json", """{"horzon": 60}""");
        Run run = await _workspace.RunAsync("evaluate", "--transactions", "orders.csv", "--config", "run.json");
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain("run.json").And.Contain("'horzon'");
    }

    [Theory]
    [InlineData("""{"horizon": "soon"}""", "--horizon")]
    [InlineData("""{"horizon": {"days": 3}}""", "'horizon'")]
    [InlineData("[1]", "object")]
    [InlineData("{", "line 1")]
    public async Task A_value_that_does_not_fit_is_a_usage_error(string content, string expected)
    {
        _workspace.Write("run.json", content);
        Run run = await _workspace.RunAsync("evaluate", "--transactions", "orders.csv", "--config", "run.json");
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain(expected);
    }

    [Fact]
    public async Task A_missing_file_is_a_usage_error()
    {
        Run run = await _workspace.RunAsync("evaluate", "--config", "absent.json");
        run.ExitCode.Should().Be(ExitCode.Usage);
        run.Message.Should().Contain("absent.json");
    }
}
