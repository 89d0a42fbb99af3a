using CustomerValue.Decisions.Contacts;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Tests.Deciding;

namespace CustomerValue.Decisions.Tests.Planning;

/// <summary>Plans of shops with contacts, holidays, owners and forbidden customers, all drawn by chance.</summary>
internal static class RandomBooks
{
    public static (ContactPlan Plan, ContactPlanOptions Options) Draw(int seed, int customers = 120)
    {
        Random random = new(seed);
        Shop shop = new(seed, customers);
        DateOnly first = shop.Customers.AsOf;
        int days = random.Next(7, 120);
        ContactPlanOptions options = new() { CoolingOffDays = random.Next(1, 30), ComplaintDays = random.Next(1, 4), KeyAccountShare = random.NextDouble() * 0.2 };
        Dictionary<DateOnly, bool> exceptions = [];
        for (int k = random.Next(6); k > 0; k--)
            exceptions[first.AddDays(random.Next(days))] = random.Next(3) == 0;
        string[] owners = ["Ann", "Bo", "Chen"], channels = [.. shop.Playbook.Channels.Select(channel => channel.Id)];
        Dictionary<(string, string), double> capacities = [];
        foreach (string owner in owners.Append(""))
            if (random.Next(2) == 0)
                capacities[(owner, channels[random.Next(channels.Length)])] = random.Next(4) == 0 ? 0.3 : random.Next(1, 5);
        ContactBook book = new()
        {
            Calendar = new WorkCalendar(first, days, exceptions),
            RhythmDays = [.. Enumerable.Range(0, customers).Select(_ => random.Next(5) == 0 ? double.PositiveInfinity : random.NextDouble() * 150)],
            Histories = [.. Enumerable.Range(0, customers).Select(_ => random.Next(2) == 0 ? ContactHistory.None : new ContactHistory(Records()))],
            DoNotContact = [.. Enumerable.Range(0, customers).Select(_ => random.Next(10) == 0)],
            Owners = [.. Enumerable.Range(0, customers).Select(_ => owners[random.Next(owners.Length)])],
            Capacities = new OwnerCapacities(capacities),
        };
        ContactRules rules = new(book, shop.Playbook, options);
        DecisionPlan decisions = Decider.Decide(shop.Customers, shop.Playbook, new DecisionOptions { Budget = 300, Effort = 0, WorkingDays = Math.Max(1, book.Calendar.WorkingDays.Count), MayGet = random.Next(3) == 0 ? null : rules.MayGet });
        return (ContactPlanner.Plan(decisions, book, options), options);

        IEnumerable<ContactRecord> Records()
        {
            for (int k = random.Next(1, 5); k > 0; k--)
            {
                bool reached = random.Next(2) == 0, complains = reached && random.Next(4) == 0, promises = reached && random.Next(4) == 0;
                DateOnly day = first.AddDays(-random.Next(1, 60));
                yield return new ContactRecord
                {
                    Day = day,
                    Channel = channels[random.Next(channels.Length)],
                    Action = random.Next(2) == 0 ? shop.Playbook.Actions[random.Next(shop.Playbook.Actions.Count)].Id : "",
                    Reached = reached,
                    Complaint = complains ? "late parcel" : "",
                    ComplaintClosed = complains && random.Next(2) == 0 ? day : null,
                    Promise = promises ? "orders in spring" : "",
                    PromiseDue = promises && random.Next(2) == 0 ? first.AddDays(random.Next(-20, 40)) : null,
                    PromiseKept = promises ? random.Next(3) switch { 0 => true, 1 => false, _ => null } : null,
                };
            }
        }
    }
}
