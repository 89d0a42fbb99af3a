using System.CommandLine;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Recommend;
using CustomerValue.Training.Strategies;

namespace CustomerValue.Training.Campaigns;

/// <summary><c>campaign plan</c>: draws arms and a control group, says what can be seen, and freezes who gets what.</summary>
internal sealed class CampaignPlanVerb : Verb
{
    private readonly TransactionOptions _transactions = new();
    private readonly StrategyOptionGroup _strategy = new(withPlaybook: true);
    private readonly StoreOptions _store = new();
    private readonly Option<DateOnly?> _asOf = Opt.Date("--as-of", "First day of the forecast; everything before it is looked at. Default: the day after the last transaction.");
    private readonly Option<string?> _model = Opt.Text("--model", "VERSION", "Version that forecasts. Default: the champion.");
    private readonly Option<string> _campaigns = CampaignCommand.FolderOption();
    private readonly Option<string?> _name = Opt.Text("--name", "NAME", "Name of the campaign: letters, digits, dash and underscore.");
    private readonly Option<string?> _segment = Opt.Text("--segment", "CONDITION", "Whom it is for, such as \"strategy = 'win-back' and potential_value > 100\". Default: everybody.");
    private readonly Option<string?> _list = Opt.Text("--customers", "FILE", "Whom it is for: a file with the column customer_id.");
    private readonly Option<string?> _decisions = Opt.Text("--decisions", "FILE", "What decide wrote as CSV: everyone gets their own action, and a part of each is left alone.");
    private readonly Option<string[]> _arms = Opt.Texts("--arm", "NAME[:COST[:WEIGHT]]", "What is done: an action of the playbook, which brings its cost, or anything else with its cost a customer; several arms share by weight. Repeatable.");
    private readonly Option<string[]> _factors = Opt.Texts("--factor", "NAME=LEVEL[:COST],LEVEL[:COST]...", "Two or three things that are varied together, each with its levels, in the place of --arm: every combination is an arm, and the result says what each level changes. A level that is an action of the playbook brings its cost; others cost nothing unless said. Repeatable.");
    private readonly Option<DateOnly?> _start = Opt.Date("--start", "First day whose outcomes count. Default: the first day of the forecast.");
    private readonly Option<int?> _days = Opt.Integer("--days", "Days whose outcomes count. Default: the horizon of the model.", 7, 730);
    private readonly Option<double> _control = Opt.Number("--control", "Share of customers who are left alone to compare with. Default: the smallest that shows --detect, 0.05 to 0.5.", double.NaN, 0, 1);
    private readonly Option<double> _detect = Opt.Number("--detect", "Relative change of the number of buyers that should be seen.", 0.1, 0.001, 10);
    private readonly Option<double> _power = Opt.Number("--power", "Probability of seeing a change that is there.", 0.8, 0.5, 0.999);
    private readonly Option<double> _confidence = Opt.Number("--confidence", "Confidence of all intervals.", 0.95, 0.5, 0.999);
    private readonly Option<double> _holdout = Opt.Number("--holdout", "Share of all customers whom no campaign ever contacts, so that all together can be measured; the first plan sets it for all.", double.NaN, 0, 0.5);
    private readonly Option<string> _salt = Opt.Text("--salt", "TEXT", "Another text draws other customers.", "");
    private readonly Option<bool> _exclusive = Opt.Flag("--exclusive", "Leave out customers whom another campaign contacts in the same days.");

