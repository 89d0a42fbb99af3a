using System.CommandLine;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Files;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Models.Store;
using CustomerValue.Reporting.Portfolio;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Portfolio;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Recommend;
using CustomerValue.Training.Strategies;

namespace CustomerValue.Training.Decide;

/// <summary><c>decide</c>: which customer gets which action through which channel under a budget, what it should earn, and what knowing more would be worth.</summary>
internal sealed class DecideVerb : Verb
{
    private readonly TransactionOptions _transactions = new();
    private readonly StrategyOptionGroup _strategy = new(withPlaybook: true);
    private readonly StoreOptions _store = new();
    private readonly Option<DateOnly?> _asOf = Opt.Date("--as-of", "First day of the forecast; everything before it is looked at. Default: the day after the last transaction.");
    private readonly Option<string?> _model = Opt.Text("--model", "VERSION", "Version that answers. Default: the champion.");
    private readonly Option<string?> _writePlaybook = Opt.Text("--write-playbook", "FILE", "Write the playbook that comes with the program, to begin one's own with.");
    private readonly Option<double> _budget = Opt.Number("--budget", "Money for the whole plan.", double.NaN, 0, 1e12);
    private readonly Option<int> _days = Opt.Integer("--working-days", "Working days that daily capacities are counted over.", 20, 1, 366);
    private readonly Option<double> _return = Opt.Number("--least-return", "Least gain after cost for a unit of money.", 0, 0, 1000);
    private readonly Option<double> _exploration = Opt.Number("--exploration", "Share of the budget for measuring effects that are least known and worth most to know.", 0, 0, 0.5);
    private readonly Option<string?> _owners = Opt.Text("--owners", "FILE", "Who looks after whom: customer_id, owner.");
    private readonly Option<string?> _capacity = Opt.Text("--capacity", "FILE", "Contacts a working day: owner, channel, daily; an empty owner stands for everybody else.");
    private readonly Option<string?> _explain = Opt.Text("--explain", "CUSTOMER", "Show the arithmetic of one customer's gain, step by step.");
    private readonly Option<string?> _uplift = Opt.Text("--uplift", "MODEL", "Take each customer's own effect from a model of uplift train (its name in the store, or its file), for actions that its arms are named by.");
    private readonly Option<string?> _upliftTable = Opt.Text("--uplift-table", "FILE", "Table with customer_id and the columns that model needs. Default: what is known of customers here, such as churn_probability.");
    private readonly Option<string[]> _out = Opt.Repeated("--out", "FILE", "Write every customer's decision: " + AnswerFile.Forms);
    private readonly Option<string?> _report = Opt.Text("--report", "FILE", "Write the portfolio report with the plan in it, one HTML file that opens offline.");
    private readonly Option<Choice<Language>> _language = Opt.Choice<Language>("--language", "Language of names and reasons.", new("en", Language.English), new("zh", Language.Chinese));

