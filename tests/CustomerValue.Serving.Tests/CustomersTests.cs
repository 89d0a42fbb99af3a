using CustomerValue.CustomerBook;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

public sealed class CustomersTests(TrainedStore trained)
{
    private static readonly BookHeader s_header = new("20240101-000000-abcdef01", new DateOnly(2024, 1, 1), 90, new DateTimeOffset(2024, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_customer_of_the_book_is_answered_with_version_and_as_of_and_a_new_book_is_seen_at_once()
    {
        string folder = trained.Copy().Folder;
        CustomerBookDatabase book = new(CustomerBookOptions.InStore(folder));
        using ServingHost host = ServingHost.Start(folder);
        await book.WriteAsync(s_header, s_columns, [Score("anna", 0.25), Score("ben", 0.5)]);

        Answer anna = await host.GetAsync("/v1/customers/anna");
        anna.Text.Should().Be("""{"model_version":"20240101-000000-abcdef01","as_of":"2024-01-01","horizon_days":90,"scored_at":"2024-01-01T12:00:00+00:00","customer":{"customer_id":"anna","churn_probability":0.25,"lifetime_value":1E+300,"spend_p10":null,"next_purchase":"2024-02-29","overdue":0.3333333333333333,"strategy":"retain","held":true,"reasons":["one","two"]}}""");

        await book.WriteAsync(s_header with { ModelVersion = "next" }, s_columns, [Score("ben", 0.75)]);
        (await host.GetAsync("/v1/customers/anna")).ShouldBeProblem(404, "unknown-customer");
        (await host.GetAsync("/v1/customers/ben")).Json["model_version"]!.GetValue<string>().Should().Be("next");
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("日本")]
    [InlineData("o'neil; drop table \"x\" --")]
    [InlineData("a?b#c&d")]
    [InlineData("champion")]
    public async Task Any_id_finds_its_customer_when_it_is_escaped_in_the_path(string id)
    {
        string folder = trained.Copy().Folder;
        await new CustomerBookDatabase(CustomerBookOptions.InStore(folder)).WriteAsync(s_header, s_columns, [Score(id, 0.5)]);
        using ServingHost host = ServingHost.Start(folder);

        Answer answer = await host.GetAsync("/v1/customers/" + Uri.EscapeDataString(id));

        ((int)answer.Status).Should().Be(200, answer.Text);
        answer.Json["customer"]!["customer_id"]!.GetValue<string>().Should().Be(id);
    }

    [Fact]
    public async Task An_unknown_id_is_not_found_and_without_a_book_the_way_out_is_named()
    {
        string folder = trained.Copy().Folder;
        using ServingHost host = ServingHost.Start(folder);

        Answer without = await host.GetAsync("/v1/customers/anna");
        without.ShouldBeProblem(503, "no-customer-book");
        without.Json["detail"]!.GetValue<string>().Should().Contain("train or score").And.NotContain(folder);

        await new CustomerBookDatabase(CustomerBookOptions.InStore(folder)).WriteAsync(s_header, s_columns, []);
        (await host.GetAsync("/v1/customers/anna")).ShouldBeProblem(404, "unknown-customer");
        (await host.GetAsync("/v1/customers/" + new string('x', 5000))).ShouldBeProblem(404, "unknown-customer");
    }

    [Fact]
    public async Task A_damaged_book_is_no_bug()
    {
        string folder = trained.Copy().Folder;
        await File.WriteAllTextAsync(Path.Combine(folder, CustomerBookOptions.FileName), new string('x', 8192));
        using ServingHost host = ServingHost.Start(folder);

        Answer answer = await host.GetAsync("/v1/customers/anna");

        answer.ShouldBeProblem(503, "unavailable");
        for (int i = 0; i < 20; i++)
            (await host.GetAsync("/v1/customers/anna")).Text.Should().NotContain(folder);
        host.Log.Where(line => line.StartsWith("Error")).Should().ContainSingle("an outage is a line a minute").Which.Should().Contain(folder).And.NotContain("   at ");
        (await host.GetAsync("/health/ready")).Status.Should().Be(System.Net.HttpStatusCode.OK, "predictions need no book");
    }

    [Fact]
    public async Task The_list_pages_filters_and_sorts_and_says_what_is_wrong_with_a_query()
    {
        string folder = trained.Copy().Folder;
        await new CustomerBookDatabase(CustomerBookOptions.InStore(folder)).WriteAsync(s_header, s_columns, Enumerable.Range(0, 25).Select(i => Score($"c{i:00}", i / 100.0)));
        using ServingHost host = ServingHost.Start(folder);

        List<string> ids = [];
        string? next = null;
        do
        {
            Answer page = await host.GetAsync($"/v1/customers?strategy=retain&min_churn_probability=0.03&sort=-churn_probability&limit=10&after={next}");
            page.Json["model_version"]!.GetValue<string>().Should().Be(s_header.ModelVersion);
            ids.AddRange(page.Json["customers"]!.AsArray().Select(customer => customer!["customer_id"]!.GetValue<string>()));
            next = page.Json["next"]?.GetValue<string>();
        }
        while (next is not null);

        ids.Should().Equal(Enumerable.Range(3, 22).Reverse().Select(i => $"c{i:00}"));
        (await host.GetAsync("/v1/customers?search=c2")).Json["customers"]!.AsArray().Should().HaveCount(5);
        (await host.GetAsync("/v1/customers?strategy=develop")).Json["customers"]!.AsArray().Should().BeEmpty();
        foreach (string wrong in (string[])["colour=red", "min_churn_probability=much", "sort=-colour", "limit=0", "limit=501", "after=*", "max_strategy=1", "sort=held"])
            (await host.GetAsync("/v1/customers?" + wrong)).ShouldBeProblem(422, "invalid-request");
    }

    private static readonly BookColumn[] s_columns =
    [
        BookColumn.CustomerId, new("churn_probability", BookFieldKind.Number), new("lifetime_value", BookFieldKind.Number), new("spend_p10", BookFieldKind.Number), new("next_purchase", BookFieldKind.Day),
        new("overdue", BookFieldKind.Number), new("strategy", BookFieldKind.Text), new("held", BookFieldKind.Flag), new("reasons", BookFieldKind.Texts),
    ];

    private static object?[] Score(string id, double churn) => [id, churn, 1e300, null, new DateOnly(2024, 2, 29), 1.0 / 3, "retain", true, (string[])["one", "two"]];
}
