using CustomerValue.CustomerBook.Erasure;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Training.Inputs;

/// <summary>What a run reads.</summary>
/// <param name="Files">Transaction files.</param>
/// <param name="Options">How they are written.</param>
/// <param name="AttributesFile">The customers' attributes, or null.</param>
internal sealed record TransactionInput(IReadOnlyList<string> Files, ReaderOptions Options, string? AttributesFile)
{
    /// <summary>Customers whose lines are left out.</summary>
    public ErasedCustomers Erased { get; init; } = ErasedCustomers.None;
}
