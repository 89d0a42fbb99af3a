using CustomerValue.CustomerBook.Erasure;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Training.Hosting;

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
        CustomerAttributes? attributes = input.Attributes(schema, progress, cancellation);
        return new LoadedData(read, attributes);
    }

    /// <summary>Reads what a run needs at once, and says early where it does not fit.</summary>
    /// <param name="input">Which files.</param>
    /// <param name="schema">The attributes a model knows; null to recognise them.</param>
    /// <param name="bytes">Bytes that a log and what is made of it should take; null for any. Only what cannot fit is refused: a log that takes all the memory there is.</param>
    /// <param name="wayOut">What to do where it does not fit, in a sentence.</param>
    /// <param name="progress">Hears of the rows read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="UsageException">It does not fit.</exception>
    public static LoadedData LoadAtOnce(TransactionInput input, AttributeSchema? schema, long? bytes, string wayOut, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        if (bytes is null)
            return Load(input, schema, progress, cancellation);
        TransactionLog? log = null;
        ReadCounts read = new PartedData(input, new PartSize(MemoryLimit.AllBytes(bytes.Value))).Read(part => log = part.End == 1 ? part.Log : throw new UsageException(wayOut), progress, cancellation);
        return new LoadedData(new ReadResult(log!, read.Summary, read.Rejected, read.Findings), input.Attributes(schema, progress, cancellation));
    }

    private static ReadResult WithoutErased(ReadResult read, ErasedCustomers erased)
    {
        TransactionLog log = erased.Count == 0 ? read.Log : read.Log.Without(erased.Contains);
        if (log == read.Log)
            return read;
        if (log.CustomerCount == 0)
            throw ErasedLines.Alone(read.Log.CustomerCount);
        return read with { Log = log, Findings = [.. read.Findings, new ErasedLines(read.Log.CustomerCount - log.CustomerCount, read.Log.RowCount - log.RowCount).ToFinding()] };
    }
}
