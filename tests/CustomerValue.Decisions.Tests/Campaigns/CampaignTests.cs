using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Tests.Campaigns;

public class CampaignTests(ITestOutputHelper output)
{
    private static readonly GlobalHoldout s_none = new(0);

    [Fact]
    public void Planning_again_draws_the_same_customers_whoever_else_is_in_the_base_by_strata_and_in_the_shares_meant()
    {
        Town town = new(1, 3000);
        (CampaignPlan plan, CampaignAssignment first) = town.Planner.Plan(Town.Design("spring", "call", "mail"), town.Everybody, null, s_none, []);
        (CampaignPlan again, CampaignAssignment second) = town.Planner.Plan(Town.Design("spring", "call", "mail"), town.Everybody, null, s_none, []);
        (_, CampaignAssignment salted) = town.Planner.Plan(Town.Design("spring", "call", "mail") with { Salt = "2" }, town.Everybody, null, s_none, []);

        again.Should().BeEquivalentTo(plan);
        second.Arm.Should().Equal(first.Arm);
        salted.Arm.Should().NotEqual(first.Arm);
        plan.Arms.Sum(arm => arm.Customers).Should().Be(3000);
        foreach (IGrouping<int, int> stratum in Enumerable.Range(0, first.Count).GroupBy(i => first.Stratum[i]))
            ((double)stratum.Count(i => first.Arm[i] == 0)).Should().BeApproximately(0.3 * stratum.Count(), 1.0001, "every stratum has its share");
        plan.Balance.Should().AllSatisfy(figure => Math.Abs(figure.Difference).Should().BeLessThan(BalanceFigure.Usual));
    }

    [Fact]
    public void The_control_group_is_as_large_as_the_change_to_be_seen_asks()
    {
        Town town = new(2, 6000);
        CampaignDesign design = Town.Design("spring", "call") with { ControlShare = null, Detect = 0.09 };

        (CampaignPlan plan, _) = town.Planner.Plan(design, town.Everybody, null, s_none, []);

        DesignFigure buyers = plan.Design.Single(figure => figure.Outcome == "buyers");
        buyers.Relative.Should().BeApproximately(0.09, 0.005);
        plan.Arms[0].Share.Should().BeInRange(0.05, 0.5);
        town.Planner.Plan(design with { Detect = 0.0001 }, town.Everybody, null, s_none, []).Plan.Arms[0].Share.Should().Be(0.5, "half is the most that helps");
    }

    [Fact]
    public void Intervals_of_a_campaign_cover_what_it_truly_earned_and_stated_effects_are_right_on_average()
    {
        const int runs = 400, count = 600;
        const double factor = 1.4;
        int[] covered = new int[2];
        double[] errors = new double[runs], gains = new double[runs];
        Parallel.For(0, runs, run =>
        {
            Town town = new(run, count);
            (CampaignPlan plan, CampaignAssignment assignment) = town.Planner.Plan(Town.Design("spring", "call"), town.Everybody, null, s_none, []);
            ArmResult arm = Measure(plan, assignment, town.After(Treated(assignment, _ => factor))).Arms[0];
            double gain = Enumerable.Range(0, count).Average(i => town.TrueGain(i, factor)), buyers = Enumerable.Range(0, count).Average(i => town.TrueBuyers(i, factor));
            OutcomeEffect margin = arm.Of("margin"), more = arm.Of("buyers");
            if (margin.Low <= gain && gain <= margin.High)
                Interlocked.Increment(ref covered[0]);
            if (more.Low <= buyers && buyers <= more.High)
                Interlocked.Increment(ref covered[1]);
            (errors[run], gains[run]) = (margin.Difference - gain, gain);
        });
        double bias = errors.Average() / gains.Average(), error = Math.Sqrt(errors.Sum(e => e * e) / runs / runs) / gains.Average();
        output.WriteLine($"95 % intervals cover {covered[0] / (double)runs:P1} of margins and {covered[1] / (double)runs:P1} of buyers; bias of margin {bias:P1} +- {error:P1}");
        covered.Should().AllSatisfy(c => (c / (double)runs).Should().BeInRange(0.92, 0.98));
        Math.Abs(bias).Should().BeLessThan(3 * error);
    }

