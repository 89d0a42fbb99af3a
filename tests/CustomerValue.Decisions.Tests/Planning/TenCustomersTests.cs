using System.Globalization;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Contacts;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Tests.Planning;

/// <summary>The worked example of <c>tests/cases/decisions/ten-customers</c>: every figure and day as reckoned by hand.</summary>
public sealed class TenCustomersTests
{
    private static readonly DateOnly s_first = new(2024, 3, 1);

    [Fact]
    public void Gains_plan_and_days_are_those_reckoned_by_hand()
    {
        string[][] rows = [.. File.ReadLines(Case("customers.csv")).Skip(1).Select(line => line.Split(','))];
        DecisionCustomers customers = new()
        {
            AsOf = s_first,
            ModelVersion = "by hand",
            HorizonDays = 90,
            Ids = [.. rows.Select(row => row[0])],
            ChurnProbability = Column(1),
            ExpectedMargin = Column(2),
            MarginDeviation = new double[rows.Length],
            YearCost = Column(3),
            Potential = Column(4),
            Strategy = [.. rows.Select(row => row[5])],
            Stage = [.. rows.Select(row => row[6])],
        };
        ActionPlaybook playbook = PlaybookReader.Read(Case("playbook.json"), DecisionCustomers.StandardColumns);
        List<Finding> findings = [];
        ContactBook book = new()
        {
            Calendar = new WorkCalendar(s_first, 7, new Dictionary<DateOnly, bool> { [new(2024, 3, 4)] = false }),
            RhythmDays = [.. rows.Select(row => row[7] == "inf" ? double.PositiveInfinity : Number(row[7]))],
            Histories = ContactRecordReader.Read(Case("contacts.csv"), customers.Ids, playbook.Channels, s_first, findings),
            DoNotContact = [.. customers.Ids.Select(id => id == "K07")],
            Owners = [.. customers.Ids.Select(_ => CustomerLists.Nobody)],
        };
        findings.Should().BeEmpty();
        ContactPlanOptions options = new();
        DecisionPlan plan = Decider.Decide(customers, playbook, new DecisionOptions { Budget = 15, WorkingDays = book.Calendar.WorkingDays.Count, MayGet = new ContactRules(book, playbook, options).MayGet });
        ContactPlan contacts = ContactPlanner.Plan(plan, book, options);

        List<string> found = ["customer_id,action,gain"];
        for (int i = 0; i < customers.Count; i++)
            foreach (PlaybookAction action in playbook.Actions.Where(action => action.Strategies.Contains(customers.Strategy[i])))
                found.Add(string.Create(CultureInfo.InvariantCulture, $"{customers.Ids[i]},{action.Id},{plan.Model.Of(i, action).Gain:0.000000}"));
        found.AddRange(["", "customer_id,state,purpose,action,channel,earliest,date"]);
        foreach (PlannedContact contact in contacts.Contacts.OrderBy(contact => contact.Customer))
            found.Add(string.Create(CultureInfo.InvariantCulture, $"{customers.Ids[contact.Customer]},{StrategyNames.Of(contact.State)},{StrategyNames.Of(contact.Purpose)},{(contact.Action < 0 ? "" : playbook.Actions[contact.Action].Id)},{(contact.State == ContactState.DoNotContact ? "" : contact.Channel.Id)},{contact.Earliest:yyyy-MM-dd},{contact.Day:yyyy-MM-dd}"));
        found.AddRange(["", "plans tried,121", string.Create(CultureInfo.InvariantCulture, $"cost,{plan.Cost:0.000000}"), string.Create(CultureInfo.InvariantCulture, $"gain,{plan.Gain:0.000000}")]);
        found.Select(line => line.Replace("-0.000000", "0.000000", StringComparison.Ordinal)).Should().Equal(File.ReadLines(Case("expected.txt")));
        plan.Solution.Gap.Should().Be(0);

        double[] Column(int column) => [.. rows.Select(row => Number(row[column]))];

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    private static string Case(string file) => ReferenceData.Case("decisions", "ten-customers", file);
}
