using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Access;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>A customer is erased by the program, and does not come back with the file that names them.</summary>
public sealed class EraseTests(Shop shop) : IClassFixture<Shop>
{
    private readonly Workspace _workspace = shop.Workspace;

    [Fact]
    public async Task Who_is_erased_while_everyone_is_scored_does_not_come_back_with_the_book()
    {
        using Workspace workspace = new();
        workspace.WriteTransactions();
        await Trained.Orders.CopyToAsync(workspace);
        int times = 0;

        Run run = await workspace.DoAtAsync("looking back", () =>
        {
            if (times++ == 0)
                ErasedCustomers.Add(workspace.Store, "K005");
        }, "score", "--transactions", "orders.csv");

        run.ExitCode.Should().Be(ExitCode.Done);
        times.Should().BePositive();
        CustomerBookDatabase book = new(CustomerBookOptions.InStore(workspace.Store));
        (await book.FindAsync("K005")).Should().BeNull();
        (await book.FindAsync("K004")).Should().NotBeNull();
        (await book.HeaderAsync())!.Customers.Should().Be(59);
    }

    [Fact]
    public async Task Who_is_erased_is_in_no_file_of_the_store_and_comes_back_with_none()
    {
        await _workspace.SucceedAsync(["campaign", "plan", .. Shop.Evidence, "--campaigns", "erasing", "--name", "letters", "--arm", "thank-you-letter", "--control", "0.3"]);
        await _workspace.SucceedAsync("campaign", "export", "letters", "--campaigns", "erasing");
        Dictionary<string, string[]> before = shop.Columns("erasing/letters/assignment.csv");
        int drawn = Array.IndexOf(before["arm"], "thank-you-letter");
        string customer = before["customer_id"][drawn];
        await _workspace.SucceedAsync("score", "--transactions", "shop/transactions.csv");

        JsonNode answer = (await _workspace.SucceedAsync("erase", customer, "--campaigns", "erasing", "--json")).Json;

        answer["was_in_book"]!.GetValue<bool>().Should().BeTrue();
        answer["campaigns"]!.AsArray().Select(name => name!.GetValue<string>()).Should().Equal("letters");
        foreach (string file in Directory.EnumerateFiles(_workspace.PathOf("models"), "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(_workspace.PathOf("erasing"), "*", SearchOption.AllDirectories)))
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)).Should().NotContain(customer, file);

        AuditRecord record = (await new AccessDatabase($"Data Source={Path.Combine(_workspace.Store, "work.db")}").AuditAsync(1)).Single();
        (record.Who, record.What).Should().Be(("command line", "erase customer"));
        record.Detail.Should().StartWith("erased-").And.NotContain(customer);

        Dictionary<string, string[]> after = shop.Columns("erasing/letters/assignment.csv");
        after["arm"].GroupBy(arm => arm).ToDictionary(arm => arm.Key, arm => arm.Count()).Should().BeEquivalentTo(before["arm"].GroupBy(arm => arm).ToDictionary(arm => arm.Key, arm => arm.Count()), "arms stay as they were drawn");
        after["customer_id"].Except(before["customer_id"]).Should().ContainSingle().Which.Should().StartWith("erased-");
        after["customer_id"].Should().BeInAscendingOrder(StringComparer.Ordinal);
        await _workspace.SucceedAsync("campaign", "export", "letters", "--campaigns", "erasing"); // the draw is still the one that was sealed

        Run scored = await _workspace.SucceedAsync("score", "--transactions", "shop/transactions.csv", "--out", "scores.csv");
        scored.Out.Should().Contain("who were erased are left out");
        shop.Columns("scores.csv")["customer_id"].Should().NotContain(customer).And.HaveCountGreaterThan(100);
        (await _workspace.SucceedAsync("erase", customer, "--campaigns", "erasing", "--json")).Json["was_in_book"]!.GetValue<bool>().Should().BeFalse("doing it again does no harm");
    }
}