    [Fact]
    public void Money_and_parts_add_up()
    {
        Town town = new(4, 4000);
        (CampaignPlan plan, CampaignAssignment assignment) = town.Planner.Plan(Town.Design("spring", "call", "mail"), town.Everybody, null, s_none, []);

        CampaignResult result = Measure(plan, assignment, town.After(Treated(assignment, arm => arm == 1 ? 1.6 : 1)));

        result.IsWhole.Should().BeTrue();
        result.IsSound.Should().BeTrue();
        foreach (ArmResult arm in result.Arms)
        {
            arm.Cost.Should().Be(10 + 0.5 * arm.Customers);
            arm.IncrementalMargin.Should().BeApproximately(arm.Of("margin").Difference * arm.Customers, 1e-9);
            arm.ReturnOnMoney!.Value.Should().BeApproximately(arm.IncrementalMargin / arm.Cost - 1, 1e-12);
            arm.MarginLow.Should().BeLessThanOrEqualTo(arm.IncrementalMargin).And.BeLessThanOrEqualTo(arm.MarginHigh);
            arm.ByStrategy.Sum(group => group.Customers).Should().Be(arm.Customers + arm.Control);
            arm.ByValue.Should().HaveCount(10);
            // What the playbook learns gives back the whole change of spend.
            double buyers = arm.Effects[0].Effect, p = arm.Of("buyers").Control;
            double change = buyers * (buyers >= 0 ? (1 - p) / p : 1) + arm.Effects[1].Effect;
            change.Should().BeApproximately(arm.Of("spend").Difference / arm.Of("spend").Control, 0.05);
        }
        result.Arms[0].Of("margin").IsSeen.Should().BeTrue("60 % more purchases are seen among 4,000");
        result.Arms[1].Of("margin").IsSeen.Should().BeFalse("nothing was done");
        result.Forecasts.Single(check => check.Outcome == "purchases").Came.Should().BeApproximately(result.Forecasts.Single(check => check.Outcome == "purchases").Forecast, 150);
    }

    [Fact]
    public void With_decisions_each_arm_is_compared_with_those_who_would_have_got_it()
    {
        Town town = new(5, 3000);
        int[] intended = [.. town.Customers.Strategy.Select(strategy => strategy == "retain" ? 1 : 2)];
        (CampaignPlan plan, CampaignAssignment assignment) = town.Planner.Plan(Town.Design("decided", "call", "mail"), town.Everybody, intended, s_none, []);

        for (int i = 0; i < assignment.Count; i++)
            assignment.Arm[i].Should().BeOneOf(0, intended[i]);
        CampaignResult result = Measure(plan, assignment, town.After(Treated(assignment, arm => arm == 1 ? 2 : 1)));
        result.Arms[0].ByStrategy.Select(group => group.Group).Should().Equal("retain");
        (result.Arms[0].Customers + result.Arms[0].Control).Should().Be(1000);
        result.Arms[0].Of("spend").IsSeen.Should().BeTrue();
        result.Arms[1].Of("spend").IsSeen.Should().BeFalse();
    }

