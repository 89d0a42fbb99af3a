using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;

namespace CustomerValue.Training.Inputs;

/// <summary>Transactions that are read in parts where they do not fit in memory at once, without customers who were erased.</summary>
/// <param name="input">Which files.</param>
/// <param name="size">What may be in memory; null for everyone at once.</param>
internal sealed class PartedData(TransactionInput input, PartSize? size)
{
    private ErasedLines _erased;

    /// <summary>Customers taken so far.</summary>
    public int Customers { get; private set; }

    /// <summary>Lines taken so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether any transaction taken so far has an amount.</summary>
    public bool HasMoney { get; private set; }

    /// <summary>Reads everyone.</summary>
    /// <param name="take">Takes each part that has customers.</param>
    /// <param name="progress">Hears of the rows read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="BadDataException">A file cannot be read or used.</exception>
    public ReadCounts Read(Action<LogPart> take, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        ReadCounts read = new PartedReading(input.Files, input.Options, size).Read(part => Take(part, take), progress, cancellation);
        if (Customers == 0)
            throw ErasedLines.Alone(_erased.Customers);
        return _erased.Customers == 0 ? read : read with { Findings = [.. read.Findings, _erased.ToFinding()] };
    }

    private void Take(LogPart part, Action<LogPart> take)
    {
        TransactionLog log = input.Erased.Count == 0 ? part.Log : part.Log.Without(input.Erased.Contains);
        _erased = new ErasedLines(_erased.Customers + part.Log.CustomerCount - log.CustomerCount, _erased.Rows + part.Log.RowCount - log.RowCount);
        (Customers, Rows) = (Customers + log.CustomerCount, Rows + log.RowCount);
        HasMoney = HasMoney || log.Amounts.ContainsAnyExcept(0.0);
        if (log.CustomerCount > 0)
            take(part with { Log = log });
    }
}
