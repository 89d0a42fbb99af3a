using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Data.Transactions;

/// <summary>What was counted and doubted while reading.</summary>
/// <param name="Summary">Counts.</param>
/// <param name="Rejected">The first 1,000 rejected lines, in the order of files and lines.</param>
/// <param name="Findings">Doubts about the data.</param>
public sealed record ReadCounts(ReadSummary Summary, IReadOnlyList<RejectedRow> Rejected, IReadOnlyList<Finding> Findings);
