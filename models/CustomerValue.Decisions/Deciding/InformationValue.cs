namespace CustomerValue.Decisions.Deciding;

/// <summary>What it would be worth to know an action's effects better before the next plan.</summary>
/// <param name="Action">Index of the action.</param>
/// <param name="Contacts">Customers who would get it, those whom the plan gives it anyway included; as many held back to compare with.</param>
/// <param name="Cost">What the contacts cost.</param>
/// <param name="Value">Expected money that the next plan, of the same budget and capacities, gains by knowing, beyond what this plan's own contacts teach.</param>
/// <param name="Loss">Expected money that this plan loses by giving the action to customers for whom another, or none, looks better.</param>
public sealed record InformationValue(int Action, int Contacts, double Cost, double Value, double Loss);
