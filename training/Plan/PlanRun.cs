using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Contacts;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Talking;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy.Naming;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Recommend;

namespace CustomerValue.Training.Plan;

/// <summary>Decides and gives every contact its day.</summary>
internal sealed record PlanRun
{
    /// <summary>Scores customers and gives strategies.</summary>
    public required RecommendRun Recommend { get; init; }

    /// <summary>The actions.</summary>
    public required PlaybookChoice Playbook { get; init; }

    /// <summary>Files the plan rests on.</summary>
    public required PlanSources Sources { get; init; }

    /// <summary>Days planned.</summary>
    public required int Days { get; init; }

    /// <summary>Probability of a purchase by the day on which a customer is contacted for an action.</summary>
    public required double Probability { get; init; }

    /// <summary>Money of the plan.</summary>
    public required DecisionOptions Decisions { get; init; }

    /// <summary>Days between contacts.</summary>
    public required ContactPlanOptions Contacts { get; init; }

    private const int LastPurchases = 3, MostReasons = 3;

    /// <summary>Does the job.</summary>
    /// <exception cref="BadDataException">A file cannot be used.</exception>
    public PlanOutcome Run(IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        RecommendOutcome outcome = Recommend.Run(progress, cancellation);
        DecisionCustomers customers = DecisionCustomers.From(outcome.Result);
        List<Finding> findings = [.. outcome.Findings];
        progress.Report(new("deciding", 0, null, "customers"));
        WorkCalendar calendar = Sources.Holidays is null ? new WorkCalendar(customers.AsOf, Days) : WorkCalendar.Read(Sources.Holidays, customers.AsOf, Days, findings);
        if (calendar.WorkingDays.Count == 0)
            throw new BadDataException($"{Sources.Holidays}: found no working day in the {Days} days from {customers.AsOf:yyyy-MM-dd}, expected one at least; plan more days with --days.");
        (ScoringModel model, LoadedData data, Snapshot snapshot) = outcome.Basis;
        ContactBook book = new()
        {
            Calendar = calendar,
            RhythmDays = [],
            Histories = Sources.Contacts is null ? [.. customers.Ids.Select(_ => ContactHistory.None)] : ContactRecordReader.Read(Sources.Contacts, customers.Ids, Playbook.Playbook.Channels, customers.AsOf, findings),
            DoNotContact = Sources.DoNotContact is null ? new bool[customers.Count] : CustomerLists.ReadDoNotContact(Sources.DoNotContact, customers.Ids),
            Owners = Sources.Owners is null ? [.. customers.Ids.Select(_ => CustomerLists.Nobody)] : CustomerLists.ReadOwners(Sources.Owners, customers.Ids),
            Capacities = Sources.Capacity is null ? OwnerCapacities.None : OwnerCapacities.Read(Sources.Capacity, Playbook.Playbook.Channels),
        };
        PurchaseRhythm rhythm = PurchaseRhythm.Learn(model, data.Log, data.Attributes, customers.AsOf, Decisions.Threads, cancellation);
        book = book with { RhythmDays = rhythm.Days(snapshot, Probability), RhythmProbability = Probability };
        if (!rhythm.IsCalibrated)
            findings.Add(new Finding("uncorrected-rhythm", Severity.Information, "The data reach back less than a year and a half, so days of next purchases are the model's own, without the season.", "Give a longer history."));
        ContactRules rules = new(book, Playbook.Playbook, Contacts);
        DecisionPlan decisions = Decider.Decide(customers, Playbook.Playbook, Playbook.On(Decisions, outcome) with { WorkingDays = calendar.WorkingDays.Count, MayGet = rules.MayGet, Hands = book.Capacities.Hands([.. book.Owners], Playbook.Playbook.Channels, calendar.WorkingDays.Count) }, cancellation);
        ContactPlan plan = ContactPlanner.Plan(decisions, book, Contacts);
        progress.Report(new("deciding", customers.Count, customers.Count, "customers"));
        return new PlanOutcome(plan, outcome, rhythm, findings);
    }

    /// <summary>What whoever contacts should know and say.</summary>
    public static IReadOnlyList<string> TalkingPointsOf(PlanOutcome outcome, PlannedContact contact, Language language)
    {
        int customer = outcome.Recommended.Basis.Snapshot.Aggregates.Population[contact.Customer];
        return TalkingPoints.Of(outcome.Plan.Book, outcome.Plan.Decisions.Playbook, contact, LastPurchase.Of(outcome.Recommended.Basis.Data.Log, customer, outcome.Plan.Decisions.Customers.AsOf, LastPurchases),
            [.. outcome.Recommended.Result.Strategies.Reasons(contact.Customer, language).Take(MostReasons)], language);
    }
}

/// <summary>A plan and what it rests on.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Recommended">Values and strategies.</param>
/// <param name="Rhythm">When customers buy again.</param>
/// <param name="Findings">Doubts about files.</param>
internal sealed record PlanOutcome(ContactPlan Plan, RecommendOutcome Recommended, PurchaseRhythm Rhythm, IReadOnlyList<Finding> Findings);
