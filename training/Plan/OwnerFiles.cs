using CustomerValue.Data.Files;
using CustomerValue.Decisions.Calendars;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Talking;
using CustomerValue.Reporting.Visits;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Training.Plan;

/// <summary>A calendar and a document of visit sheets for each owner.</summary>
internal static class OwnerFiles
{
    /// <summary>Writes <c>OWNER.ics</c> into a folder.</summary>
    public static IReadOnlyList<string> WriteCalendars(string folder, PlanOutcome outcome, Language language) => Write(folder, ".ics", outcome.Plan, (owner, contacts) =>
    {
        PlanWords words = PlanWords.In(language);
        return CalendarFile.Write(owner, outcome.Plan.Decisions.Customers.AsOf, contacts.Select(contact =>
        {
            string customer = outcome.Plan.Decisions.Customers.Ids[contact.Customer];
            PlaybookAction? action = contact.Action < 0 ? null : outcome.Plan.Decisions.Playbook.Actions[contact.Action];
            return new CalendarEntry($"{customer}@contact-plan.customer-value", contact.Day!.Value, $"{contact.Channel.Name.In(language)}: {customer}, {action?.Name.In(language) ?? words.Name(contact.Purpose)}",
                string.Join('\n', PlanRun.TalkingPointsOf(outcome, contact, language)), words.Name(contact.Purpose));
        }));
    });

    /// <summary>Writes <c>OWNER.html</c> into a folder, a page a customer.</summary>
    public static IReadOnlyList<string> WriteSheets(string folder, PlanOutcome outcome, Language language) => Write(folder, ".html", outcome.Plan, (owner, contacts) =>
        new VisitSheets(outcome.Plan.Decisions.Customers, outcome.Plan.Decisions.Playbook, outcome.Plan.Decisions.Model, owner, [.. contacts.Select(contact => new VisitSheet(contact, PlanRun.TalkingPointsOf(outcome, contact, language)))], language).Render());

    private static List<string> Write(string folder, string ending, ContactPlan plan, Func<string, IReadOnlyList<PlannedContact>, string> draw)
    {
        List<string> files = [];
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<string, PlannedContact> owner in plan.Contacts.Where(contact => contact.State == ContactState.Planned).GroupBy(contact => contact.Owner, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            string plain = string.Concat(owner.Key.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or ' ' ? c : '-')).Trim(), name = plain;
            for (int number = 2; !taken.Add(name); number++)
                name = $"{plain}-{number}";
            string path = Path.Combine(folder, name + ending);
            WholeFile.Write(path, draw(owner.Key, [.. owner]));
            files.Add(path);
        }
        return files;
    }
}
