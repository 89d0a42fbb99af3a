using CustomerValue.CustomerBook.Erasure;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
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

    /// <summary>The customers' attributes; null where none are given.</summary>
    /// <param name="schema">The attributes a model knows; null to recognise them.</param>
    /// <param name="progress">Hears of the rows read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public CustomerAttributes? Attributes(AttributeSchema? schema, IProgress<StepProgress> progress, CancellationToken cancellation) =>
        AttributesFile is null ? null : CustomerAttributes.Read(AttributesFile, new AttributeReadOptions { Schema = schema }, progress, cancellation);
}
