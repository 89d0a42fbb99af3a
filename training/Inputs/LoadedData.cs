using System.Globalization;
using CustomerValue.CustomerBook.Erasure;
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
        ReadResult read = WithoutErased(TransactionReader.Read(input.Files, input.Options, progress, cancellation), input.Erased);
        CustomerAttributes? attributes = input.AttributesFile is null ? null
            : CustomerAttributes.Read(input.AttributesFile, new AttributeReadOptions { Schema = schema }, progress, cancellation);
        return new LoadedData(read, attributes);
    }

    private static ReadResult WithoutErased(ReadResult read, ErasedCustomers erased)
    {
        TransactionLog log = erased.Count == 0 ? read.Log : read.Log.Without(erased.Contains);
        if (log == read.Log)
            return read;
        (int customers, int rows) = (read.Log.CustomerCount - log.CustomerCount, read.Log.RowCount - log.RowCount);
        if (log.CustomerCount == 0)
            throw new BadDataException($"Found only customers who were erased ({customers}), expected others.");
        return read with
        {
            Log = log,
            Findings = [.. read.Findings, new Finding("erased-customers", Severity.Information, string.Create(CultureInfo.InvariantCulture, $"{rows:N0} lines of {customers:N0} customers who were erased are left out."), "Take them out of the source too: a file that holds them is read in full before they are left out.")],
        };
    }
}
