using System.Globalization;
using System.Text.Json.Nodes;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;
using ParquetSharp;

namespace CustomerValue.Training.Tests;

/// <summary><c>features</c>: snapshots with outcomes in files.</summary>
public sealed class FeaturesTests : IDisposable
{
    private static readonly string[] s_cutoffs = ["2022-01-10", "2022-03-01"];
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Nothing_after_a_cutoff_changes_a_feature_as_of_it()
    {
        await SimulateAsync();
        string[][] whole = await FeaturesAsync("shop/transactions.csv");
        int outcomes = Array.IndexOf(whole[0], "outcome_churned");

        foreach (string cutoff in s_cutoffs)
        {
            Shuffle("shop/transactions.csv", "shuffled.csv", cutoff);
            string[][] before = AsOf(whole, cutoff), after = AsOf(await FeaturesAsync("shuffled.csv"), cutoff);

            after.Select(row => string.Join(',', row[..outcomes])).Should().Equal(before.Select(row => string.Join(',', row[..outcomes])));
            after.Select(row => row[^1]).Should().NotEqual(before.Select(row => row[^1]), "what is shuffled is what happened afterwards");
        }
    }

    [Fact]
    public async Task Outcomes_are_what_the_horizon_brought()
    {
        _workspace.Write("orders.csv", "customer_id,date,amount\nA,2024-01-01,10\nA,2024-02-01,20\nA,2024-03-05,7\nA,2024-03-30,5\nB,2024-02-10,8\nB,2024-04-01,9\nC,2024-03-02,4\nC,2024-05-30,4\n");

        Run run = await _workspace.SucceedAsync("features", "orders.csv", "--cutoff", "2024-03-01", "2024-04-01", "--horizon", "31", "--out", "snapshot.csv", "--json");

        string[][] rows = Read("snapshot.csv");
        rows.Skip(1).Select(row => $"{row[0]} {row[1]} {row[^3]} {row[^2]} {row[^1]}").Should().Equal(
            "A 2024-03-01 0 2 12", "B 2024-03-01 1 0 0", "A 2024-04-01 1 0 0", "B 2024-04-01 0 1 9", "C 2024-04-01 1 0 0");
        run.Json["rows"]!.GetValue<int>().Should().Be(5);
        run.Json["cutoffs"]!.AsArray().Select(day => day!["churned"]!.GetValue<int>()).Should().Equal(1, 2);
    }

    [Fact]
    public async Task The_three_formats_hold_the_same()
    {
        await SimulateAsync();
        foreach (string ending in new[] { "csv", "parquet", "idv" })
            await _workspace.SucceedAsync("features", "shop/transactions.csv", "--attributes", "shop/customers.csv", "--cutoff", s_cutoffs[0], "--horizon", "30", "--out", $"snapshot.{ending}");
        string[][] csv = Read("snapshot.csv");
        IDataView idv = new MLContext().Data.LoadFromBinary(_workspace.PathOf("snapshot.idv"));
        using ParquetFileReader file = new(_workspace.PathOf("snapshot.parquet"));
        using RowGroupReader parquet = file.RowGroup(0);

        idv.Schema.Where(column => column.Name != "Features").Select(column => column.Name).Should().Equal(csv[0]);
        Enumerable.Range(0, csv[0].Length).Select(column => file.FileMetaData.Schema.Column(column).Name).Should().Equal(csv[0]);
        foreach (string name in new[] { "x", "recency", "outcome_spend" })
        {
            int column = Array.IndexOf(csv[0], name);
            float[] numbers = [.. csv.Skip(1).Select(row => row[column].Length == 0 ? float.NaN : (float)double.Parse(row[column], CultureInfo.InvariantCulture))];
            idv.GetColumn<float>(name).Should().Equal(numbers);
            using LogicalColumnReader<float?> reader = parquet.Column(column).LogicalReader<float?>();
            reader.ReadAll(csv.Length - 1).Select(value => value ?? float.NaN).Should().Equal(numbers);
        }
        int category = Array.FindIndex(csv[0], name => name.StartsWith("attribute_", StringComparison.Ordinal) && idv.Schema[name].Type is KeyDataViewType);
        VBuffer<ReadOnlyMemory<char>> levels = default;
        idv.Schema[csv[0][category]].GetKeyValues(ref levels);
        string[] names = [.. csv.Skip(1).Select(row => row[category])];
        idv.GetColumn<uint>(csv[0][category]).Select(key => key == 0 ? "" : levels.GetItemOrDefault((int)key - 1).ToString()).Should().Equal(names);
        using LogicalColumnReader<string?> texts = parquet.Column(category).LogicalReader<string?>();
        texts.ReadAll(csv.Length - 1).Select(text => text ?? "").Should().Equal(names);
    }

    [Theory]
    [InlineData(ExitCode.Usage, "--out", "features", "orders.csv")]
    [InlineData(ExitCode.Usage, "'snapshot.xls'", "features", "orders.csv", "--out", "snapshot.xls")]
    [InlineData(ExitCode.BadData, "2024-12-20", "features", "orders.csv", "--cutoff", "2024-12-20", "--out", "snapshot.csv")]
    public async Task What_cannot_be_written_is_said_and_nothing_is(int code, string word, params string[] arguments)
    {
        _workspace.WriteTransactions();
        string[] before = _workspace.Entries();

        Run run = await _workspace.RunAsync(arguments);

        run.ExitCode.Should().Be(code);
        run.Message.Should().Contain(word);
        _workspace.Entries().Should().Equal(before);
    }

    private async Task SimulateAsync() => await _workspace.SucceedAsync("simulate", "--customers", "150", "--days", "500", "--start", "2021-01-01", "--out", "shop");

    private async Task<string[][]> FeaturesAsync(string file)
    {
        JsonNode answer = (await _workspace.SucceedAsync(["features", file, "--attributes", "shop/customers.csv", "--cutoff", .. s_cutoffs, "--horizon", "30", "--out", "snapshot.csv", "--json"])).Json;
        answer["out"]!.GetValue<string>().Should().EndWith("snapshot.csv");
        return Read("snapshot.csv");
    }

    private string[][] Read(string file) => [.. File.ReadLines(_workspace.PathOf(file)).Select(line => line.Split(','))];

    private static string[][] AsOf(string[][] rows, string cutoff) => [.. rows.Where(row => row[1] == cutoff)];

    /// <summary>Deals every column of the rows from a day on among them anew.</summary>
    private void Shuffle(string from, string to, string cutoff)
    {
        string[][] rows = Read(from);
        int date = Array.FindIndex(rows[0], name => name.Contains("date", StringComparison.Ordinal));
        int[] later = [.. Enumerable.Range(1, rows.Length - 1).Where(row => string.CompareOrdinal(rows[row][date][..10], cutoff) >= 0)];
        later.Should().NotBeEmpty();
        Random random = new(2);
        for (int column = 0; column < rows[0].Length; column++)
        {
            string[] values = [.. later.Select(row => rows[row][column])];
            random.Shuffle(values);
            for (int i = 0; i < later.Length; i++)
                rows[later[i]][column] = values[i];
        }
        _workspace.Write(to, string.Concat(rows.Select(row => string.Join(',', row) + "\n")));
    }
}
