using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Deciding;

namespace CustomerValue.Serving.Decisions;

/// <summary>Actions for all customers of a call, by one version and one playbook.</summary>
/// <param name="ModelVersion">The version that answered, model and strategy both; the same for every customer of the call.</param>
/// <param name="PlaybookHash">SHA-256 of the playbook: the version's, or the text of the call's.</param>
/// <param name="AsOf">First day of the forecast.</param>
/// <param name="HorizonDays">Days ahead that the forecast speaks of.</param>
/// <param name="Decisions">One decision a customer, in the order of the request.</param>
/// <param name="Findings">Doubts about the request that do not prevent an answer.</param>
internal sealed record DecisionAnswer(string ModelVersion, string PlaybookHash, DateOnly AsOf, int HorizonDays, IReadOnlyList<CustomerDecision> Decisions, IReadOnlyList<Finding> Findings);
