using System.Text;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>A customer is erased on the page, and nothing of them is left in any file of the store.</summary>
public sealed class EraseTests(TrainedStore trained)
{
    [Fact]
    public async Task Who_is_erased_is_in_no_answer_and_in_no_file()
    {
        using ServingHost host = await PagesShop.StartAsync(trained);
        Visitor admin = Visitor.At(host);
        const string Name = "bob";
        await admin.SubmitAsync("/customer?id=bob", "record", new() { ["channel"] = "phone", ["reached"] = "yes", ["complaint"] = "about bob" });
        await admin.SubmitAsync("/segments?condition=" + Uri.EscapeDataString("customer_id = 'bob'"), "save", new() { ["name"] = "one" });
        (await host.GetAsync("/v1/customers/bob")).Status.Should().Be(System.Net.HttpStatusCode.OK);

        (await admin.SubmitAsync("/settings", "erase", new() { ["customer"] = Name, ["again"] = "anna" })).Text.Should().Contain("nothing was erased");
        Page done = await admin.SubmitAsync("/settings", "erase", new() { ["customer"] = Name, ["again"] = Name });

        done.Status.Should().Be(200);
        done.Text.Should().Contain("Erased. In the book: yes; contacts: 1;").And.Contain("erase customer").And.NotContain(">bob<");
        (await host.GetAsync("/v1/customers/bob")).ShouldBeProblem(404, "unknown-customer");
        (await admin.OpenAsync("/")).Text.Should().Contain("5 customers");
        (await admin.OpenAsync("/customer?id=anna")).Status.Should().Be(200, "the others stay");
        foreach (string file in Directory.EnumerateFiles(host.Store, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is "customers.db" or "work.db" or "erased.txt"))
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)).Should().NotContain(Name, file);
    }
}