    public CampaignPlanVerb() : base("plan", "Draw arms and a control group at random within strata, say how small an effect can be seen, and freeze who gets what.")
    {
        _transactions.AddTo(this);
        _strategy.AddTo(this);
        _store.AddTo(this, withBook: false);
        foreach (Option option in (Option[])[_asOf, _model, _campaigns, _name, _segment, _list, _decisions, _arms, _factors, _start, _days, _control, _detect, _power, _confidence, _holdout, _salt, _exclusive])
            Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        StrategySources sources = _strategy.Read(parse, session.Environment);
        string name = parse.GetValue(_name) ?? throw new UsageException("Found no --name, expected a name for the campaign, such as --name spring-call.");
        string? condition = parse.GetValue(_segment), list = session.Environment.PathOf(parse, _list), decided = session.Environment.PathOf(parse, _decisions);
        if (new[] { condition, list, decided }.Count(given => given is not null) > 1)
            throw new UsageException("Found more than one of --segment, --customers and --decisions, expected one: they all say whom the campaign is for.");
        string[] asked = parse.GetValue(_arms) ?? [], varied = parse.GetValue(_factors) ?? [];
        if (varied.Length > 0 && (asked.Length > 0 || decided is not null))
            throw new UsageException("Found --factor beside --arm or --decisions, expected one of them: the combinations of the factors are the arms.");
        if (varied.Length == 0 && decided is null == (asked.Length == 0))
            throw new UsageException(decided is null ? "Found no --arm, expected at least one thing that is done, such as --arm thank-you-letter." : "Found --arm beside --decisions, expected one of them: the decisions say who gets what.");
        Expression? segment = condition is null ? null : SegmentOf(condition);
        ModelStore store = _store.Store(parse, session.Environment);
        TransactionInput input = _transactions.Read(parse, session.Environment, store);
        VersionReader version = store.Open(parse.GetValue(_model) ?? StoreGuard.Champion(store));
        ActionPlaybook playbook = PlaybookChoice.Of(sources.Playbook, version).Playbook;
        CampaignFactor[] factors = [.. varied.Select(text => CampaignFactors.Read(text, playbook))];
        CampaignArm[] named = factors.Length > 0 ? CampaignFactors.Arms(factors) : [.. asked.Select(text => CampaignLists.Arm(text, playbook))];
        CampaignFolder folder = CampaignCommand.Folder(parse, _campaigns, session.Environment);
        GlobalHoldout holdout = folder.Holdout(double.IsNaN(parse.GetValue(_holdout)) ? null : parse.GetValue(_holdout));
        RecommendRun run = new(input, version, sources, parse.GetValue(_asOf), null);

        (CampaignPlan plan, bool isNew, List<Finding> findings) = await session.WithProgressAsync(progress =>
        {
            RecommendOutcome outcome = run.Run(progress, session.Cancellation);
            List<Finding> findings = [.. outcome.Findings];
            progress.Report(new("drawing arms", 0, null, "customers"));
            DecisionCustomers customers = DecisionCustomers.From(outcome.Result);
            bool[] chosen = [.. Enumerable.Repeat(true, customers.Count)];
            int[]? intended = null;
            IReadOnlyList<CampaignArm> arms;
            if (decided is not null)
                (arms, intended) = CampaignLists.Decisions(decided, customers.Ids, playbook, chosen, findings);
            else
            {
                arms = named;
                if (segment is not null)
                    chosen = segment.Holds(customers.Table());
                if (list is not null)
                    chosen = CustomerLists.Read(list, customers.Ids, "correct it or remove the line");
                CampaignEligibility.LeaveOut([.. factors.SelectMany(factor => factor.Levels).Select(level => level.Action).Concat(arms.Select(arm => arm.Action)).OfType<string>().Distinct()], playbook, customers.Table(), chosen, findings);
            }
            (CampaignPlan Plan, CampaignAssignment Assignment)[] others = [.. folder.Names.Where(other => other != name).Select(folder.Plan).Select(other => (other, folder.Assignment(other)))];
            CampaignDesign design = new()
            {
                Name = name,
                Start = parse.GetValue(_start) ?? customers.AsOf,
                OutcomeDays = parse.GetValue(_days) ?? customers.HorizonDays,
                Arms = arms,
                Factors = factors,
                Playbook = playbook,
                ControlShare = double.IsNaN(parse.GetValue(_control)) ? null : parse.GetValue(_control),
                Detect = parse.GetValue(_detect),
                Power = parse.GetValue(_power),
                Confidence = parse.GetValue(_confidence),
                Salt = parse.GetValue(_salt)!,
                Segment = condition ?? (list is not null ? Path.GetFileName(list) : decided is not null ? Path.GetFileName(decided) : ""),
            };
            if (design.Start < customers.AsOf)
                throw new BadDataException($"--start {design.Start:yyyy-MM-dd}: expected {customers.AsOf:yyyy-MM-dd} or later, the first day of the forecast: what has happened cannot be left to chance any more.");
            if (parse.GetValue(_exclusive))
                CampaignEligibility.LeaveOutContacted(others, design, customers.Ids, chosen);
            (CampaignPlan plan, CampaignAssignment assignment) = new CampaignPlanner(customers, outcome.Basis.Data.Log, input.Options.Returns).Plan(design, chosen, intended, holdout, others);
            if (holdout.Share > 0)
                folder.Save(holdout);
            bool isNew = folder.Save(plan, assignment, playbook);
            progress.Report(new("drawing arms", plan.Customers, plan.Customers, "customers"));
            return (plan, isNew, findings);
        });

        CampaignTables.Write(session.People, plan, folder.Path, isNew);
        session.Show(findings);
        session.Answer(new CampaignPlanAnswer(folder.Path, isNew, plan, findings));
        return ExitCode.Done;
    }

    internal static Expression SegmentOf(string condition)
    {
        try
        {
            return Expression.ParseCondition(condition, DecisionCustomers.ScoredColumns);
        }
        catch (ExpressionException error)
        {
            throw new UsageException(error.In("--segment").Message);
        }
    }
}

/// <summary>What <c>campaign plan --json</c> gives.</summary>
/// <param name="Campaigns">The folder.</param>
/// <param name="IsNew">False where the same plan was there already.</param>
/// <param name="Plan">The plan as it is kept.</param>
/// <param name="Findings">Doubts.</param>
internal sealed record CampaignPlanAnswer(string Campaigns, bool IsNew, CampaignPlan Plan, IReadOnlyList<Finding> Findings);
