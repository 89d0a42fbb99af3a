using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Training.Validate;

/// <summary>What <c>validate --json</c> gives.</summary>
/// <param name="Summary">Counts.</param>
/// <param name="Rejected">The first rejected lines.</param>
/// <param name="Attributes">The attributes file, where one was given.</param>
/// <param name="Findings">Doubts.</param>
internal sealed record ValidateAnswer(ReadSummary Summary, IReadOnlyList<RejectedRow> Rejected, AttributesAnswer? Attributes, IReadOnlyList<Finding> Findings);

/// <summary>What is in an attributes file.</summary>
/// <param name="Customers">Customers with attributes.</param>
/// <param name="Columns">Names of the attributes.</param>
internal sealed record AttributesAnswer(int Customers, IReadOnlyList<string> Columns);
