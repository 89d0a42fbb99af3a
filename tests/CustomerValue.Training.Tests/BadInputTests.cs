using System.IO.Compression;
using System.Text;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>Each kind of bad input gives one clear message and its exit code, and leaves nothing behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Good = "customer_id,date,amount\nA,2024-01-01,10\nA,2024-03-01,12\nB,2024-02-01,5\nB,2024-06-01,5\nC,2024-09-01,7\n";
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("no column of dates", "customer_id,amount\nA,10\n", "date")]
    [InlineData("bad date", "customer_id,date,amount\nA,31/02/2024,10\n", "31/02/2024")]
    [InlineData("infinite amount", "customer_id,date,amount\nA,2024-01-01,Infinity\n", "Infinity")]
    [InlineData("NaN amount", "customer_id,date,amount\nA,2024-01-01,NaN\n", "NaN")]
    [InlineData("amount beyond all bounds", "customer_id,date,amount\nA,2024-01-01,1e999\n", "1e999")]
    [InlineData("date after today", "customer_id,date,amount\nA,2031-01-01,10\n", "2031-01-01")]
    [InlineData("empty file", "", "empty")]
    [InlineData("header only", "customer_id,date,amount\n", "orders.csv")]
    [InlineData("one customer", "customer_id,date,amount\nA,2024-01-01,10\nA,2024-02-01,10\nA,2024-09-01,10\n", "at least 2")]
    [InlineData("nobody named", "customer_id,date,amount\n,2024-01-01,10\n,2024-02-01,10\n", "without a customer")]
    [InlineData("too short for the horizon", "customer_id,date,amount\nA,2024-01-01,10\nB,2024-01-20,10\n", "--horizon")]
    public async Task A_file_that_cannot_be_used(string what, string content, string expected)
    {
        _workspace.Write("orders.csv", content);
        await ExpectAsync(ExitCode.BadData, expected, what, "train", "--transactions", "orders.csv");
    }

    [Fact]
    public async Task An_unknown_column()
    {
        _workspace.Write("orders.csv", Good);
        await ExpectAsync(ExitCode.BadData, "Betrag", "the columns there are help", "train", "--transactions", "orders.csv", "--map", "amount=Betrag");
    }

    [Fact]
    public async Task A_missing_file() => await ExpectAsync(ExitCode.BadData, "absent.csv", "", "train", "--transactions", "absent.csv");

    [Fact]
    public async Task A_folder_in_place_of_a_file()
    {
        Directory.CreateDirectory(_workspace.PathOf("orders"));
        await ExpectAsync(ExitCode.BadData, "orders", "", "train", "--transactions", "orders");
    }

    [Fact]
    public async Task A_horizon_longer_than_the_history()
    {
        _workspace.Write("orders.csv", Good);
        await ExpectAsync(ExitCode.BadData, "horizon", "", "train", "--transactions", "orders.csv", "--horizon", "400");
    }

    [Theory]
    [InlineData("2023-01-01")]
    [InlineData("2024-01-01")]
    [InlineData("2024-12-01")]
    public async Task A_cutoff_outside_the_data(string cutoff)
    {
        _workspace.Write("orders.csv", Good);
        await ExpectAsync(ExitCode.BadData, cutoff, "", "train", "--transactions", "orders.csv", "--cutoff", cutoff);
    }

    [Fact]
    public async Task A_customer_twice_among_the_attributes()
    {
        _workspace.Write("orders.csv", Good);
        _workspace.Write("customers.csv", "customer_id,city\nA,Bonn\nB,Ulm\nA,Kiel\n");
        await ExpectAsync(ExitCode.BadData, "customers.csv", "", "train", "--transactions", "orders.csv", "--attributes", "customers.csv");
    }

    [Fact]
    public async Task Text_that_is_no_Utf8()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("customer_id,date,amount\nA"), 0xC3, 0x28, .. Encoding.UTF8.GetBytes(",2024-01-01,10\n")];
        File.WriteAllBytes(_workspace.PathOf("orders.csv"), bytes);
        await ExpectAsync(ExitCode.BadData, "UTF-8", "", "train", "--transactions", "orders.csv", "--encoding", "utf-8");
    }

    [Fact]
    public async Task A_line_of_ten_megabytes()
    {
        _workspace.Write("orders.csv", $"customer_id,date,amount\n{new string('x', 10_000_000)},2024-01-01,10\n");
        await ExpectAsync(ExitCode.BadData, "line 2", "", "train", "--transactions", "orders.csv");
    }

    [Fact]
    public async Task A_truncated_gzip_file()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Good + string.Concat(Enumerable.Range(0, 5000).Select(i => $"K{i * 7919},2024-05-01,{i}\n"))));
        File.WriteAllBytes(_workspace.PathOf("orders.csv.gz"), packed.ToArray()[..^200]);
        await ExpectAsync(ExitCode.BadData, "orders.csv.gz", "", "train", "--transactions", "orders.csv.gz");
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_leaves_nothing()
    {
        await Trained.Orders.CopyToAsync(_workspace);
        Directory.CreateDirectory(_workspace.PathOf("scores.csv"));
        await ExpectAsync(ExitCode.BadData, "scores.csv", "", "score", "--transactions", "orders.csv", "--out", "scores.csv", "--no-book");
    }

    [Fact]
    public async Task A_few_bad_lines_are_counted_and_the_run_goes_on()
    {
        _workspace.WriteTransactions();
        File.AppendAllText(_workspace.PathOf("orders.csv"), "K001,2024-02-30,5\nK001,2024-02-01,NaN\n");
        Run run = await _workspace.SucceedAsync("train", "--transactions", "orders.csv", "--promote", "always");
        run.Out.Should().Contain("2 of ");
    }

    private async Task ExpectAsync(int exitCode, string expected, string because, params string[] arguments)
    {
        string[] before = _workspace.Entries();
        Run run = await _workspace.RunAsync(arguments);
        run.ExitCode.Should().Be(exitCode, "{0}: {1}", because, run.Error);
        run.Error.Split('\n').Count(line => line.StartsWith("error: ", StringComparison.Ordinal)).Should().Be(1);
        run.Message.Should().Contain(expected, because);
        run.Out.Should().BeEmpty();
        run.Error.Should().NotContain("   at ");
        _workspace.Entries().Should().Equal(before, "nothing is half written");
    }
}
