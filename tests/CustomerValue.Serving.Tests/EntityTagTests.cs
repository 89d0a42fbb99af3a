using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerValue.Serving.Tests;

/// <summary>Who has an answer and names its tag is told in a few bytes whether it still holds.</summary>
public sealed class EntityTagTests(TrainedStore trained)
{
    private static readonly string[] s_addresses = ["/v1/customers/anna", "/v1/customers?sort=-current_value&limit=2", "/v1/models", "/v1/models/champion", "/openapi/v1.json"];

    [Fact]
    public async Task An_answer_has_a_tag_that_holds_until_it_changes()
    {
        using ServingHost host = await PagesShop.StartAsync(trained), other = ServingHost.Start(host.Store);
        foreach (string address in s_addresses)
        {
            (int status, string tag, string text, string cache) = await AskAsync(host, address);
            (status, cache).Should().Be((200, address.StartsWith("/v1", StringComparison.Ordinal) ? "no-store" : "no-cache"), address);
            tag.Should().MatchRegex("^\"[A-Za-z0-9_-]{22}\"$");

            foreach (string known in (string[])[tag, "W/" + tag, $"\"other\", {tag}", "*"])
                (await AskAsync(host, address, known)).Should().Be((304, tag, "", cache), "{0} {1}", address, known);
            foreach (string unknown in (string[])["\"other\"", tag.Trim('"'), "\"\""])
                (await AskAsync(host, address, unknown)).Should().Be((200, tag, text, cache), "{0} {1}", address, unknown);
            if (!address.EndsWith("champion", StringComparison.Ordinal)) // it says since when this service serves it
                (await AskAsync(other, address, tag)).Status.Should().Be(304, "{0} of another service before the same store", address);
        }
    }

    [Fact]
    public async Task A_new_book_an_erasure_and_a_promotion_end_the_tags_of_what_they_change()
    {
        using ServingHost host = await PagesShop.StartAsync(trained);
        string bob = await TagAsync("/v1/customers/bob"), page = await TagAsync("/v1/customers?limit=2"), models = await TagAsync("/v1/models"), champion = await TagAsync("/v1/models/champion");

        await host.Services.GetRequiredService<CustomerErasure>().EraseAsync("anna", "test");
        (await AskAsync(host, "/v1/customers?limit=2", page)).Status.Should().Be(200, "anna stood on it");
        (await AskAsync(host, "/v1/customers/anna", bob)).Status.Should().Be(404);

        CustomerBookDatabase book = new(CustomerBookOptions.InStore(host.Store));
        (BookHeader header, BookRow row) = (await book.FindAsync("bob"))!;
        int[] own = [.. PagesShop.Columns.Select(column => row.Columns.ToList().FindIndex(one => one.Name == column.Name))]; // what the book before said comes by itself
        await book.WriteAsync(header with { ScoredAt = header.ScoredAt.AddDays(1) }, PagesShop.Columns, [[.. own.Select(at => row.Values[at])]]);
        (await AskAsync(host, "/v1/customers/bob", bob)).Status.Should().Be(200, "it was scored anew");

        (await host.PostAsync($"/v1/models/{trained.Newer}/promote", "")).Status.Should().Be(System.Net.HttpStatusCode.OK);
        (await AskAsync(host, "/v1/models", models)).Status.Should().Be(200);
        (await AskAsync(host, "/v1/models/champion", champion)).Status.Should().Be(200);

        async Task<string> TagAsync(string address) => (await AskAsync(host, address)).Tag;
    }

    private static async Task<(int Status, string Tag, string Text, string Cache)> AskAsync(ServingHost host, string address, string? known = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        if (known is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        using HttpResponseMessage answer = await host.Client.SendAsync(request);
        return ((int)answer.StatusCode, answer.Headers.ETag?.ToString() ?? "", await answer.Content.ReadAsStringAsync(), answer.Headers.CacheControl!.ToString());
    }
}
