using System.CommandLine;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Recommend;
using CustomerValue.Training.Strategies;

namespace CustomerValue.Training.Campaigns;

/// <summary><c>campaign test-matrix</c>: many small tests of actions on segments under one budget, those that are worth most to know.</summary>
internal sealed class CampaignMatrixVerb : Verb
{
    private const double LeastFalseDiscovery = 0.001, MostFalseDiscovery = 0.5;

    private readonly TransactionOptions _transactions = new();
    private readonly StrategyOptionGroup _strategy = new(withPlaybook: true);
    private readonly StoreOptions _store = new();
    private readonly Option<DateOnly?> _asOf = Opt.Date("--as-of", "First day of the forecast; everything before it is looked at. Default: the day after the last transaction.");
    private readonly Option<string?> _model = Opt.Text("--model", "VERSION", "Version that forecasts. Default: the champion.");
    private readonly Option<string> _campaigns = CampaignCommand.FolderOption();
    private readonly Option<string?> _name = Opt.Text("--name", "NAME", "Name of the matrix: letters, digits, dash and underscore.");
    private readonly Option<double> _budget = Opt.Number("--budget", "Money for the contacts of all tests.", double.NaN, 0, 1e12);
    private readonly Option<string[]> _actions = Opt.Texts("--action", "NAME...", "Actions of the playbook that are tried. Default: all; repeatable.");
    private readonly Option<string[]> _by = Opt.Texts("--by", "COLUMN...", "Scored columns that make the segments: strategy and stage as they are, numbers in thirds (low, middle, high). Default: strategy; repeatable.");
    private readonly Option<string?> _segment = Opt.Text("--segment", "CONDITION", "Whom tests are for at all. Default: everybody.");
    private readonly Option<double> _rate = Opt.Number("--false-discovery", "Share of false ones to be expected at most among the tests that are called real.", 0.1, LeastFalseDiscovery, MostFalseDiscovery);
    private readonly Option<DateOnly?> _start = Opt.Date("--start", "First day whose outcomes count. Default: the first day of the forecast.");
    private readonly Option<int?> _days = Opt.Integer("--days", "Days whose outcomes count. Default: the horizon of the model.", 7, 730);
    private readonly Option<double> _power = Opt.Number("--power", "Probability of seeing a change that is there.", 0.8, 0.5, 0.999);
    private readonly Option<double> _holdout = Opt.Number("--holdout", "Share of all customers whom no campaign ever contacts; the first plan sets it for all.", double.NaN, 0, 0.5);
    private readonly Option<string> _salt = Opt.Text("--salt", "TEXT", "Another text draws other customers.", "");

