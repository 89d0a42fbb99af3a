using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions;

/// <summary>A log and how it came about.</summary>
/// <param name="Log">The transactions.</param>
/// <param name="Summary">What was counted.</param>
/// <param name="Rejected">The first 1,000 rejected lines, in the order of files and lines.</param>
/// <param name="Findings">Doubts about the data.</param>
public sealed record ReadResult(
    TransactionLog Log,
    ReadSummary Summary,
    IReadOnlyList<RejectedRow> Rejected,
    IReadOnlyList<Finding> Findings);
