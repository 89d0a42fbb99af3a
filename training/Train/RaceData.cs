using CustomerValue.Data.Aggregates;
using CustomerValue.Data.Attributes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Training.Evaluate;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;

namespace CustomerValue.Training.Train;

/// <summary>What a race is run on: everyone, or where they do not fit in memory those who are drawn, with what must be known of everyone.</summary>
/// <param name="Data">Transactions and attributes; counts and findings are those of everyone.</param>
/// <param name="Everyone">What everyone's transactions are; null where all of them are in memory.</param>
/// <param name="Columns">The columns of everyone, where they are not in memory.</param>
internal sealed record RaceData(LoadedData Data, DataFingerprint? Everyone, AvailableColumns? Columns)
{
    /// <summary>Whether everyone is in memory.</summary>
    public bool IsWhole => Everyone is null;

    /// <summary>The race.</summary>
    /// <exception cref="BadDataException">The data are too short for the horizon.</exception>
    public RaceInput On(RacePlan plan, ReaderOptions reading) => Everyone is null ? plan.On(Data, reading) : plan.On(Data, reading, Columns!, Data.Log) with { Everyone = Everyone };

    /// <summary>Reads everyone, part by part where need be.</summary>
    /// <param name="input">Which files.</param>
    /// <param name="plan">What is asked of the race.</param>
    /// <param name="bytes">Bytes that a log may take; null for any.</param>
    /// <param name="wholeFor">Why everyone must be in memory at once, in words; null where they need not.</param>
    /// <param name="progress">Hears of the rows read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="UsageException">Everyone must be in memory and is not.</exception>
    public static RaceData Read(TransactionInput input, RacePlan plan, long? bytes, string? wholeFor, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        if (bytes is null)
            return new(LoadedData.Load(input, null, progress, cancellation), null, null);
        for (double atLeast = 0; ;)
        {
            Drawing drawing = new(plan, atLeast, wholeFor);
            PartedData parts = new(input, new PartSize(wholeFor is null ? bytes.Value : MemoryLimit.AllBytes(bytes.Value)));
            ReadCounts read = parts.Read(drawing.Take, progress, cancellation);
            double share = (double)plan.Sample / parts.Customers;
            if (!drawing.IsWhole && share > drawing.Drawn)
            {
                atLeast = share; // fewer customers than their first part let expect
                continue;
            }
            TransactionLog log = drawing.Log;
            CustomerAttributes? attributes = input.Attributes(null, progress, cancellation);
            LoadedData data = new(new ReadResult(drawing.IsWhole ? log : log.Sample(share), read.Summary, read.Rejected, read.Findings), attributes);
            return drawing.IsWhole ? new(data, null, null) : new(data, drawing.Fingerprint, drawing.Columns);
        }
    }

    /// <summary>Takes parts, and keeps of each those customers who may be drawn.</summary>
    private sealed class Drawing(RacePlan plan, double atLeast, string? wholeFor)
    {
        private readonly List<TransactionLog> _kept = [];
        private readonly PartedFingerprint _fingerprint = new();
        private AvailableColumnsCount? _columns;
        private double _start;

        /// <summary>Share of the customers who are kept.</summary>
        public double Drawn { get; private set; }

        public bool IsWhole { get; private set; }

        public TransactionLog Log => TransactionLog.Join(_kept);

        public DataFingerprint Fingerprint => _fingerprint.ToFingerprint();

        public AvailableColumns Columns => _columns!.Columns;

        public void Take(LogPart part)
        {
            if (_columns is null)
                Begin(part);
            if (!IsWhole)
            {
                _fingerprint.Add(part.Log);
                _columns!.Add(part.Log);
            }
            if (_start < Drawn)
                _kept.Add(part.Log.Sample(Drawn));
            _start = part.End;
        }

        private void Begin(LogPart first)
        {
            IsWhole = first.End == 1;
            _columns = new AvailableColumnsCount(IsWhole ? null : plan.CutoffOn(first.Log));
            // Customers in all are foretold by those of the part, with room for chance.
            Drawn = IsWhole ? 1 : Math.Max(atLeast, plan.Sample * first.End / first.Log.CustomerCount * (1.05 + 5 / Math.Sqrt(first.Log.CustomerCount)));
            if (!IsWhole && (wholeFor ?? (plan.Sample >= first.Log.CustomerCount / first.End ? $"--sample {plan.Sample}" : null)) is { } reason)
                throw new UsageException($"Found more transactions than memory holds at once, and {reason} needs all customers at once. Give more with --memory, or leave that out: a race on a --sample of them, with --promote never, is trained in parts, and score --no-book --out FILE scores in parts.");
        }
    }
}
