using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Work;
using CustomerValue.Decisions.Contacts;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Talking;
using CustomerValue.Reporting.Visits;
using CustomerValue.Serving.Pages.Book;
using CustomerValue.Serving.Pages.Decide;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Serving.Pages.Contacts;

/// <summary>Whom to speak with today, of everyone or of one owner: open complaints, what was agreed, then those with most at stake whom nobody spoke with lately.</summary>
internal sealed class ContactDesk(BookMemory memory, CustomerBookDatabase book, WorkDatabase work, StorePlaybook playbooks, TimeProvider clock)
{
    /// <summary>Days after a contact in which nobody is called only because much is at stake.</summary>
    public const int Rest = 30;

    private const int MostCalls = 10, MostAsked = 500, MostRecords = 5000, MostReasons = 3, MostPurchases = 3;

    /// <summary>The list of a day; null where there is no book.</summary>
    /// <param name="owner">Whose customers; null for everyone's, <see cref="CustomerLists.Nobody"/> for those nobody looks after.</param>
    /// <param name="cancellation">Nobody waits any more.</param>
    public async Task<ContactDay?> TodayAsync(string? owner, CancellationToken cancellation)
    {
        if (await memory.CurrentAsync(cancellation) is not { } columns)
            return null;
        DateOnly today = DateOnly.FromDateTime(clock.GetLocalNow().DateTime);
        IReadOnlyList<RecordedContact> records = await work.ContactsAsync(null, MostRecords, cancellation);
        HashSet<string> forbidden = [.. await work.UncontactedAsync(cancellation)];
        RecordedContact[] complaints = [.. records.Where(contact => contact is { Complaint.Length: > 0, ComplaintClosed: null })];
        // The last contact with a customer says whether there is another to come.
        RecordedContact[] due = [.. records.GroupBy(contact => contact.CustomerId).Select(group => group.First()).Where(contact => contact.Again <= today && !forbidden.Contains(contact.CustomerId)).OrderBy(contact => contact.Again)];
        Dictionary<string, string> owners = new(await work.OwnersOfAsync([.. complaints.Concat(due).Select(contact => contact.CustomerId).Distinct()], cancellation), StringComparer.Ordinal);
        HashSet<string> rested = [.. records.Where(contact => contact.Day > today.AddDays(-Rest)).Select(contact => contact.CustomerId), .. forbidden];
        List<int> calls = [];
        if (columns.Customers is { } customers)
        {
            IReadOnlyList<string>? only = owner is null or CustomerLists.Nobody ? null : await work.CustomersOfAsync(owner, cancellation);
            int[] rows = only is null ? [.. Enumerable.Range(0, customers.Count)] : [.. only.Select(id => Row(customers, id)).Where(row => row >= 0)];
            foreach (Func<int, bool> wanted in (Func<int, bool>[])[row => customers.Stage[row] == "slipping", row => customers.Strategy[row] == "win-back"])
            {
                int[] asked = [.. rows.Where(wanted).OrderByDescending(row => customers.Potential[row]).ThenBy(row => row).Take(MostAsked).Where(row => !rested.Contains(customers.Ids[row]) && !calls.Contains(row))];
                foreach ((string customer, string whose) in await work.OwnersOfAsync([.. asked.Select(row => customers.Ids[row])], cancellation))
                    owners[customer] = whose;
                calls.AddRange(asked.Where(row => IsOf(customers.Ids[row])).Take(MostCalls));
            }
        }
        return new ContactDay
        {
            Columns = columns,
            Today = today,
            Records = records,
            Complaints = [.. complaints.Where(contact => IsOf(contact.CustomerId))],
            Due = [.. due.Where(contact => IsOf(contact.CustomerId))],
            Calls = calls,
            OwnerByCustomer = owners,
            Owners = await work.OwnersAsync(cancellation),
        };

        bool IsOf(string customer) => owner is null || owners.GetValueOrDefault(customer, CustomerLists.Nobody) == owner;
    }

