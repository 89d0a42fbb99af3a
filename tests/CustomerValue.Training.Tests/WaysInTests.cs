using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>Files by folder, pattern and standard input, and what was understood saved for later runs.</summary>
public sealed class WaysInTests : IDisposable
{
    private const string German = "Kunde;Datum;Betrag\nMüller;13.04.2024;1.271,91\nMüller;03.05.2024;20,00\nGroß;04.05.2024;7,5\n";

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_saved_configuration_reads_the_same_file_the_same_way()
    {
        System.IO.File.WriteAllBytes(_workspace.PathOf("orders.csv"), Encoding.Latin1.GetBytes(German));
        JsonNode recognised = (await _workspace.SucceedAsync("validate", "--transactions", "orders.csv", "--save-config", "import.json", "--json")).Json;
        JsonNode read = (await _workspace.SucceedAsync("validate", "--transactions", "orders.csv", "--config", "import.json", "--json")).Json;

        read["summary"]!.ToJsonString().Should().Be(recognised["summary"]!.ToJsonString());
        read["summary"]!["total_purchases"]!.GetValue<double>().Should().BeApproximately(1299.41, 1e-9);
        JsonNode config = JsonNode.Parse(System.IO.File.ReadAllText(_workspace.PathOf("import.json")))!;
        config["date-format"]!.GetValue<string>().Should().Be("dd.MM.yyyy".Replace('.', '/'));
        config["decimal"]!.GetValue<string>().Should().Be("comma");
    }

    [Fact]
    public async Task A_saved_configuration_settles_what_a_later_file_leaves_open()
    {
        _workspace.Write("march.csv", "customer_id,date,amount\nA,13/03/2024,10\nB,14/03/2024,12\n");
        _workspace.Write("april.csv", "customer_id,date,amount\nA,05/04/2024,10\nB,03/04/2024,12\n");
        (await _workspace.RunAsync("validate", "--transactions", "april.csv")).ExitCode.Should().Be(ExitCode.BadData);

        await _workspace.SucceedAsync("validate", "--transactions", "march.csv", "--save-config", "import.json");
        JsonNode read = (await _workspace.SucceedAsync("validate", "--transactions", "april.csv", "--config", "import.json", "--json")).Json;

        read["summary"]!["first_day"]!.GetValue<string>().Should().Be("2024-04-03");
    }

    [Fact]
    public async Task Standard_input_is_read_as_the_file_is()
    {
        _workspace.WriteTransactions();
        _workspace.Input = System.IO.File.ReadAllBytes(_workspace.PathOf("orders.csv"));
        JsonNode file = (await _workspace.SucceedAsync("validate", "orders.csv", "--json")).Json["summary"]!, input = (await _workspace.SucceedAsync("validate", "-", "--json")).Json["summary"]!;
        foreach (string figure in (string[])["lines", "rows", "customers", "total_purchases", "first_day", "last_day"])
            input[figure]!.ToJsonString().Should().Be(file[figure]!.ToJsonString());
    }

    [Fact]
    public async Task A_folder_and_a_pattern_are_their_files_in_the_order_of_names()
    {
        Directory.CreateDirectory(_workspace.PathOf("exports"));
        _workspace.Write("exports/2024-b.csv", "customer_id,date,amount\nA,2024-02-01,10\n");
        _workspace.Write("exports/2024-a.csv", "customer_id,date,amount\nA,2024-01-01,10\n");
        _workspace.Write("exports/other.json", "{\"customer_id\":\"B\",\"date\":\"2024-03-01\",\"amount\":4}\n");
        _workspace.Write("exports/README.md", "not a table\n");
        _workspace.Write("exports/.hidden.csv", "nothing\n");
        string[] Files(Run run) => [.. run.Json["summary"]!["files"]!.AsArray().Select(file => Path.GetFileName(file!["path"]!.GetValue<string>()))];

        Files(await _workspace.SucceedAsync("validate", "exports", "--json")).Should().Equal("2024-a.csv", "2024-b.csv", "other.json");
        Files(await _workspace.SucceedAsync("validate", "exports/2024-*.csv", "--json")).Should().Equal("2024-a.csv", "2024-b.csv");
        Run none = await _workspace.RunAsync("validate", "exports/2023-*.csv");
        none.ExitCode.Should().Be(ExitCode.BadData);
        none.Message.Should().Contain("2023-*.csv").And.Contain("found no file of that pattern");
    }
}