    public CampaignMatrixVerb() : base("test-matrix", "Plan many small tests of actions on segments under one budget, those that are worth most to know, and freeze who gets what.")
    {
        _transactions.AddTo(this);
        _strategy.AddTo(this);
        _store.AddTo(this, withBook: false);
        foreach (Option option in (Option[])[_asOf, _model, _campaigns, _name, _budget, _actions, _by, _segment, _rate, _start, _days, _power, _holdout, _salt])
            Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        StrategySources sources = _strategy.Read(parse, session.Environment);
        string name = parse.GetValue(_name) ?? throw new UsageException("Found no --name, expected a name for the tests, such as --name spring-tests.");
        if (!CampaignFolder.IsName(name))
            throw new UsageException($"--name: found '{name}', expected letters, digits, dash and underscore, 64 at most.");
        double budget = parse.GetValue(_budget);
        if (double.IsNaN(budget))
            throw new UsageException("Found no --budget, expected money for the contacts of all tests, such as --budget 500.");
        string[] by = parse.GetValue(_by) is { Length: > 0 } columns ? columns : ["strategy"];
        foreach (string column in by.Where(column => column == "customer_id" || !DecisionCustomers.ScoredColumns.Any(one => one.Name == column)))
            throw new UsageException($"--by: found '{column}', expected one of {string.Join(", ", DecisionCustomers.ScoredColumns.Skip(1).Select(one => one.Name))}; {NearestName.Hint(column, [.. DecisionCustomers.ScoredColumns.Select(one => one.Name)], "columns")}.");
        Expression? segment = parse.GetValue(_segment) is { } condition ? CampaignPlanVerb.SegmentOf(condition) : null;
        ModelStore store = _store.Store(parse, session.Environment);
        TransactionInput input = _transactions.Read(parse, session.Environment, store);
        VersionReader version = store.Open(parse.GetValue(_model) ?? StoreGuard.Champion(store));
        ActionPlaybook playbook = PlaybookChoice.Of(sources.Playbook, version).Playbook;
        string[] known = [.. playbook.Actions.Select(action => action.Id)], actions = parse.GetValue(_actions) is { Length: > 0 } asked ? asked : known;
        if (actions.FirstOrDefault(action => !known.Contains(action, StringComparer.Ordinal)) is { } unknown)
            throw new UsageException($"--action: found '{unknown}', which is no action of the playbook; {NearestName.Hint(unknown, known, "actions")}.");
        CampaignFolder folder = CampaignCommand.Folder(parse, _campaigns, session.Environment);
        GlobalHoldout holdout = folder.Holdout(double.IsNaN(parse.GetValue(_holdout)) ? null : parse.GetValue(_holdout));
        RecommendRun run = new(input, version, sources, parse.GetValue(_asOf), null);

        (CampaignPlan plan, bool isNew, List<Finding> findings) = await session.WithProgressAsync(progress =>
        {
            RecommendOutcome outcome = run.Run(progress, session.Cancellation);
            progress.Report(new("choosing tests", 0, null, "customers"));
            DecisionCustomers customers = DecisionCustomers.From(outcome.Result);
            bool[]? may = segment?.Holds(customers.Table());
            int[] rows = [.. Enumerable.Range(0, customers.Count).Where(i => may?[i] != false && !holdout.Holds(customers.Ids[i]))];
            MatrixDraw draw = TestMatrix.Choose(customers, playbook, actions, MatrixSegments.Of(customers, rows, by), budget, name, parse.GetValue(_salt)!, session.Cancellation);
            CampaignDesign design = new()
            {
                Name = name,
                Start = parse.GetValue(_start) ?? customers.AsOf,
                OutcomeDays = parse.GetValue(_days) ?? customers.HorizonDays,
                Arms = draw.Arms,
                Matrix = new MatrixPlan(budget, parse.GetValue(_rate), draw.Tests),
                Playbook = playbook,
                ControlShare = 0.5,
                Confidence = 1 - parse.GetValue(_rate),
                Power = parse.GetValue(_power),
                Salt = parse.GetValue(_salt)!,
                Segment = parse.GetValue(_segment) ?? "",
            };
            if (design.Start < customers.AsOf)
                throw new BadDataException($"--start {design.Start:yyyy-MM-dd}: expected {customers.AsOf:yyyy-MM-dd} or later, the first day of the forecast: what has happened cannot be left to chance any more.");
            (CampaignPlan Plan, CampaignAssignment Assignment)[] others = [.. folder.Names.Where(other => other != name).Select(folder.Plan).Select(other => (other, folder.Assignment(other)))];
            (CampaignPlan plan, CampaignAssignment assignment) = new CampaignPlanner(customers, outcome.Basis.Data.Log, input.Options.Returns).Plan(design, draw.Chosen, draw.Intended, holdout, others);
            if (holdout.Share > 0)
                folder.Save(holdout);
            bool isNew = folder.Save(plan, assignment, playbook);
            progress.Report(new("choosing tests", plan.Customers, plan.Customers, "customers"));
            return (plan, isNew, (List<Finding>)[.. outcome.Findings]);
        });

        MatrixTables.Write(session.People, plan, folder.Path, isNew);
        session.Show(findings);
        session.Answer(new CampaignPlanAnswer(folder.Path, isNew, plan, findings));
        return ExitCode.Done;
    }
}