    [Fact]
    public void Before_the_end_intervals_are_wider_and_hold_at_every_look()
    {
        const int runs = 60;
        int alarms = 0;
        Parallel.For(0, runs, run =>
        {
            Town town = new(1000 + run, 400);
            (CampaignPlan plan, CampaignAssignment assignment) = town.Planner.Plan(Town.Design("spring", "call"), town.Everybody, null, s_none, []);
            TransactionLog log = town.After(_ => 1);
            bool alarm = false;
            for (int day = 7; day < Town.HorizonDays; day++)
            {
                CampaignResult look = CampaignMeasurement.Measure(plan, assignment, log, ReturnsPolicy.Net, Town.AsOf.AddDays(day - 1), null, []);
                look.IsWhole.Should().BeFalse();
                look.ReadyOn.Should().Be(plan.End);
                OutcomeEffect spend = look.Arms[0].Of("spend");
                (spend.High - spend.Low).Should().BeGreaterThan(2 * 1.96 * spend.StandardError);
                alarm |= look.Arms[0].Outcomes.Any(outcome => outcome.Outcome == "spend" && outcome.IsSeen);
            }
            if (alarm)
                Interlocked.Increment(ref alarms);
        });
        output.WriteLine($"{alarms} of {runs} campaigns without effect were called real at one of 23 daily looks");
        alarms.Should().BeLessThanOrEqualTo(7, "5 % of 60 are 3");
    }

    [Fact]
    public void Broken_experiments_are_found()
    {
        Town town = new(6, 2000);
        (CampaignPlan plan, CampaignAssignment assignment) = town.Planner.Plan(Town.Design("spring", "call"), town.Everybody, null, s_none, []);
        TransactionLog whole = town.After(_ => 1);
        HashSet<string> removed = [.. Enumerable.Range(0, assignment.Count).Where(i => assignment.Arm[i] == 0).Take(40).Select(i => assignment.Ids[i])];
        List<Transaction> rows = [];
        for (int c = 0; c < whole.CustomerCount; c++)
            if (!removed.Contains(whole.Customers[c]))
                for (int row = whole.Offsets.Span[c]; row < whole.Offsets.Span[c + 1]; row++)
                    rows.Add(new Transaction(whole.Customers[c], whole.FirstDay.AddDays(whole.Days[row]), whole.Amounts[row]));
        List<Finding> findings = [];

        CampaignResult result = CampaignMeasurement.Measure(plan, assignment, TransactionLog.From(rows), ReturnsPolicy.Net, null, [.. assignment.Arm.Select((_, i) => i % 5 == 0)], findings);

        result.Checks.Single(check => check.Check == "sample-ratio").Passed.Should().BeFalse("customers left one group alone");
        result.Checks.Single(check => check.Check == "contamination").Passed.Should().BeFalse("a fifth of the control group was contacted");
        findings.Should().ContainSingle(finding => finding.Code == "customers-lost" && finding.Severity == Severity.Warning);
        result.IsSound.Should().BeFalse();
    }

    [Fact]
    public void The_folder_keeps_a_plan_as_it_was_drawn_and_refuses_a_changed_one()
    {
        using TemporaryFolder temporary = new();
        CampaignFolder folder = new(temporary.PathOf("campaigns"));
        Town town = new(7, 500);
        (CampaignPlan plan, CampaignAssignment assignment) = town.Planner.Plan(Town.Design("spring", "call"), town.Everybody, null, s_none, []);

        folder.Save(plan, assignment, Town.Playbook).Should().BeTrue();
        folder.Save(plan, assignment, Town.Playbook).Should().BeFalse("the same again changes nothing");
        CampaignPlan read = folder.Plan("spring");
        read.Should().BeEquivalentTo(plan);
        folder.Assignment(read).Should().BeEquivalentTo(assignment);
        (CampaignPlan other, CampaignAssignment drawn) = town.Planner.Plan(Town.Design("spring", "call") with { Salt = "2" }, town.Everybody, null, s_none, []);
        ((Action)(() => folder.Save(other, drawn, Town.Playbook))).Should().Throw<BadDataException>().WithMessage("*planned otherwise*");
        ((Action)(() => folder.Plan("sprinh"))).Should().Throw<BadDataException>().WithMessage("*did you mean 'spring'*");

        folder.Playbook(read).Hash.Should().Be(Town.Playbook.Hash);
        string actions = temporary.PathOf("campaigns", "spring", "playbook.json");
        File.WriteAllText(actions, File.ReadAllText(actions).Replace("\"unit_cost\": 2", "\"unit_cost\": 3", StringComparison.Ordinal));
        ((Action)(() => folder.Playbook(read))).Should().Throw<BadDataException>().WithMessage("*as planned*");

        string file = temporary.PathOf("campaigns", "spring", "assignment.csv");
        File.WriteAllText(file, File.ReadAllText(file).Replace(",control,", ",call,", StringComparison.Ordinal));
        ((Action)(() => folder.Assignment(read))).Should().Throw<BadDataException>().WithMessage("*changed who gets what*");
    }

