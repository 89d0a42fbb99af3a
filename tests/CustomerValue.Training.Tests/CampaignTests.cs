using System.Globalization;
using System.Text.Json.Nodes;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Tests.Support;

namespace CustomerValue.Training.Tests;

/// <summary>The verbs of a campaign on a simulated shop: from plan to lists, result and a playbook that has learnt.</summary>
public sealed class CampaignTests(Shop shop) : IClassFixture<Shop>
{
    private readonly Workspace _workspace = shop.Workspace;

    [Fact]
    public async Task From_plan_to_lists_result_and_a_playbook_that_decides_by_what_was_measured()
    {
        JsonNode plan = (await PlanAsync("call", "--arm", "thank-you-letter", "--arm", "newsletter:0.05:2", "--control", "0.3", "--holdout", "0.05", "--json")).Json;
        plan["is_new"]!.GetValue<bool>().Should().BeTrue();
        (await PlanAsync("call", "--arm", "thank-you-letter", "--arm", "newsletter:0.05:2", "--control", "0.3", "--holdout", "0.05", "--json")).Json["is_new"]!.GetValue<bool>().Should().BeFalse("planning again gives the same");
        DateOnly start = DateOnly.Parse(plan["plan"]!["start"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        Dictionary<string, string[]> assignment = shop.Columns("campaigns/call/assignment.csv");
        string suppressed = assignment["customer_id"][Array.IndexOf(assignment["arm"], "thank-you-letter")];
        _workspace.Write("nobody.csv", $"customer_id\n{suppressed}\nsomebody-else\n");

        await _workspace.SucceedAsync("campaign", "export", "call", "--campaigns", "campaigns", "--do-not-contact", "nobody.csv", "--out", "lists");

        string[] letter = shop.Columns("lists/thank-you-letter.csv")["customer_id"];
        letter.Should().BeEquivalentTo(assignment["customer_id"].Where((id, i) => assignment["arm"][i] == "thank-you-letter" && id != suppressed));
        JsonNode record = JsonNode.Parse(await File.ReadAllTextAsync(_workspace.PathOf("lists", "export.json")))!;
        record["lists"]![0]!["suppressed"]!.GetValue<int>().Should().Be(1);

        // Consent counts as of now and for the channel of the arm; talking points name what was bought last.
        string[] ids = letter, refusing = [ids[0], ids[1]];
        _workspace.Write("consent.csv", $"customer_id,channel,consent\n{ids[0]},mail,no\n{ids[1]},,no\n{ids[2]},email,no\n{ids[3]},mail,no\n{ids[3]},mail,yes\n");
        await _workspace.SucceedAsync("campaign", "export", "call", "--campaigns", "campaigns", "--consent", "consent.csv", "--transactions", "shop/transactions.csv", "--out", "agreed");
        Dictionary<string, string[]> agreed = shop.Columns("agreed/thank-you-letter.csv");
        agreed["customer_id"].Should().BeEquivalentTo(ids.Append(suppressed).Except(refusing));
        agreed["talking_points"].Should().OnlyContain(points => points.StartsWith("Offer: Thank-you letter. Bought on 20", StringComparison.Ordinal));
        _workspace.Write("consent.csv", $"customer_id,channel,consent\n{ids[0]},mail,perhaps\n");
        (await _workspace.RunAsync("campaign", "export", "call", "--campaigns", "campaigns", "--consent", "consent.csv", "--out", "never")).Message.Should().Contain("line 2").And.Contain("found 'perhaps', expected yes or no");
        Directory.Exists(_workspace.PathOf("never")).Should().BeFalse();

        WriteLater("later.csv", start, 60, assignment);
        JsonNode answer = (await _workspace.SucceedAsync("campaign", "result", "call", "--transactions", "shop/transactions.csv", "later.csv", "--campaigns", "campaigns", "--table", "trial.csv", "--json")).Json;
        answer["result"]!["is_whole"]!.GetValue<bool>().Should().BeTrue();
        JsonNode arm = answer["result"]!["arms"]!.AsArray().Single(one => one!["arm"]!.GetValue<string>() == "thank-you-letter")!;
        JsonNode buyers = arm["outcomes"]![0]!;
        buyers["difference"]!.GetValue<double>().Should().BeGreaterThan(0.5, "everybody with a letter bought and a tenth of the others");
        buyers["low"]!.GetValue<double>().Should().BePositive();
        answer["words"]!.AsArray().Select(word => word!.GetValue<string>()).Should().Contain(word => word.Contains("more customers bought", StringComparison.Ordinal));

        // The campaign is an experiment to learn uplift from, if too small a one here.
        Dictionary<string, string[]> trial = shop.Columns("trial.csv");
        trial["customer_id"].Should().Equal(assignment["customer_id"]);
        trial["arm"].Should().Equal(assignment["arm"]);
        trial["bought"].Zip(trial["spend"]).Should().OnlyContain(pair => (pair.First == "1") == (pair.Second != "0"));
        (await _workspace.RunAsync("uplift", "train", "trial.csv", "--treatment", "arm", "--outcome", "bought", "--ignore", "customer_id", "purchases", "spend", "margin", "--out", "call.uplift"))
            .Message.Should().Contain($"arm 'control': found {trial["arm"].Count(name => name == "control")} customers, expected 100 or more");

        JsonNode history = (await _workspace.SucceedAsync("campaign", "history", "--campaigns", "campaigns", "--write-playbook", "learnt.json", "--json")).Json;
        history["effects"]!.AsArray().Should().Contain(effect => effect!["action"]!.GetValue<string>() == "thank-you-letter" && effect["kind"]!.GetValue<string>() == "buying");
        JsonNode decided = (await _workspace.SucceedAsync(["decide", .. Shop.Evidence, "--playbook", "learnt.json", "--json"])).Json;
        decided["assumed_share"]!.GetValue<double>().Should().BeLessThan(1, "what was measured is not assumed");
        JsonNode.Parse(await File.ReadAllTextAsync(_workspace.PathOf("learnt.json")))!["actions"]!.AsArray().Single(action => action!["id"]!.GetValue<string>() == "thank-you-letter")!["effects"]!["buying"]!["campaign"]!.GetValue<string>().Should().Be("call");
    }

    [Fact]
    public async Task Factors_become_arms_of_all_combinations_and_the_result_says_what_each_level_changes()
    {
        string[] factors = ["--factor", "message=thank-you-letter,none", "--factor", "discount=0,10:2.5"];
        JsonNode plan = (await _workspace.SucceedAsync(["campaign", "plan", .. Shop.Evidence, "--campaigns", "varied", "--name", "mix", .. factors, "--control", "0.2", "--json"])).Json["plan"]!;
        plan["arms"]!.AsArray().Select(arm => arm!["id"]!.GetValue<string>()).Should().Equal("control", "thank-you-letter_0", "thank-you-letter_10", "none_0", "none_10");
        plan["arms"]![2]!["cost_per_customer"]!.GetValue<double>().Should().BeApproximately(plan["arms"]![1]!["cost_per_customer"]!.GetValue<double>() + 2.5, 1e-9);
        plan["factor_design"]!.AsArray().Should().HaveCount(4);

        Dictionary<string, string[]> assignment = shop.Columns("varied/mix/assignment.csv");
        string[] ids = assignment["customer_id"];
        _workspace.Write("refused.csv", $"customer_id,channel,consent\n{string.Concat(ids.Select(id => $"{id},mail,no\n"))}");
        await _workspace.SucceedAsync("campaign", "export", "mix", "--campaigns", "varied", "--consent", "refused.csv", "--out", "varied/lists");
        shop.Columns("varied/lists/thank-you-letter_10.csv")["customer_id"].Should().BeEmpty("the letter goes by mail");
        shop.Columns("varied/lists/none_10.csv")["customer_id"].Should().NotBeEmpty();

        DateOnly start = DateOnly.ParseExact(plan["start"]!.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        WriteLater("varied-later.csv", start, 60, assignment);
        string[] result = ["campaign", "result", "mix", "--transactions", "shop/transactions.csv", "varied-later.csv", "--campaigns", "varied"];
        JsonNode effects = (await _workspace.SucceedAsync([.. result, "--out", "effects.csv", "--report", "mix.html", "--json"])).Json["result"]!["factors"]!;
        effects.AsArray().Should().HaveCount(3);
        Dictionary<string, string[]> lines = shop.Columns("effects.csv");
        lines["effect"].Count(effect => effect == "arm").Should().Be(16);
        lines["effect"].Count(effect => effect == "main").Should().Be(8);
        lines["effect"].Count(effect => effect == "interaction").Should().Be(4);
        (await File.ReadAllTextAsync(_workspace.PathOf("mix.html"))).Should().Contain("What each level changes").And.Contain("message: none beside thank-you-letter");

        (await _workspace.RunAsync(["campaign", "plan", .. Shop.Evidence, "--campaigns", "varied", "--name", "other", .. factors, "--arm", "thank-you-letter"])).Message.Should().Contain("Found --factor beside --arm");
        (await _workspace.RunAsync(["campaign", "plan", .. Shop.Evidence, "--campaigns", "varied", "--name", "other", "--factor", "message"])).Message.Should().Contain("expected NAME=LEVEL,LEVEL");
    }

    [Fact]
    public async Task A_matrix_of_tests_is_planned_handed_out_and_read_with_false_discovery_controlled()
    {
        string[] command = ["campaign", "test-matrix", .. Shop.Evidence, "--campaigns", "matrix", "--name", "tests", "--budget", "300", "--by", "strategy", "--json"];
        JsonNode plan = (await _workspace.SucceedAsync(command)).Json["plan"]!;
        JsonArray tests = plan["matrix"]!["tests"]!.AsArray();
        tests.Should().NotBeEmpty();
        plan["arms"]!.AsArray().Skip(1).Sum(arm => arm!["customers"]!.GetValue<int>() * arm["cost_per_customer"]!.GetValue<double>()).Should().BeLessThanOrEqualTo(300 * 1.05, "halves of strata differ by one");
        plan["design"]!.AsArray().Should().HaveCount(2 * tests.Count);
        (await _workspace.SucceedAsync(command)).Json["is_new"]!.GetValue<bool>().Should().BeFalse("planning again draws the same");

        Dictionary<string, string[]> assignment = shop.Columns("matrix/tests/assignment.csv");
        string first = tests[0]!["arm"]!.GetValue<string>();
        await _workspace.SucceedAsync("campaign", "export", "tests", "--campaigns", "matrix", "--out", "matrix/lists");
        shop.Columns($"matrix/lists/{first}.csv")["customer_id"].Should().HaveCount(assignment["arm"].Count(arm => arm == first));

        DateOnly start = DateOnly.ParseExact(plan["start"]!.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        WriteLater("matrix-later.csv", start, 60, assignment, first);
        JsonNode answer = (await _workspace.SucceedAsync("campaign", "result", "tests", "--transactions", "shop/transactions.csv", "matrix-later.csv", "--campaigns", "matrix", "--out", "tests.csv", "--report", "tests.html", "--json")).Json;
        JsonNode margin = answer["result"]!["arms"]!.AsArray().Single(arm => arm!["arm"]!.GetValue<string>() == first)!["outcomes"]![3]!;
        margin["q_value"]!.GetValue<double>().Should().BeLessThan(0.1, "everybody with it bought and a tenth of the others");
        margin["q_value"]!.GetValue<double>().Should().BeGreaterThanOrEqualTo(margin["p_value"]!.GetValue<double>());
        answer["words"]!.AsArray().Select(word => word!.GetValue<string>()).Should().Contain(word => word.Contains("tests are called real", StringComparison.Ordinal)).And.Contain(word => word.StartsWith($"'{first}' brings ", StringComparison.Ordinal));
        shop.Columns("tests.csv")["q_value"].Should().HaveCount(4 * tests.Count);
        (await File.ReadAllTextAsync(_workspace.PathOf("tests.html"))).Should().Contain("What each test showed");

        (await _workspace.RunAsync(["campaign", "test-matrix", .. Shop.Evidence, "--name", "tests", "--budget", "5", "--by", "strategie"])).Message.Should().Contain("--by: found 'strategie'").And.Contain("did you mean 'strategy'?");
        (await _workspace.RunAsync(["campaign", "test-matrix", .. Shop.Evidence, "--name", "tests"])).Message.Should().Contain("Found no --budget");
        Run poor = await _workspace.RunAsync(["campaign", "test-matrix", .. Shop.Evidence, "--campaigns", "poor", "--name", "tests", "--budget", "0.5"]);
        poor.Message.Should().Contain("expected one at least; raise the budget");
        Directory.Exists(_workspace.PathOf("poor")).Should().BeFalse("nothing is written");
    }

    [Fact]
    public async Task Decisions_become_arms_with_control_groups_of_their_own()
    {
        await _workspace.SucceedAsync(["decide", .. Shop.Evidence, "--out", "decided.csv"]);

        JsonNode plan = (await _workspace.SucceedAsync(["campaign", "plan", .. Shop.Evidence, "--campaigns", "decided", "--name", "decided", "--decisions", "decided.csv", "--control", "0.4", "--json"])).Json;

        Dictionary<string, string[]> decided = shop.Columns("decided.csv"), assignment = shop.Columns("decided/decided/assignment.csv");
        HashSet<string> large = [.. decided["action"].Where(action => action.Length > 0).GroupBy(action => action).Where(group => group.Count() >= 10).Select(group => group.Key)];
        large.Should().HaveCountGreaterThan(1);
        plan["plan"]!["by_decision"]!.GetValue<bool>().Should().BeTrue();
        assignment["customer_id"].Should().Equal(decided["customer_id"].Where((_, i) => large.Contains(decided["action"][i])));
        assignment["intended"].Should().Equal(decided["action"].Where(large.Contains));
        assignment["arm"].Where((arm, i) => arm != "control" && arm != assignment["intended"][i]).Should().BeEmpty();
        plan["findings"]!.AsArray().Any(finding => finding!["code"]!.GetValue<string>() == "arms-too-small").Should().Be(large.Count < decided["action"].Where(action => action.Length > 0).Distinct().Count());
    }

    [Theory]
    [InlineData(ExitCode.Usage, "expected a name for the campaign")]
    [InlineData(ExitCode.Usage, "expected at least one thing that is done", "--name", "bad")]
    [InlineData(ExitCode.Usage, "which is no action of the playbook", "--name", "bad", "--arm", "thank-you-leter")]
    [InlineData(ExitCode.Usage, "NAME:COST:WEIGHT", "--name", "bad", "--arm", "letter:free")]
    [InlineData(ExitCode.Usage, "--segment", "--name", "bad", "--arm", "letter:1", "--segment", "strategie = 'retain'")]
    [InlineData(ExitCode.Usage, "more than one of", "--name", "bad", "--arm", "letter:1", "--segment", "potential_value > 1", "--customers", "shop/customers.csv")]
    [InlineData(ExitCode.BadData, "without a control group", "--name", "bad", "--arm", "letter:1", "--control", "0")]
    [InlineData(ExitCode.BadData, "no customer in the segment", "--name", "bad", "--arm", "letter:1", "--segment", "potential_value > 1e9")]
    [InlineData(ExitCode.BadData, "cannot be left to chance any more", "--name", "bad", "--arm", "letter:1", "--start", "2000-01-01")]
    public async Task What_cannot_be_planned_is_refused_and_nothing_is_written(int code, string expected, params string[] options)
    {
        Run run = await _workspace.RunAsync(["campaign", "plan", .. Shop.Evidence, "--campaigns", "refused", .. options]);

        run.ExitCode.Should().Be(code);
        run.Error.Should().Contain(expected);
        Directory.Exists(_workspace.PathOf("refused")).Should().BeFalse();
    }

    [Fact]
    public async Task A_result_before_its_time_says_when_there_will_be_one()
    {
        await PlanAsync("early", "--arm", "letter:1");

        Run run = await _workspace.RunAsync("campaign", "result", "early", "--transactions", "shop/transactions.csv", "--campaigns", "campaigns");

        run.ExitCode.Should().Be(ExitCode.BadData);
        run.Error.Should().Contain("Not enough data yet: measure on ");
        File.Exists(_workspace.PathOf("campaigns", "early", "result.json")).Should().BeFalse();
    }

    private Task<Run> PlanAsync(string name, params string[] options) => _workspace.SucceedAsync(["campaign", "plan", .. Shop.Evidence, "--campaigns", "campaigns", "--name", name, .. options]);

    /// <summary>Everybody who got the letter buys, and a tenth of the others.</summary>
    private void WriteLater(string file, DateOnly start, int days, Dictionary<string, string[]> assignment, string buying = "thank-you-letter")
    {
        List<string> lines = ["customer_id,order_id,date,product,category,channel,quantity,amount,discount,unit_cost"];
        for (int i = 0; i < assignment["customer_id"].Length; i++)
            if (assignment["arm"][i] == buying || i % 10 == 0)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{assignment["customer_id"][i]},L{i},{start.AddDays(i % days):yyyy-MM-dd},P1,food,web,1,{20 + i % 7},0,{10 + i % 3}"));
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"{assignment["customer_id"][0]},LL,{start.AddDays(days - 1):yyyy-MM-dd},P1,food,web,1,20,0,10"));
        _workspace.Write(file, string.Join('\n', lines) + "\n");
    }
}
