using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Models.Forecasting;

/// <summary>A fitted model and the doubts about its fit.</summary>
/// <param name="Model">The model.</param>
/// <param name="Findings">Doubts as data.</param>
public sealed record FittedCandidate(ICustomerModel Model, IReadOnlyList<Finding> Findings);