    /// <summary>The list as visit sheets, a page a customer in the order of the list; null where there is no book with values, or no playbook.</summary>
    public async Task<VisitSheets?> SheetsAsync(string? owner, Language language, CancellationToken cancellation)
    {
        if (await TodayAsync(owner, cancellation) is not { Columns.Customers: { } all } day || playbooks.Current is not { } chosen)
            return null;
        string[] listed = [.. day.Complaints.Concat(day.Due).Select(contact => contact.CustomerId).Concat(day.Calls.Select(row => all.Ids[row])).Distinct().Where(id => Row(all, id) >= 0)];
        int[] rows = [.. listed.Select(id => Row(all, id)).Order()];
        DecisionCustomers customers = all.Select(rows);
        CustomerKind[] kinds = CustomerKinds.Of(all, new ContactPlanOptions().KeyAccountShare);
        GainModel gains = new(customers, chosen.NewCustomerValue ?? new GainModel(all).NewCustomerValue);
        int[] actions = FreeChoice.Of(customers, chosen.Playbook, gains, cancellation: cancellation);
        int passed = day.Today.DayNumber - customers.AsOf.DayNumber;
        ILookup<string, RecordedContact> recorded = day.Records.ToLookup(contact => contact.CustomerId);
        ContactBook known = new()
        {
            Calendar = new WorkCalendar(day.Today, 1),
            // A day that is past tells nothing of the next purchase.
            RhythmDays = [.. Enumerable.Range(0, rows.Length).Select(i => customers.NextPurchaseDays.Length > 0 && customers.NextPurchaseDays[i] - passed is >= 0 and var days ? days : double.PositiveInfinity)],
            Histories = [.. customers.Ids.Select(id => new ContactHistory(recorded[id].Select(ToRecord)))],
            DoNotContact = new bool[rows.Length],
            Owners = [.. customers.Ids.Select(id => day.OwnerOf(id))],
        };
        List<VisitSheet> sheets = [];
        foreach (string id in listed)
        {
            int i = Array.BinarySearch(customers.Ids, id, StringComparer.Ordinal);
            bool complains = known.Histories[i].OpenComplaint is not null;
            int action = complains ? -1 : actions[i];
            PlannedContact contact = new()
            {
                Customer = i,
                State = ContactState.Planned,
                Day = day.Today,
                Earliest = day.Today,
                Owner = known.Owners[i],
                Purpose = complains ? ContactPurpose.Complaint : ContactPurpose.Action,
                Action = action,
                Channel = action >= 0 ? chosen.Playbook.Actions[action].Channel : chosen.Playbook.Channels.FirstOrDefault(channel => channel.Id == known.Histories[i].Last?.Channel) ?? chosen.Playbook.Channels[0],
                Kind = kinds[rows[i]],
            };
            BookRow? row = (await book.FindAsync(id, cancellation))?.Row;
            sheets.Add(new VisitSheet(contact, TalkingPoints.Of(known, chosen.Playbook, contact, Purchases(row), [.. Texts(row, language == Language.Chinese ? "reasons_zh" : "reasons").Take(MostReasons)], language)));
        }
        return new VisitSheets(customers, chosen.Playbook, gains, owner ?? CustomerLists.Nobody, sheets, language);
    }

    private static int Row(DecisionCustomers customers, string id) => Array.BinarySearch(customers.Ids, id, StringComparer.Ordinal);

    private static string[] Texts(BookRow? row, string column) => row?[column] as string[] ?? [];

    private static IReadOnlyList<LastPurchase> Purchases(BookRow? row) => [.. PurchaseTexts.Of(row).Reverse().Take(MostPurchases).Select(purchase => new LastPurchase(purchase.Day, purchase.Amount, []))];

    private static ContactRecord ToRecord(RecordedContact contact) => new()
    {
        Day = contact.Day,
        Owner = contact.Owner,
        Channel = contact.Channel,
        Action = contact.Action,
        Reached = contact.Reached,
        Outcome = contact.Outcome,
        Complaint = contact.Complaint,
        ComplaintClosed = contact.ComplaintClosed,
        NextStep = contact.NextStep,
    };
}

/// <summary>Whom to speak with on a day.</summary>
internal sealed record ContactDay
{
    /// <summary>The book.</summary>
    public required BookColumns Columns { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Contacts so far, the latest first; of all owners.</summary>
    public required IReadOnlyList<RecordedContact> Records { get; init; }

    /// <summary>Those in which an open complaint was made.</summary>
    public required IReadOnlyList<RecordedContact> Complaints { get; init; }

    /// <summary>Those after which another was agreed that is due, the longest due first.</summary>
    public required IReadOnlyList<RecordedContact> Due { get; init; }

    /// <summary>Rows of customers with much at stake.</summary>
    public required IReadOnlyList<int> Calls { get; init; }

    /// <summary>Who looks after those on the list.</summary>
    public required IReadOnlyDictionary<string, string> OwnerByCustomer { get; init; }

    /// <summary>Everyone who looks after customers, and after how many.</summary>
    public required IReadOnlyList<(string Owner, int Customers)> Owners { get; init; }

    /// <summary>How many are on the list.</summary>
    public int Count => Complaints.Count + Due.Count + Calls.Count;

    public string OwnerOf(string customer) => OwnerByCustomer.GetValueOrDefault(customer, CustomerLists.Nobody);
}