    public DecideVerb() : base("decide", "Decide which customer gets which action through which channel, so that the whole earns most within a budget.")
    {
        _transactions.AddTo(this);
        _strategy.AddTo(this);
        _store.AddTo(this, withBook: false);
        foreach (Option option in (Option[])[_asOf, _model, _writePlaybook, _budget, _days, _return, _exploration, _owners, _capacity, _uplift, _upliftTable, _explain, _out, _report, _language])
            Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        StrategySources sources = _strategy.Read(parse, session.Environment);
        ModelStore store = _store.Store(parse, session.Environment);
        TransactionInput input = _transactions.Read(parse, session.Environment, store);
        VersionReader version = store.Open(parse.GetValue(_model) ?? StoreGuard.Champion(store));
        Language language = parse.Chosen(_language);
        string[] files = session.Environment.FilesOf(parse, _out);
        string? file = files.FirstOrDefault(), report = session.Environment.PathOf(parse, _report), own = session.Environment.PathOf(parse, _writePlaybook);
        PlaybookChoice playbook = PlaybookChoice.Of(sources.Playbook, version);
        double budget = parse.GetValue(_budget);
        DecisionOptions options = new()
        {
            Budget = double.IsNaN(budget) ? null : budget,
            WorkingDays = parse.GetValue(_days),
            LeastReturn = parse.GetValue(_return),
            ExplorationShare = parse.GetValue(_exploration),
            Threads = input.Options.Threads,
        };
        UpliftChoice? uplift = UpliftChoice.Of(parse.GetValue(_uplift), session.Environment.PathOf(parse, _upliftTable), playbook.Playbook, store, session.Environment);
        string? owners = session.Environment.PathOf(parse, _owners);
        OwnerCapacities? capacities = session.Environment.PathOf(parse, _capacity) is { } capacity ? OwnerCapacities.Read(capacity, playbook.Playbook.Channels) : null;
        if (owners is not null && capacities is null)
            throw new UsageException("Found --owners without --capacity, expected both: the capacity says how many contacts each owner can make.");
        RecommendRun run = new(input, version, sources, parse.GetValue(_asOf), null);
        string? explained = parse.GetValue(_explain);

        (DecisionPlan plan, RecommendOutcome outcome, int row, List<Finding> findings) = await session.WithProgressAsync(progress =>
        {
            RecommendOutcome outcome = run.Run(progress, session.Cancellation);
            progress.Report(new("deciding", 0, null, "customers"));
            DecisionCustomers customers = DecisionCustomers.From(outcome.Result);
            int row = explained is null ? -1 : Array.BinarySearch(customers.Ids, explained, StringComparer.Ordinal);
            if (explained is not null && row < 0)
                throw new BadDataException($"--explain: found no customer '{explained}' among {Count(customers)}, expected an id as in the transactions.");
            List<Finding> findings = [.. outcome.Findings];
            ActionPlaybook actions = uplift?.On(playbook.Playbook, customers, findings, progress, session.Cancellation) ?? playbook.Playbook;
            DecisionPlan plan = Decider.Decide(customers, actions, playbook.On(options, outcome) with { Hands = Hands(customers) }, session.Cancellation);
            progress.Report(new("deciding", customers.Count, customers.Count, "customers"));
            if (own is not null)
                WholeFile.Write(own, stream => stream.Write(PlaybookReader.DefaultBytes()), FileReaders.Anyone);
            foreach (string path in files)
                CustomerDecision.Table.Save(path, Enumerable.Range(0, plan.Customers.Count)
                    .Select(i => CustomerDecision.Of(plan.Customers, outcome.Result.Strategies, plan.Playbook, plan.Model, i, plan.ActionOf(i), language)), session.Cancellation);
            if (report is not null)
            {
                progress.Report(new("drawing the report", 0, null, "pages"));
                WholeFile.Write(report, PortfolioHtml.Render(new PortfolioReport
                {
                    Result = outcome.Result,
                    Summary = outcome.Result.Strategies.Portfolio(),
                    Strategy = outcome.Strategy,
                    OfVersion = outcome.OfVersion,
                    Earlier = outcome.Earlier,
                    Language = language,
                    Findings = outcome.Findings,
                    Plan = plan,
                    Budget = options.Budget,
                }));
            }
            return (plan, outcome, row, findings);
        });

        IReadOnlyList<OwnerHands> Hands(DecisionCustomers customers) => capacities is null ? []
            : capacities.Hands(owners is null ? [.. customers.Ids.Select(_ => CustomerLists.Nobody)] : CustomerLists.ReadOwners(owners, customers.Ids), playbook.Playbook.Channels, options.WorkingDays);

        DecideTable.Write(session.People, plan, options, language);
        if (row >= 0)
            DecideTable.WriteSteps(session.People, plan, row, language);
        session.Show(findings);
        session.Answer(DecideAnswer.Of(plan, options, language, file, report, findings));
        return ExitCode.Done;
    }

    private static string Count(DecisionCustomers customers) => Terminal.Figures.Count(customers.Count);
}
