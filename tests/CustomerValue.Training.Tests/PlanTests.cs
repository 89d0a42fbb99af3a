using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>The verb on a simulated shop: days, records that come back, files for owners, and bad input.</summary>
public sealed class PlanTests(Shop shop) : IClassFixture<Shop>
{
    private const string Header = "customer_id,date,owner,channel,action,reached,outcome,satisfaction,complaint,complaint_closed,promise,promise_due,promise_kept,next_step\n";
    private readonly Workspace _workspace = shop.Workspace;

    [Fact]
    public async Task Records_that_come_back_change_the_plan_and_every_file_says_the_same()
    {
        await PlanAsync("--out", "before.csv");
        Dictionary<string, string[]> before = shop.Columns("before.csv");
        string[] ids = [.. before["customer_id"].Distinct().Take(4)];
        DateOnly asOf = DateOnly.Parse(before["as_of"][0]), last = asOf.AddDays(-3);
        _workspace.Write("contacts.csv", Header
            + $"{ids[0]},{last:yyyy-MM-dd},Ann,phone,,yes,angry,1,\"late, twice\",,,,,Call back\n"
            + $"{ids[1]},{last.AddDays(-20):yyyy-MM-dd},Ann,phone,,no,,,,,,,,\n{ids[1]},{last:yyyy-MM-dd},Ann,phone,,no,,,,,,,,\n"
            + $"{ids[2]},{last:yyyy-MM-dd},Ann,phone,,yes,,5,,,pays by Friday,{last.AddDays(1):yyyy-MM-dd},yes,\n");
        _workspace.Write("nobody.csv", $"customer_id\n{ids[3]}\n");
        _workspace.Write("owners.csv", $"customer_id,owner\n{ids[0]},Ann Li\n");

        JsonNode answer = (await PlanAsync("--contacts", "contacts.csv", "--do-not-contact", "nobody.csv", "--owners", "owners.csv", "--cooling-off", "14", "--out", "after.csv", "--calendars", "cal", "--sheets", "sheets", "--json")).Json;

        Dictionary<string, string[]> after = shop.Columns("after.csv");
        Cell(0, "purpose").Should().Be("complaint");
        Cell(0, "action").Should().BeEmpty("an open complaint blocks selling");
        Cell(0, "talking_points").Should().StartWith($"Complained on {last:yyyy-MM-dd}: ").And.Contain("late, twice").And.Contain("Satisfaction 1 of 5");
        if (Row(1) >= 0)
            DateOnly.Parse(Cell(1, "earliest")).Should().BeOnOrAfter(last.AddDays(28), "two contacts in a row were not answered");
        Cell(2, "purpose").Should().Be("thanks");
        Cell(3, "state").Should().Be("do-not-contact");
        Cell(3, "date").Should().BeEmpty();
        string calendar = await File.ReadAllTextAsync(_workspace.PathOf("cal", "Ann Li.ics")), sheet = await File.ReadAllTextAsync(_workspace.PathOf("sheets", "Ann Li.html"));
        calendar.Should().StartWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n").And.EndWith("END:VCALENDAR\r\n").And.Contain($"UID:{ids[0]}@").And.Contain($"DTSTART;VALUE=DATE:{Cell(0, "date").Replace("-", "", StringComparison.Ordinal)}\r\n");
        calendar.Split("\r\n").Should().OnlyContain(line => Encoding.UTF8.GetByteCount(line) <= 75);
        sheet.Should().Contain(ids[0]).And.Contain("Record of the visit").And.NotContain("<script");
        answer["planned"]!.GetValue<int>().Should().Be(after["state"].Count(state => state == "planned"));
        answer["purposes"]!["complaint"]!.GetValue<int>().Should().Be(1);
        answer["do_not_contact"]!.GetValue<int>().Should().Be(1);

        int Row(int k) => Array.IndexOf(after["customer_id"], ids[k]);
        string Cell(int k, string column) => after[column][Row(k)];
    }

    [Fact]
    public async Task The_same_inputs_give_the_same_files_on_any_number_of_threads_in_both_languages()
    {
        await PlanAsync("--out", "one.csv", "--calendars", "one", "--sheets", "one", "--language", "zh", "--threads", "1");
        await PlanAsync("--out", "two.csv", "--calendars", "two", "--sheets", "two", "--language", "zh", "--threads", "3");

        (await File.ReadAllTextAsync(_workspace.PathOf("two.csv"))).Should().Be(await File.ReadAllTextAsync(_workspace.PathOf("one.csv")));
        foreach (string file in (string[])["team.ics", "team.html"])
            (await File.ReadAllTextAsync(_workspace.PathOf("two", file))).Should().Be(await File.ReadAllTextAsync(_workspace.PathOf("one", file)));
        System.Net.WebUtility.HtmlDecode(await File.ReadAllTextAsync(_workspace.PathOf("one", "team.html"))).Should().Contain("客户回访计划表").And.Contain("客户回访记录");
    }

    [Theory]
    [InlineData("--contacts", "customer_id,date,channel,reached\nC000001,2030-01-01,phone,yes\n", "line 2, column 'date': found '2030-01-01', expected a day before")]
    [InlineData("--contacts", "customer_id,date,channel,reached\nC000001,2022-01-01,fone,yes\n", "did you mean 'phone'?")]
    [InlineData("--contacts", "customer_id,date,channel,reached\nC000001,2022-01-01,phone,perhaps\n", "found 'perhaps', expected yes or no")]
    [InlineData("--contacts", "customer_id,date,channel,reached,satisfaction\nC000001,2022-01-01,phone,yes,6\n", "found '6', expected a whole number from 1 to 5")]
    [InlineData("--contacts", "customer_id,date,channel\nC000001,2022-01-01,phone\n", "found no column 'reached'")]
    [InlineData("--do-not-contact", "customer_id\nC999999\n", "line 2, column 'customer_id': found 'C999999', expected a customer of the transactions")]
    [InlineData("--holidays", "date\n1999-12-25\n", "found holidays of 1999, expected some of 2022")]
    [InlineData("--holidays", "date,working\n2022-12-25,maybe\n", "found 'maybe', expected yes, no or nothing")]
    [InlineData("--capacity", "owner,channel,daily\nAnn,phone,0\n", "found '0', expected more than 0 contacts a working day")]
    [InlineData("--capacity", "owner,channel,daily\nAnn,phone,2\nAnn,phone,3\n", "each owner and channel once")]
    [InlineData("--owners", "customer_id,owner\nC000001,\n", "line 2, column 'owner'")]
    public async Task Bad_files_are_refused_in_one_sentence_and_nothing_is_written(string option, string content, string expected)
    {
        _workspace.Write("bad.csv", content);
        string[] before = _workspace.Entries();
        Run run = await _workspace.RunAsync(["plan", .. Shop.Evidence, option, "bad.csv", "--out", "never.csv", "--calendars", "never", "--sheets", "never"]);

        run.ExitCode.Should().Be(ExitCode.BadData);
        run.Message.Should().Contain("bad.csv").And.Contain(expected);
        _workspace.Entries().Should().Equal(before);
    }

    private Task<Run> PlanAsync(params string[] more) => _workspace.SucceedAsync(["plan", .. Shop.Evidence, .. more]);
}
