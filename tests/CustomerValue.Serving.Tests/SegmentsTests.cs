using System.Globalization;
using System.Text.RegularExpressions;
using CustomerValue.CustomerBook.Work;
using CustomerValue.Serving.Pages.Words;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerValue.Serving.Tests;

/// <summary>Segments on a page, over a book that the program wrote.</summary>
public sealed partial class SegmentsTests(ScoredShop shop) : IClassFixture<ScoredShop>
{
    [Theory]
    [InlineData("strategy = 'maintain'", "strategy=maintain")]
    [InlineData("stage = 'lost' and churn_probability >= 0.9", "stage=lost&min_churn_probability=0.9")]
    [InlineData("potential_value >= 20 and potential_value <= 200", "min_potential_value=20&max_potential_value=200")]
    public async Task A_segment_has_the_people_that_the_list_of_customers_has_under_the_same_filter(string condition, string filter)
    {
        string[] segment = [.. (await shop.Host.GetAsync("/segments/people.csv?condition=" + Uri.EscapeDataString(condition))).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0])];
        string[] listed = [.. (await shop.Host.GetAsync("/customers/export?" + filter)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0])];

        segment.Should().NotBeEmpty().And.BeEquivalentTo(listed);
        (await PageAsync("/segments?condition=" + Uri.EscapeDataString(condition))).Should().Contain($"{segment.Length.ToString("#,0", CultureInfo.InvariantCulture)} people,");
    }

    [Fact]
    public async Task Filters_of_the_builder_say_what_the_condition_says()
    {
        string built = await PageAsync("/segments?c0=stage&o0=%3D&v0=lost&c1=potential_value&o1=%3C%3D&v1=50&any=true"), written = await PageAsync("/segments?condition=" + Uri.EscapeDataString("stage = 'lost' or potential_value <= 50"));

        People().Match(built).Value.Should().Be(People().Match(written).Value).And.NotBeEmpty();
        built.Should().Contain("stage = &#x27;lost&#x27; or potential_value &lt;= 50");
    }

    [Fact]
    public async Task A_condition_that_cannot_be_understood_is_pointed_at_and_nothing_of_it_is_markup()
    {
        (await PageAsync("/segments?condition=" + Uri.EscapeDataString("potential_vale > 3"))).Should().Contain("role=\"alert\"").And.Contain("potential_value");
        (await PageAsync("/segments?condition=" + Uri.EscapeDataString("<script>alert(1)</script>"))).Should().NotContain("<script>alert");
        (await shop.Host.GetAsync("/segments/people.csv?condition=" + Uri.EscapeDataString("; drop table"))).ShouldBeProblem(422, "invalid-request");
    }

    [Fact]
    public async Task A_segment_is_saved_under_its_name_counted_beside_others_and_removed()
    {
        const string Name = "lost <b>ones</b>";
        PhraseBook.Missing.Clear();
        await SubmitAsync("/segments?condition=" + Uri.EscapeDataString("stage = 'lost'"), "save", new() { ["name"] = Name });

        string page = await PageAsync("/segments?condition=" + Uri.EscapeDataString("strategy = 'maintain'"));
        page.Should().Contain("lost &lt;b&gt;ones&lt;/b&gt;").And.NotContain(Name).And.Contain("Also in the one above");
        await PageAsync("/segments?condition=" + Uri.EscapeDataString("strategy = 'maintain'"), "zh");
        PhraseBook.Missing.Keys.Should().BeEmpty("each is a key of ChinesePhrases");

        await SubmitAsync("/segments", "remove-" + Name, []);
        (await PageAsync("/segments")).Should().NotContain("ones");
    }

    [Fact]
    public async Task Saved_segments_are_shown_from_book_to_book()
    {
        const string Condition = "stage = 'lost'";
        WorkDatabase work = shop.Host.Services.GetRequiredService<WorkDatabase>();
        await SubmitAsync("/segments?condition=" + Uri.EscapeDataString(Condition), "save", new() { ["name"] = "gone" });
        await work.KeepAsync([new SegmentCount { Name = "gone", AsOf = new DateOnly(2020, 1, 2), Condition = "stage = 'dormant'", Customers = 4711, Future = 12, AtRisk = 3 }], TestContext.Current.CancellationToken);

        string page = await PageAsync("/segments");

        page.Should().Contain("The same segments from book to book").And.Contain("2020-01-02").And.Contain("4,711").And.Contain("by another condition");
        (await work.SegmentCountsAsync(TestContext.Current.CancellationToken)).Should().HaveCount(2, "the book of today was kept when the segment was saved");
        await SubmitAsync("/segments", "remove-gone", []);
    }

    private async Task SubmitAsync(string address, string form, Dictionary<string, string> fields)
    {
        Page page = await new Visitor(shop.Host.Client).SubmitAsync(address, form, fields);
        page.Status.Should().Be(200, page.Text);
    }

    private async Task<string> PageAsync(string address, string language = "en")
    {
        Page page = await new Visitor(shop.Host.Client).OpenAsync(address, language);
        page.Status.Should().Be(200, address);
        return page.Text;
    }

    [GeneratedRegex("[0-9,]+ people, [^<]+ to come")]
    private static partial Regex People();
}
