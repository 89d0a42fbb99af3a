using System.CommandLine;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Planning;
using CustomerValue.Models.Store;
using CustomerValue.Strategy.Naming;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Recommend;
using CustomerValue.Training.Strategies;

namespace CustomerValue.Training.Plan;

/// <summary><c>plan</c>: who is contacted on which day, by whom, what for, and what to say.</summary>
internal sealed class PlanVerb : Verb
{
    private readonly TransactionOptions _transactions = new();
    private readonly StrategyOptionGroup _strategy = new(withPlaybook: true);
    private readonly StoreOptions _store = new();
    private readonly Option<DateOnly?> _asOf = Opt.Date("--as-of", "First day of the plan; everything before it is looked at. Default: the day after the last transaction.");
    private readonly Option<string?> _model = Opt.Text("--model", "VERSION", "Version that answers. Default: the champion.");
    private readonly Option<double> _budget = Opt.Number("--budget", "Money for the whole plan.", double.NaN, 0, 1e12);
    private readonly Option<int> _days = Opt.Integer("--days", "Days that are planned.", 90, 1, 366);
    private readonly Option<double> _quantile = Opt.Number("--quantile", "A customer is contacted for an action when a purchase has come with this probability by their own rhythm.", 0.5, 0.05, 0.95);
    private readonly Option<int> _coolingOff = Opt.Integer("--cooling-off", "Days between two contacts with a customer, at least.", 7, 1, 365);
    private readonly Option<int> _complaintDays = Opt.Integer("--complaint-days", "Days after a contact before an open complaint is answered.", 1, 1, 365);
    private readonly Option<double> _keyShare = Opt.Number("--key-accounts", "Share of customers, by potential value, who are key accounts.", 0.05, 0, 1);
    private readonly Option<string?> _contacts = Opt.Text("--contacts", "FILE", "What came of contacts: customer_id, date, channel, reached, and what else the record holds.");
    private readonly Option<string?> _holidays = Opt.Text("--holidays", "FILE", "Days nobody works: date; and weekend days that are worked: working = yes.");
    private readonly Option<string?> _owners = Opt.Text("--owners", "FILE", "Who looks after whom: customer_id, owner.");
    private readonly Option<string?> _capacity = Opt.Text("--capacity", "FILE", "Contacts a working day: owner, channel, daily; an empty owner stands for everybody else.");
    private readonly Option<string?> _doNotContact = Opt.Text("--do-not-contact", "FILE", "Customers whom nobody may contact: customer_id.");
    private readonly Option<string?> _out = Opt.Text("--out", "FILE", "Write every contact: CSV, JSON with one contact a line for .json and .jsonl, or Parquet for .parquet.");
    private readonly Option<string?> _calendars = Opt.Text("--calendars", "DIR", "Write an iCalendar file for every owner into a folder.");
    private readonly Option<string?> _sheets = Opt.Text("--sheets", "DIR", "Write visit sheets to print for every owner into a folder, a page a customer.");
    private readonly Option<Choice<Language>> _language = Opt.Choice<Language>("--language", "Language of names and sentences.", new("en", Language.English), new("zh", Language.Chinese));

    public PlanVerb() : base("plan", "Give every customer's next contact a day, an owner, a purpose and words, within cooling-off and everybody's hands.")
    {
        _transactions.AddTo(this);
        _strategy.AddTo(this);
        _store.AddTo(this, withBook: false);
        foreach (Option option in (Option[])[_asOf, _model, _budget, _days, _quantile, _coolingOff, _complaintDays, _keyShare, _contacts, _holidays, _owners, _capacity, _doNotContact, _out, _calendars, _sheets, _language])
            Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        StrategySources sources = _strategy.Read(parse, session.Environment);
        ModelStore store = _store.Store(parse, session.Environment);
        TransactionInput input = _transactions.Read(parse, session.Environment, store);
        VersionReader version = store.Open(parse.GetValue(_model) ?? StoreGuard.Champion(store));
        Language language = parse.Chosen(_language);
        string? file = session.Environment.PathOf(parse, _out), calendarFolder = session.Environment.PathOf(parse, _calendars), sheetFolder = session.Environment.PathOf(parse, _sheets);
        PlaybookChoice playbook = PlaybookChoice.Of(sources.Playbook, version);
        double budget = parse.GetValue(_budget);
        PlanRun run = new()
        {
            Recommend = new RecommendRun(input, version, sources, parse.GetValue(_asOf), null),
            Playbook = playbook,
            Sources = new PlanSources(session.Environment.PathOf(parse, _contacts), session.Environment.PathOf(parse, _holidays), session.Environment.PathOf(parse, _owners), session.Environment.PathOf(parse, _capacity), session.Environment.PathOf(parse, _doNotContact)),
            Days = parse.GetValue(_days),
            Probability = parse.GetValue(_quantile),
            Decisions = new DecisionOptions { Budget = double.IsNaN(budget) ? null : budget, Threads = input.Options.Threads },
            Contacts = new ContactPlanOptions { CoolingOffDays = parse.GetValue(_coolingOff), ComplaintDays = parse.GetValue(_complaintDays), KeyAccountShare = parse.GetValue(_keyShare) },
        };

        (PlanOutcome outcome, IReadOnlyList<string> calendars, IReadOnlyList<string> sheets) = await session.WithProgressAsync(progress =>
        {
            PlanOutcome outcome = run.Run(progress, session.Cancellation);
            if (file is not null)
                PlanRow.Table.Save(file, outcome.Plan.Contacts.Select(contact => PlanRow.Of(outcome.Plan, contact, PlanRun.TalkingPointsOf(outcome, contact, language), language)), session.Cancellation);
            IReadOnlyList<string> calendars = calendarFolder is null ? [] : OwnerFiles.WriteCalendars(calendarFolder, outcome, language);
            IReadOnlyList<string> sheets = sheetFolder is null ? [] : OwnerFiles.WriteSheets(sheetFolder, outcome, language);
            return (outcome, calendars, sheets);
        });

        PlanAnswer answer = PlanAnswer.Of(outcome, file, calendars, sheets);
        PlanTable.Write(session.People, outcome, answer, language);
        session.Show(outcome.Findings);
        session.Answer(answer);
        return ExitCode.Done;
    }
}
