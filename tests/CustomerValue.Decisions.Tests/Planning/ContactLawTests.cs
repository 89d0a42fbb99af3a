using CustomerValue.Decisions.Contacts;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Tests.Planning;

/// <summary>What holds of every contact plan.</summary>
public sealed class ContactLawTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_contact_comes_within_cooling_off_cadence_or_before_the_customers_rhythm(int seed)
    {
        (ContactPlan plan, ContactPlanOptions options) = RandomBooks.Draw(seed);
        foreach (PlannedContact contact in Planned(plan))
        {
            ContactHistory history = plan.Book.Histories[contact.Customer];
            foreach (ContactRecord record in history.Records)
            {
                int gap = contact.Day!.Value.DayNumber - record.Day.DayNumber;
                if (contact.Purpose == ContactPurpose.Complaint)
                {
                    gap.Should().BeGreaterThanOrEqualTo(options.ComplaintDays);
                    continue;
                }
                gap.Should().BeGreaterThanOrEqualTo(options.CoolingOffDays);
                PlaybookAction? done = plan.Decisions.Playbook.Actions.FirstOrDefault(action => action.Id == record.Action);
                gap.Should().BeGreaterThanOrEqualTo(done?.CooldownDays ?? 0);
                if (done is not null && contact.Action >= 0 && plan.Decisions.Playbook.Actions[contact.Action] == done && done.CadenceDays is { } cadence)
                    gap.Should().BeGreaterThanOrEqualTo(cadence);
            }
            if (contact.Purpose == ContactPurpose.Action && double.IsFinite(plan.Book.RhythmDays[contact.Customer]))
                (contact.Day!.Value.DayNumber - plan.Book.Calendar.First.DayNumber).Should().BeGreaterThanOrEqualTo((int)plan.Book.RhythmDays[contact.Customer]);
            if (history.Records.TakeLast(2).Count(record => !record.Reached) == 2 && contact.Purpose != ContactPurpose.Complaint)
                (contact.Day!.Value.DayNumber - history.Last!.Day.DayNumber).Should().BeGreaterThanOrEqualTo(2 * options.CoolingOffDays, "who did not answer twice is left alone longer");
        }
        plan.Contacts.Select(contact => contact.Customer).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Capacities_are_never_exceeded_and_every_contact_is_on_a_working_day(int seed)
    {
        (ContactPlan plan, _) = RandomBooks.Draw(seed);
        WorkCalendar calendar = plan.Book.Calendar;
        foreach (IGrouping<DateOnly, PlannedContact> day in Planned(plan).GroupBy(contact => contact.Day!.Value))
        {
            calendar.WorkingDays.Should().Contain(day.Key);
            foreach (IGrouping<(string, string), PlannedContact> group in day.GroupBy(contact => (contact.Owner, contact.Channel.Id)))
                ((double)group.Count()).Should().BeLessThanOrEqualTo(Math.Ceiling(plan.Book.Capacities.Of(group.Key.Item1, group.Key.Item2)));
            foreach (IGrouping<Channel, PlannedContact> group in day.GroupBy(contact => contact.Channel))
                ((double)group.Count()).Should().BeLessThanOrEqualTo(Math.Ceiling(group.Key.DailyCapacity ?? double.PositiveInfinity));
            foreach (IGrouping<int, PlannedContact> group in day.Where(contact => contact.Action >= 0).GroupBy(contact => contact.Action))
                ((double)group.Count()).Should().BeLessThanOrEqualTo(Math.Ceiling(plan.Decisions.Playbook.Actions[group.Key].DailyCapacity ?? double.PositiveInfinity));
        }
        foreach (IGrouping<(string, string), PlannedContact> group in Planned(plan).GroupBy(contact => (contact.Owner, contact.Channel.Id)))
            ((double)group.Count()).Should().BeLessThanOrEqualTo(Math.Floor(plan.Book.Capacities.Of(group.Key.Item1, group.Key.Item2) * calendar.WorkingDays.Count), "part of a contact a day is a contact in some days");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Who_may_not_be_contacted_is_not_and_who_complained_is_sold_nothing(int seed)
    {
        (ContactPlan plan, _) = RandomBooks.Draw(seed);
        foreach (PlannedContact contact in plan.Contacts)
        {
            (contact.State == ContactState.DoNotContact).Should().Be(plan.Book.DoNotContact[contact.Customer]);
            (contact.Day is null).Should().Be(contact.State != ContactState.Planned);
            if (plan.Book.Histories[contact.Customer].OpenComplaint is null)
                continue;
            contact.Purpose.Should().Be(ContactPurpose.Complaint);
            contact.Action.Should().Be(-1);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_complaint_waits_for_nothing_but_other_complaints(int seed)
    {
        (ContactPlan plan, _) = RandomBooks.Draw(seed);
        WorkCalendar calendar = plan.Book.Calendar;
        for (int i = 0; i < plan.Decisions.Customers.Count; i++)
            if (plan.Book.Histories[i].OpenComplaint is not null && !plan.Book.DoNotContact[i])
                plan.Contacts.Should().ContainSingle(contact => contact.Customer == i && contact.Purpose == ContactPurpose.Complaint);
        foreach (PlannedContact complaint in plan.Contacts.Where(contact => contact.Purpose == ContactPurpose.Complaint && contact.Earliest is not null))
            for (int day = calendar.IndexFrom(complaint.Earliest!.Value); day < (complaint.Day is { } at ? calendar.IndexFrom(at) : calendar.WorkingDays.Count); day++)
                Planned(plan).Should().NotContain(other => other.Day == calendar.WorkingDays[day] && other.Purpose != ContactPurpose.Complaint && other.Owner == complaint.Owner && other.Channel == complaint.Channel,
                    "on a day on which a complaint found no room nobody is sold anything through the same hands");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whoever_kept_a_promise_is_thanked_and_one_that_is_due_is_asked_for_on_its_day_at_the_earliest(int seed)
    {
        (ContactPlan plan, _) = RandomBooks.Draw(seed);
        for (int i = 0; i < plan.Decisions.Customers.Count; i++)
        {
            ContactHistory history = plan.Book.Histories[i];
            if (plan.Book.DoNotContact[i] || history.OpenComplaint is not null)
                continue;
            if (history.KeptPromise is not null)
                plan.Contacts.Single(contact => contact.Customer == i).Purpose.Should().Be(ContactPurpose.Thanks);
            if (history.OpenPromise?.PromiseDue is { } due && due < plan.Book.Calendar.End)
                plan.Contacts.Single(contact => contact.Customer == i).Earliest.Should().BeOnOrAfter(due);
        }
    }

    [Fact]
    public void Hands_that_are_never_full_give_each_contact_its_earliest_working_day()
    {
        (ContactPlan plan, ContactPlanOptions options) = RandomBooks.Draw(3);
        ContactPlan free = ContactPlanner.Plan(plan.Decisions with { Playbook = Unlimited(plan.Decisions.Playbook) }, plan.Book with { Capacities = OwnerCapacities.None }, options);
        free.Contacts.Should().NotContain(contact => contact.State == ContactState.NoCapacity);
        foreach (PlannedContact contact in Planned(free))
            contact.Day.Should().Be(free.Book.Calendar.WorkingDays[free.Book.Calendar.IndexFrom(contact.Earliest!.Value)]);
    }

    private static ActionPlaybook Unlimited(ActionPlaybook playbook) => playbook with
    {
        Channels = [.. playbook.Channels.Select(channel => channel with { DailyCapacity = null })],
        Actions = [.. playbook.Actions.Select(action => action with { DailyCapacity = null, Channel = action.Channel with { DailyCapacity = null } })],
    };

    private static IEnumerable<PlannedContact> Planned(ContactPlan plan) => plan.Contacts.Where(contact => contact.State == ContactState.Planned);
}
