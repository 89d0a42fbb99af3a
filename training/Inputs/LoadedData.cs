using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Training.Inputs;

/// <summary>Transactions and attributes in memory.</summary>
internal sealed record LoadedData(ReadResult Read, CustomerAttributes? Attributes)
{
    public TransactionLog Log => Read.Log;

    /// <summary>Whether any transaction has an amount; without, visits are counted and everything about spend and value is off.</summary>
    public bool HasMoney => Log.Amounts.ContainsAnyExcept(0.0);

    /// <summary>Doubts about the files.</summary>
    public IReadOnlyList<Finding> Findings => [.. Read.Findings, .. Attributes?.Findings ?? []];

    /// <summary>Reads what a run needs.</summary>
    /// <param name="input">Which files.</param>
    /// <param name="schema">The attributes a model knows; null to recognise them.</param>
    /// <param name="progress">Hears of the rows read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="BadDataException">A file cannot be read or used.</exception>
    public static LoadedData Load(TransactionInput input, AttributeSchema? schema, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        ReadResult read = TransactionReader.Read(input.Files, input.Options, progress, cancellation);
        CustomerAttributes? attributes = input.AttributesFile is null ? null
            : CustomerAttributes.Read(input.AttributesFile, new AttributeReadOptions { Schema = schema }, progress, cancellation);
        return new LoadedData(read, attributes);
    }
}
