using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Reporting.Rendering;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Reporting.Visits;

/// <summary>One customer's sheet.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="TalkingPoints">What to know and say.</param>
public sealed record VisitSheet(PlannedContact Contact, IReadOnlyList<string> TalkingPoints);

/// <summary>The sheets of one owner (客户回访计划表), a page a customer with room for the record: one HTML file, no script, no request, prints on A4.</summary>
/// <param name="Customers">The customers that contacts speak of.</param>
/// <param name="Playbook">The actions.</param>
/// <param name="Gains">Arithmetic of gains.</param>
/// <param name="Owner">Whose sheets.</param>
/// <param name="Sheets">The sheets, in the order of the days.</param>
/// <param name="Language">Language of the sheets.</param>
public sealed record VisitSheets(DecisionCustomers Customers, ActionPlaybook Playbook, GainModel Gains, string Owner, IReadOnlyList<VisitSheet> Sheets, Language Language)
{
    /// <summary>Draws the sheets.</summary>
    public string Render() => StaticPage.Render<VisitPage>(new Dictionary<string, object?> { [nameof(VisitPage.All)] = this });
}
