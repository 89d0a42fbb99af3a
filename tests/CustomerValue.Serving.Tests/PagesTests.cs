using System.Text.RegularExpressions;
using CustomerValue.Serving.Pages.Words;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>The pages without a browser: what they say, in which language, with which headers, and that nothing of a customer is taken for markup.</summary>
public sealed class PagesTests(TrainedStore trained, PagesShop shop) : IClassFixture<PagesShop>
{
    private const string Markup = PagesShop.Markup;

    public static TheoryData<string> Addresses => ["/", "/map", "/map?current=10&potential=20", "/customers", "/customers?strategy=win-back&sort=-current_value", "/customers?search=zzz", "/customers?sort=height", "/customers?columns=stage,headroom", "/customers?columns=height", "/customer?id=anna", "/customer?id=nobody", "/segments", "/contacts", "/model", "/import", "/import?file=0123&empty=true", "/decide", "/decide?budget=100", "/decide/playbook", "/campaigns", "/campaigns/new", "/campaign?name=nobody", "/settings", "/api", "/problems", "/problems/invalid-request", "/problems/nobody", "/sign-in", "/setup", "/sign-out"];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_page_is_there_in_both_languages_with_every_sentence_translated(string address)
    {
        ServingHost host = shop.Host;
        PhraseBook.Missing.Clear();

        (int status, string english, _, _) = await PageAsync(host, address);
        string chinese = (await PageAsync(host, address, "zh-CN,zh;q=0.9")).Text;

        status.Should().Be(address.EndsWith("nobody", StringComparison.Ordinal) ? 404 : 200, string.Join('\n', host.Log.TakeLast(3)));
        english.Should().Contain("<html lang=\"en\"").And.Contain("<h1").And.NotContain("{0}");
        chinese.Should().Contain("<html lang=\"zh\"").And.NotContain("{0}");
        PhraseBook.Missing.Keys.Should().BeEmpty("each is a key of ChinesePhrases");
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Ids_names_and_reasons_are_text_wherever_they_stand(string address)
    {
        ServingHost host = shop.Host;

        foreach (string at in (string[])[address, "/customer?id=" + Uri.EscapeDataString(Markup), "/customers?search=" + Uri.EscapeDataString(Markup)])
            (await PageAsync(host, at)).Text.Should().NotContain("<script>").And.NotContain(Markup);
        (await PageAsync(host, "/customers")).Text.Should().Contain("&lt;script&gt;");
    }

    [Theory]
    [InlineData("/customers?limit=2", "anna,=1+1,bob,carl,<script>alert('x')</script>,dora")]
    [InlineData("/customers?limit=2&sort=customer_id", "<script>alert('x')</script>,=1+1,anna,bob,carl,dora")]
    [InlineData("/customers?limit=2&sort=-churn_probability", "carl,bob,<script>alert('x')</script>,dora,=1+1,anna")]
    public async Task Pages_of_customers_follow_each_other_to_the_last_in_the_order_that_is_shown(string address, string expected)
    {
        List<string> seen = [];
        for (string? next = address; next is not null;)
        {
            string page = (await PageAsync(shop.Host, next)).Text;
            seen.AddRange(Regex.Matches(page, "<th scope=\"row\"><a href=\"/customer[?]id=([^\"]+)\"").Select(match => Uri.UnescapeDataString(match.Groups[1].Value)));
            Match link = Regex.Match(page, "class=\"button\" href=\"(/customers[?][^\"]*after=[^\"]+)\"");
            next = link.Success && seen.Count < 20 ? System.Net.WebUtility.HtmlDecode(link.Groups[1].Value) : null;
        }
        seen.Should().Equal(expected.Split(','));
    }

    [Fact]
    public async Task What_changed_since_the_book_before_is_told_with_its_people()
    {
        ServingHost host = shop.Host;

        (await PageAsync(host, "/")).Text.Should().Contain("What changed since 2024-02-01").And.Contain("1 steady customers began to slip").And.Contain("/customers?earlier_stage=steady&amp;stage=slipping").And.Contain("1 customers rose from Maintain to Develop");
        (await PageAsync(host, "/customers?earlier_stage=steady&stage=slipping")).Text.Should().Contain("=1&#x2B;1").And.NotContain("anna");
        (await PageAsync(host, "/customer?id=bob")).Text.Should().Contain("Since 2024-02-01: Retain, Slipping before, Retain, Dormant now.");
        (await PageAsync(host, "/map")).Text.Should().Contain("Who moved since 2024-02-01");
    }

    [Fact]
    public async Task Pages_run_no_script_but_their_own_and_are_kept_by_nobody()
    {
        ServingHost host = shop.Host;

        Page answer = await PageAsync(host, "/");

        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.Should().Contain("script-src 'self'").And.Contain("default-src 'none'").And.Contain("frame-ancestors 'none'");
        policy.Split(';').Single(part => part.Contains("script-src", StringComparison.Ordinal)).Should().NotContain("unsafe");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        (await host.GetAsync("/v1/models")).MediaType.Should().Be("application/json", "programs are answered as before");
    }

    [Fact]
    public async Task Where_a_page_cannot_be_shown_a_page_says_why_and_programs_get_problem_details()
    {
        using ServingHost host = ServingHost.Start(trained.Copy().Folder);

        (await PageAsync(host, "/")).Text.Should().Contain("There are no customers here yet.").And.Contain("--demo");
        (int status, string text, _, _) = await PageAsync(host, "/no/such/page");
        status.Should().Be(404);
        text.Should().Contain("There is no such page.");
        (await PageAsync(host, "/../../etc/passwd")).Should().Match<Page>(answer => answer.Status == 404 && answer.Text.Contains("There is no such page."));
        (await host.GetAsync("/no/such/page")).ShouldBeProblem(404, "unknown-route");
    }

    [Fact]
    public async Task A_book_that_cannot_be_read_becomes_a_page_that_says_so()
    {
        string folder = trained.Copy().Folder;
        await File.WriteAllTextAsync(Path.Combine(folder, "customers.db"), new string('x', 10_000));
        using ServingHost host = ServingHost.Start(folder);

        (int status, string text, _, _) = await PageAsync(host, "/customers");

        status.Should().Be(503, string.Join("\n", host.Log));
        text.Should().Contain("<h1>Something that this service depends on cannot be used.</h1>").And.NotContain(folder);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        ServingHost host = shop.Host;
        using FormUrlEncodedContent form = new([new("_handler", "rollback")]);
        HttpResponseMessage answer = await host.Client.PostAsync(new Uri("/model", UriKind.Relative), form);

        ((int)answer.StatusCode).Should().Be(400);
        (await host.GetAsync("/v1/models")).Json["champion"]!.GetValue<string>().Should().Be(trained.Older);
    }

    [Fact]
    public async Task A_contact_is_recorded_by_a_form_shown_listed_downloaded_and_taken_back()
    {
        using ServingHost host = await PagesShop.StartAsync(trained);
        string said = Markup + " late again";

        Page recorded = await SubmitAsync(host, "/customer?id=anna", "record", new() { ["channel"] = "phone", ["owner"] = "Li", ["reached"] = "yes", ["complaint"] = said, ["again"] = "2020-01-01" });
        recorded.Text.Should().Contain("is written down").And.Contain("open complaint").And.NotContain(Markup);
        (await PageAsync(host, "/contacts")).Text.Should().Contain("1 open complaints").And.Contain("1 to contact again").And.NotContain(Markup);
        (await host.GetAsync("/contacts/export")).Text.Split('\n')[0].Should().Be("customer_id,date,owner,channel,action,reached,outcome,satisfaction,complaint,complaint_closed,promise,promise_due,promise_kept,next_step");

        await SubmitAsync(host, recorded.Address, "undo", []);
        (await PageAsync(host, "/contacts")).Text.Should().Contain("Nothing yet.");
    }

    [Fact]
    public async Task Each_owner_has_a_list_and_visit_sheets_of_their_own_customers()
    {
        using ServingHost host = await PagesShop.StartAsync(trained);
        Visitor visitor = new(host.Client);

        (await visitor.SubmitAsync("/customer?id=%3D1%2B1", "owner", new() { ["owner"] = "Li " + Markup })).Text.Should().Contain("value=\"Li &lt;script&gt;").And.NotContain(Markup);
        Page taken = await visitor.UploadAsync("/contacts", "owners", "File", "owners.csv", "customer_id,owner\n=1+1,Li\ncarl,Wu\n");
        taken.Text.Should().Contain("2 customers are looked after by 2 people.");
        (await visitor.UploadAsync("/contacts", "owners", "File", "owners.csv", "customer,name\n=1+1,Li\n")).Text.Should().Contain("owners.csv").And.Contain("role=\"alert\"").And.NotContain("/tmp");

        (await PageAsync(host, "/contacts")).Text.Should().Contain("<option value=\"Li\">Li, 1 customers").And.Contain("/customer?id=carl").And.Contain("/customer?id=%3D1%2B1");
        string mine = (await PageAsync(host, "/contacts?owner=Li")).Text;
        mine.Should().Contain("Whom Li speaks with today").And.Contain("/customer?id=%3D1%2B1").And.NotContain("/customer?id=carl");
        (await PageAsync(host, "/contacts?owner=team")).Text.Should().NotContain("/customer?id=carl").And.NotContain("/customer?id=%3D1%2B1");
        System.Net.WebUtility.HtmlDecode((await PageAsync(host, "/contacts?owner=Wu", "zh")).Text).Should().Contain("今天由Wu联系谁");

        string sheets = (await PageAsync(host, "/contacts/sheets?owner=Li")).Text;
        sheets.Should().Contain("Visit sheets of Li, 1 customers").And.Contain("=1&#x2B;1").And.NotContain("carl").And.NotContain(Markup);
        System.Net.WebUtility.HtmlDecode((await PageAsync(host, "/contacts/sheets?owner=", "zh")).Text).Should().Contain("客户回访计划表").And.Contain("carl");
    }

    [Fact]
    public async Task Whom_nobody_may_contact_is_on_no_list_and_in_no_plan()
    {
        using ServingHost host = await PagesShop.StartAsync(trained);
        Visitor visitor = new(host.Client);
        (await PageAsync(host, "/contacts")).Text.Should().Contain("/customer?id=carl");

        (await visitor.SubmitAsync("/customer?id=carl", "contactable", [])).Text.Should().Contain("nobody may contact this customer");
        (await PageAsync(host, "/contacts")).Text.Should().NotContain("/customer?id=carl");
        (await PageAsync(host, "/contacts/sheets?owner=")).Text.Should().NotContain("carl");
        (await visitor.SubmitAsync("/customer?id=carl", "contactable", [])).Text.Should().Contain("Contact no more");

        (await visitor.UploadAsync("/settings", "forbid", "File", "no.csv", "customer_id\ncarl\n=1+1\ncarl\n")).Text.Should().Contain("2 customers are not contacted any more.").And.Contain("take over who is not contacted");
        (await PageAsync(host, "/contacts")).Text.Should().NotContain("/customer?id=carl").And.NotContain("/customer?id=%3D1%2B1");
        (await visitor.UploadAsync("/settings", "forbid", "File", "no.csv", "name\ncarl\n")).Text.Should().Contain("no.csv").And.NotContain("/tmp");
        (await PageAsync(host, "/contacts")).Text.Should().NotContain("/customer?id=carl", "the list stays");
    }

    [Fact]
    public async Task A_complaint_comes_before_anything_is_sold_on_a_visit_sheet()
    {
        using ServingHost host = await PagesShop.StartAsync(trained);
        await SubmitAsync(host, "/customer?id=anna", "record", new() { ["channel"] = "phone", ["owner"] = "Li", ["reached"] = "yes", ["complaint"] = "late again" });

        string sheet = Regex.Match((await PageAsync(host, "/contacts/sheets?owner=")).Text, "<article.*?</article>", RegexOptions.Singleline).Value;

        sheet.Should().Contain("anna").And.Contain("late again").And.Contain("Complaint").And.NotContain("Offer:");
    }

    [Fact]
    public async Task Drift_outlook_costs_and_referrals_of_the_book_are_told()
    {
        ServingHost host = shop.Host;

        (await PageAsync(host, "/")).Text.Should().Contain("Customers are no longer as the model knew them").And.Contain(", 8 times of 10").And.Contain("the last 90 days (500)").And.Contain("the same days a year before (200)");
        (await PageAsync(host, "/model")).Text.Should().Contain("1 of 40 features moved.").And.Contain("it said 40 % would stay away, and 45 % did").And.Contain("recency");
        (await PageAsync(host, "/customer?id=anna")).Text.Should().Contain("return handling").And.Contain("/customer?id=carl").And.Contain("anna was brought by").And.Contain("Brought by whom");
    }

    [Fact]
    public async Task The_download_holds_the_filtered_customers_with_all_columns_and_no_formulas()
    {
        ServingHost host = shop.Host;

        string[] lines = (await host.GetAsync("/customers/export?strategy=retain")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines[0].Should().StartWith(string.Join(',', PagesShop.Columns.Select(column => column.Name)) + ",earlier_strategy,");
        lines.Skip(1).Should().HaveCount(2).And.Contain(line => line.StartsWith("\"'=1+1\"", StringComparison.Ordinal) || line.StartsWith("'=1+1,", StringComparison.Ordinal));
    }

    /// <summary>Fills a form of a page in and sends it, as a browser does.</summary>
    private static async Task<Page> SubmitAsync(ServingHost host, string address, string form, Dictionary<string, string> fields)
    {
        Page page = await new Visitor(host.Client).SubmitAsync(address, form, fields);
        page.Status.Should().Be(200, page.Text);
        return page;
    }

    private static Task<Page> PageAsync(ServingHost host, string address, string language = "en") => new Visitor(host.Client).OpenAsync(address, language);
}
