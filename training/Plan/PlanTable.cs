using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Talking;
using CustomerValue.Strategy.Naming;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Plan;

/// <summary>A contact plan on a terminal: how many contacts, what for, who has what to do, and the first days.</summary>
internal static class PlanTable
{
    private const int MostShown = 12;

    public static void Write(IAnsiConsole console, PlanOutcome outcome, PlanAnswer answer, Language language)
    {
        ContactPlan plan = outcome.Plan;
        PlanWords words = PlanWords.In(language);
        console.Title($"{Figures.Count(answer.Planned)} contacts from {Figures.Day(answer.AsOf)} to {Figures.Day(answer.Through)}, {Figures.Count(answer.WorkingDays)} working days");
        List<(string, string)> pairs =
        [
            ("cost", Figures.Money(answer.Cost)),
            ("should earn", $"{Figures.Money(answer.ExpectedGain)} after cost"),
            ("days of purchases", answer.RhythmCalibrated ? "each customer's own, corrected by what the model got wrong on past days" : "each customer's own, as the model says"),
            ("decided by", $"{answer.ModelVersion}, playbook {answer.PlaybookHash[..12]}"),
        ];
        if (answer.NoCapacity + answer.Later + answer.DoNotContact > 0)
            pairs.Insert(2, ("without a day", $"{Figures.Count(answer.NoCapacity)} as nobody has time, {Figures.Count(answer.Later)} as their day comes later, {Figures.Count(answer.DoNotContact)} as contact is forbidden"));
        console.Draw(Look.Pairs([.. pairs]));
        console.Title("Who has what to do");
        Table owners = Look.Table("owner", ">contacts", "first day");
        foreach (OwnerAnswer owner in answer.Owners)
            owners.AddRow(owner.Owner.EscapeMarkup(), Figures.Count(owner.Contacts), Figures.Day(owner.First));
        console.Draw(owners);
        console.Title("First contacts");
        Table table = Look.Table("day", "owner", "customer", "kind", "what for", "channel");
        foreach (PlannedContact contact in plan.Contacts.Where(contact => contact.State == ContactState.Planned).Take(MostShown))
            table.AddRow(Figures.Day(contact.Day!.Value), contact.Owner.EscapeMarkup(), plan.Decisions.Customers.Ids[contact.Customer].EscapeMarkup(), words.Name(contact.Kind),
                (contact.Action < 0 ? words.Name(contact.Purpose) : plan.Decisions.Playbook.Actions[contact.Action].Name.In(language)).EscapeMarkup(), contact.Channel.Name.In(language).EscapeMarkup());
        console.Draw(table);
    }
}