    [Fact]
    public void The_global_holdout_is_in_no_campaign_and_stays_as_it_was_set()
    {
        using TemporaryFolder temporary = new();
        CampaignFolder folder = new(temporary.PathOf("campaigns"));
        Town town = new(8, 2000);
        GlobalHoldout holdout = folder.Holdout(0.05);
        folder.Save(holdout);
        (CampaignPlan first, CampaignAssignment one) = town.Planner.Plan(Town.Design("first", "call"), town.Everybody, null, holdout, []);
        (CampaignPlan second, CampaignAssignment two) = town.Planner.Plan(Town.Design("second", "mail"), town.Everybody, null, folder.Holdout(null), [(first, one)]);

        first.Holdout.Should().BeInRange(60, 140);
        one.Ids.Concat(two.Ids).Should().NotContain(id => holdout.Holds(id));
        second.Overlaps.Should().ContainSingle().Which.Customers.Should().Be(first.Arms[1].Customers);
        ((Action)(() => folder.Holdout(0.1))).Should().Throw<BadDataException>();
    }

    [Theory]
    [InlineData(0.0, "*without a control group*")]
    [InlineData(1.0, "*nobody would get anything*")]
    public void A_control_group_of_nobody_or_everybody_is_refused(double share, string message)
    {
        Town town = new(9, 200);
        ((Action)(() => town.Planner.Plan(Town.Design("spring", "call") with { ControlShare = share }, town.Everybody, null, s_none, []))).Should().Throw<BadDataException>().WithMessage(message);
    }

    [Fact]
    public void What_cannot_be_planned_or_measured_is_refused_with_a_reason()
    {
        Town town = new(10, 200);
        (CampaignPlan plan, CampaignAssignment assignment) = town.Planner.Plan(Town.Design("spring", "call"), town.Everybody, null, s_none, []);

        ((Action)(() => town.Planner.Plan(Town.Design("spring", "call", "call"), town.Everybody, null, s_none, []))).Should().Throw<BadDataException>().WithMessage("*'call' twice*");
        ((Action)(() => town.Planner.Plan(Town.Design("spring", "call"), new bool[200], null, s_none, []))).Should().Throw<BadDataException>().WithMessage("*no customer*");
        ((Action)(() => town.Planner.Plan(Town.Design("spring", "call", "mail"), town.Everybody, [.. Enumerable.Repeat(1, 200)], s_none, []))).Should().Throw<BadDataException>().WithMessage("*nobody for the arm 'mail'*");
        ((Action)(() => Measure(plan, assignment, town.Past))).Should().Throw<BadDataException>().WithMessage("*Not enough data yet*2024-03-31*");
        ((Action)(() => Measure(plan, assignment, TransactionLog.From([new Transaction("stranger", Town.AsOf.AddDays(-50), 1), new Transaction("stranger", Town.AsOf.AddDays(40), 1)]))))
            .Should().Throw<BadDataException>().WithMessage("*none of its 200 customers*");
    }

    [Fact]
    public void A_result_asked_for_again_with_another_end_is_refused_and_the_first_one_stays()
    {
        using TemporaryFolder temporary = new();
        CampaignFolder folder = new(temporary.PathOf("campaigns"));
        Town town = new(12, 400);
        (CampaignPlan plan, CampaignAssignment assignment) = town.Planner.Plan(Town.Design("spring", "call"), town.Everybody, null, s_none, []);
        folder.Save(plan, assignment, Town.Playbook);
        TransactionLog log = town.After(Treated(assignment, _ => 1.3));
        CampaignResult early = CampaignMeasurement.Measure(plan, assignment, log, ReturnsPolicy.Net, Town.AsOf.AddDays(9), null, []), whole = Measure(plan, assignment, log);

        folder.Save(early);
        folder.Save(whole);
        folder.Save(whole);
        ((Action)(() => folder.Save(early))).Should().Throw<BadDataException>().WithMessage("*now asked up to*choosing an end after looking makes chance look real*");

        early.IsWhole.Should().BeFalse();
        folder.Result("spring")!.End.Should().Be(whole.End);
    }

    [Fact]
    public void A_campaign_by_decisions_is_no_experiment_for_uplift()
    {
        Town town = new(13, 400);
        int[] intended = [.. Enumerable.Range(0, 400).Select(i => 1 + i % 2)];
        (CampaignPlan plan, CampaignAssignment assignment) = town.Planner.Plan(Town.Design("spring", "call", "mail"), town.Everybody, intended, s_none, []);

        ((Action)(() => CampaignMeasurement.Experiment(plan, assignment, town.After(_ => 1), ReturnsPolicy.Net, null))).Should().Throw<BadDataException>().WithMessage("*decisions, not chance*");
    }

    [Fact]
    public void The_playbook_learns_what_campaigns_measured_each_once()
    {
        Town town = new(11, 6000);
        ActionPlaybook playbook = Town.Playbook;
        (CampaignPlan plan, CampaignAssignment assignment) = town.Planner.Plan(Town.Design("spring", "relationship-call"), town.Everybody, null, s_none, []);
        CampaignResult result = Measure(plan, assignment, town.After(Treated(assignment, _ => 1.5)));

        IReadOnlyList<EffectKnowledge> known = PlaybookLearning.Know(playbook, [result]);

        EffectKnowledge buying = known.Single(one => one.Kind == "buying");
        buying.After.Deviation.Should().BeLessThan(buying.Before.Deviation);
        buying.After.Mean.Should().BeGreaterThan(buying.Before.Mean).And.BeLessThan(buying.Campaigns[0].Seen.Difference);
        using TemporaryFolder temporary = new();
        string file = temporary.PathOf("playbook.json");
        File.WriteAllBytes(file, PlaybookLearning.Write(playbook, known));
        ActionPlaybook learnt = PlaybookReader.Read(file, DecisionColumns);
        Effect effect = learnt.Actions.Single(action => action.Id == "relationship-call").EffectOn(EffectKind.Buying)!;
        effect.Should().BeEquivalentTo(new { Source = "measured", Campaign = "spring", IsAssumed = false });
        effect.Mean.Should().BeApproximately(buying.After.Mean, 1e-12);
        learnt.Actions.Where(action => action.Id != "relationship-call").Should().BeEquivalentTo(playbook.Actions.Where(action => action.Id != "relationship-call"), options => options.Excluding(action => action.Eligibility).Excluding(action => action.Never).Excluding(action => action.Channel));
        PlaybookLearning.Know(learnt, [result]).Should().BeEmpty("a campaign counts once");
        PlaybookLearning.Know(playbook, [result with { IsWhole = false }]).Should().BeEmpty("a look in between teaches nothing");
    }

    private static IReadOnlyList<Data.Expressions.ExpressionColumn> DecisionColumns => Customers.DecisionCustomers.ScoredColumns;

    private static CampaignResult Measure(CampaignPlan plan, CampaignAssignment assignment, TransactionLog log) => CampaignMeasurement.Measure(plan, assignment, log, ReturnsPolicy.Net, null, null, []);

    private static Func<string, double> Treated(CampaignAssignment assignment, Func<int, double> factorOfArm)
    {
        Dictionary<string, int> arms = Enumerable.Range(0, assignment.Count).ToDictionary(i => assignment.Ids[i], i => assignment.Arm[i], StringComparer.Ordinal);
        return id => arms.TryGetValue(id, out int arm) && arm > 0 ? factorOfArm(arm) : 1;
    }
}
